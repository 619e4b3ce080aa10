// Generated from native-core/fsm/framing/line-grammar.ts.
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

#include "line_fsm.h"

typedef int (*line_fsm__span_cb)(
             line_fsm_t*, const char*, const char*);

enum llparse_state_e {
  s_error,
  s_n_line_fsm__n_end,
  s_n_line_fsm__n_inside,
  s_n_line_fsm__n_span_start_line_fsm_on_bytes,
};
typedef enum llparse_state_e llparse_state_t;

int line_fsm_on_bytes(
    line_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int line_fsm_init(line_fsm_t* state) {
  memset(state, 0, sizeof(*state));
  state->_current = (void*) (intptr_t) s_n_line_fsm__n_span_start_line_fsm_on_bytes;
  return 0;
}

static llparse_state_t line_fsm__run(
    line_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  int match;
  switch ((llparse_state_t) (intptr_t) state->_current) {
    case s_n_line_fsm__n_end:
    s_n_line_fsm__n_end: {
      if (p == endp) {
        return s_n_line_fsm__n_end;
      }
      p++;
      goto s_n_line_fsm__n_pause;
      UNREACHABLE;
    }
    case s_n_line_fsm__n_inside:
    s_n_line_fsm__n_inside: {
      if (p == endp) {
        return s_n_line_fsm__n_inside;
      }
      switch (*p) {
        case 10: {
          goto s_n_line_fsm__n_span_end_line_fsm_on_bytes;
        }
        default: {
          p++;
          goto s_n_line_fsm__n_inside;
        }
      }
      UNREACHABLE;
    }
    case s_n_line_fsm__n_span_start_line_fsm_on_bytes:
    s_n_line_fsm__n_span_start_line_fsm_on_bytes: {
      if (p == endp) {
        return s_n_line_fsm__n_span_start_line_fsm_on_bytes;
      }
      state->_span_pos0 = (void*) p;
      goto s_n_line_fsm__n_inside;
      UNREACHABLE;
    }
    default:
      UNREACHABLE;
  }
  s_n_line_fsm__n_pause: {
    state->error = 0x1;
    state->reason = "a frame is complete";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_n_line_fsm__n_span_start_line_fsm_on_bytes;
    return s_error;
    UNREACHABLE;
  }
  s_n_line_fsm__n_span_end_line_fsm_on_bytes: {
    const unsigned char* start;
    int err;
    
    start = state->_span_pos0;
    state->_span_pos0 = NULL;
    err = line_fsm_on_bytes(state, start, p);
    if (err != 0) {
      state->error = err;
      state->error_pos = (const char*) p;
      state->_current = (void*) (intptr_t) s_n_line_fsm__n_end;
      return s_error;
    }
    goto s_n_line_fsm__n_end;
    UNREACHABLE;
  }
}

int line_fsm_execute(line_fsm_t* state, const char* p, const char* endp) {
  llparse_state_t next;

  /* check lingering errors */
  if (state->error != 0) {
    return state->error;
  }

  /* restart spans */
  if (state->_span_pos0 != NULL) {
    state->_span_pos0 = (void*) p;
  }
  
  next = line_fsm__run(state, (const unsigned char*) p, (const unsigned char*) endp);
  if (next == s_error) {
    return state->error;
  }
  state->_current = (void*) (intptr_t) next;

  /* execute spans */
  if (state->_span_pos0 != NULL) {
    int error;
  
    error = line_fsm_on_bytes(state, state->_span_pos0, (const char*) endp);
    if (error != 0) {
      state->error = error;
      state->error_pos = endp;
      return error;
    }
  }
  
  return 0;
}
