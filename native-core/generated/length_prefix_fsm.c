// Generated from native-core/fsm/framing/length-prefix-grammar.ts.
// Do not edit: change the source and regenerate this file.
#include <stdlib.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE4_2__
 #ifdef _MSC_VER
  #include <nmmintrin.h>
 #else  /* !_MSC_VER */
  #include <x86intrin.h>
 #endif  /* _MSC_VER */
#endif  /* __SSE4_2__ */

#if defined(__ARM_NEON__) || defined(__ARM_NEON)
 #include <arm_neon.h>
#endif  /* __ARM_NEON__ */

#ifdef __wasm__
 #include <wasm_simd128.h>
#endif  /* __wasm__ */

#ifdef _MSC_VER
 #define ALIGN(n) _declspec(align(n))
 #define UNREACHABLE __assume(0)
#else  /* !_MSC_VER */
 #define ALIGN(n) __attribute__((aligned(n)))
 #define UNREACHABLE __builtin_unreachable()
#endif  /* _MSC_VER */

#include "length_prefix_fsm.h"

typedef int (*length_prefix_fsm__span_cb)(
             length_prefix_fsm_t*, const char*, const char*);

enum llparse_state_e {
  s_error,
  s_n_length_prefix_fsm__n_pause,
  s_n_length_prefix_fsm__n_consume_left,
  s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_bytes,
  s_n_length_prefix_fsm__n_invoke_length_prefix_fsm_on_length,
  s_n_length_prefix_fsm__n_length_4,
  s_n_length_prefix_fsm__n_length_3,
  s_n_length_prefix_fsm__n_length_2,
  s_n_length_prefix_fsm__n_length_1,
  s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_prefix,
};
typedef enum llparse_state_e llparse_state_t;

int length_prefix_fsm_on_prefix(
    length_prefix_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int length_prefix_fsm_on_bytes(
    length_prefix_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int length_prefix_fsm_on_length(
    length_prefix_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int length_prefix_fsm_init(length_prefix_fsm_t* state) {
  memset(state, 0, sizeof(*state));
  state->_current = (void*) (intptr_t) s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_prefix;
  return 0;
}

static llparse_state_t length_prefix_fsm__run(
    length_prefix_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  int match;
  switch ((llparse_state_t) (intptr_t) state->_current) {
    case s_n_length_prefix_fsm__n_pause:
    s_n_length_prefix_fsm__n_pause: {
      state->error = 0x1;
      state->reason = "a frame is complete";
      state->error_pos = (const char*) p;
      state->_current = (void*) (intptr_t) s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_prefix;
      return s_error;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_consume_left:
    s_n_length_prefix_fsm__n_consume_left: {
      size_t avail;
      uint32_t need;
      
      avail = endp - p;
      need = state->left;
      if (avail >= need) {
        p += need;
        state->left = 0;
        goto s_n_length_prefix_fsm__n_span_end_length_prefix_fsm_on_bytes;
      }
      
      state->left -= avail;
      return s_n_length_prefix_fsm__n_consume_left;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_bytes:
    s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_bytes: {
      if (p == endp) {
        return s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_bytes;
      }
      state->_span_pos0 = (void*) p;
      state->_span_cb0 = length_prefix_fsm_on_bytes;
      goto s_n_length_prefix_fsm__n_consume_left;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_invoke_length_prefix_fsm_on_length:
    s_n_length_prefix_fsm__n_invoke_length_prefix_fsm_on_length: {
      switch (length_prefix_fsm_on_length(state, p, endp)) {
        case 0:
          goto s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_bytes;
        case 1:
          goto s_n_length_prefix_fsm__n_pause;
        default:
          goto s_n_length_prefix_fsm__n_error;
      }
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_length_4:
    s_n_length_prefix_fsm__n_length_4: {
      if (p == endp) {
        return s_n_length_prefix_fsm__n_length_4;
      }
      p++;
      goto s_n_length_prefix_fsm__n_span_end_length_prefix_fsm_on_prefix;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_length_3:
    s_n_length_prefix_fsm__n_length_3: {
      if (p == endp) {
        return s_n_length_prefix_fsm__n_length_3;
      }
      p++;
      goto s_n_length_prefix_fsm__n_length_4;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_length_2:
    s_n_length_prefix_fsm__n_length_2: {
      if (p == endp) {
        return s_n_length_prefix_fsm__n_length_2;
      }
      p++;
      goto s_n_length_prefix_fsm__n_length_3;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_length_1:
    s_n_length_prefix_fsm__n_length_1: {
      if (p == endp) {
        return s_n_length_prefix_fsm__n_length_1;
      }
      p++;
      goto s_n_length_prefix_fsm__n_length_2;
      UNREACHABLE;
    }
    case s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_prefix:
    s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_prefix: {
      if (p == endp) {
        return s_n_length_prefix_fsm__n_span_start_length_prefix_fsm_on_prefix;
      }
      state->_span_pos0 = (void*) p;
      state->_span_cb0 = length_prefix_fsm_on_prefix;
      goto s_n_length_prefix_fsm__n_length_1;
      UNREACHABLE;
    }
    default:
      UNREACHABLE;
  }
  s_n_length_prefix_fsm__n_span_end_length_prefix_fsm_on_bytes: {
    const unsigned char* start;
    int err;
    
    start = state->_span_pos0;
    state->_span_pos0 = NULL;
    err = length_prefix_fsm_on_bytes(state, start, p);
    if (err != 0) {
      state->error = err;
      state->error_pos = (const char*) p;
      state->_current = (void*) (intptr_t) s_n_length_prefix_fsm__n_pause;
      return s_error;
    }
    goto s_n_length_prefix_fsm__n_pause;
    UNREACHABLE;
  }
  s_n_length_prefix_fsm__n_error: {
    state->error = 0x2;
    state->reason = "a frame is longer than its reader takes";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_length_prefix_fsm__n_span_end_length_prefix_fsm_on_prefix: {
    const unsigned char* start;
    int err;
    
    start = state->_span_pos0;
    state->_span_pos0 = NULL;
    err = length_prefix_fsm_on_prefix(state, start, p);
    if (err != 0) {
      state->error = err;
      state->error_pos = (const char*) p;
      state->_current = (void*) (intptr_t) s_n_length_prefix_fsm__n_invoke_length_prefix_fsm_on_length;
      return s_error;
    }
    goto s_n_length_prefix_fsm__n_invoke_length_prefix_fsm_on_length;
    UNREACHABLE;
  }
}

int length_prefix_fsm_execute(length_prefix_fsm_t* state, const char* p, const char* endp) {
  llparse_state_t next;

  /* check lingering errors */
  if (state->error != 0) {
    return state->error;
  }

  /* restart spans */
  if (state->_span_pos0 != NULL) {
    state->_span_pos0 = (void*) p;
  }
  
  next = length_prefix_fsm__run(state, (const unsigned char*) p, (const unsigned char*) endp);
  if (next == s_error) {
    return state->error;
  }
  state->_current = (void*) (intptr_t) next;

  /* execute spans */
  if (state->_span_pos0 != NULL) {
    int error;
  
    error = ((length_prefix_fsm__span_cb) state->_span_cb0)(state, state->_span_pos0, (const char*) endp);
    if (error != 0) {
      state->error = error;
      state->error_pos = endp;
      return error;
    }
  }
  
  return 0;
}
