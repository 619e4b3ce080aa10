// Generated from native-core/fsm/http/request-grammar.ts.
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

#include "http_request_fsm.h"

typedef int (*http_request_fsm__span_cb)(
             http_request_fsm_t*, const char*, const char*);

static const unsigned char llparse_blob0[] = {
  'O', 'N', 'N', 'E', 'C', 'T'
};
static const unsigned char llparse_blob1[] = {
  ' ', 'H', 'T', 'T', 'P', '/'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob2[] = {
  '!', '!', '#', '\'', '*', '+', '-', '.', '0', '9', 'A',
  'Z', '^', 'z', '|', '|'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob3[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob4[] = {
  '!', '!', '#', '\'', '*', '+', '-', '.', '0', '9', 'A',
  'Z', '^', 'z', '|', '|'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob5[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob6[] = {
  '!', '!', '#', '\'', '*', '+', '-', '.', '0', '9', 'A',
  'Z', '^', 'z', '|', '|'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob7[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob8[] = {
  0x9, 0x9, ' ', '~', 0x80, 0xff, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob9[] = {
  0xd, 0xa
};
static const unsigned char llparse_blob10[] = {
  'c', 'e', 'p', 't', '-', 'e', 'n', 'c', 'o', 'd', 'i',
  'n', 'g'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob11[] = {
  '!', '!', '$', '$', '&', '.', '0', ';', '=', '=', 'A',
  'Z', '_', '_', 'a', 'z'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob12[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob13[] = {
  'l', 'o', 's', 'e'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob14[] = {
  0x9, 0x9, ' ', '+', '-', '~', 0x80, 0xff, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob15[] = {
  'e', 'e', 'p', '-', 'a', 'l', 'i', 'v', 'e'
};
static const unsigned char llparse_blob16[] = {
  'p', 'g', 'r', 'a', 'd', 'e'
};
static const unsigned char llparse_blob17[] = {
  'c', 'h', 'u', 'n', 'k', 'e', 'd'
};
static const unsigned char llparse_blob18[] = {
  '1', '0', '0', '-', 'c', 'o', 'n', 't', 'i', 'n', 'u',
  'e'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob19[] = {
  0x9, 0x9, ' ', '~', 0x80, 0xff, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob20[] = {
  '!', '!', '#', '\'', '*', '+', '-', '.', '0', '9', 'A',
  'Z', '^', 'z', '|', '|'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob21[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob22[] = {
  't', 'h', 'o', 'r', 'i', 'z', 'a', 't', 'i', 'o', 'n'
};
static const unsigned char llparse_blob23[] = {
  'e', 'c', 't', 'i', 'o', 'n'
};
static const unsigned char llparse_blob24[] = {
  'e', 'n', 't', '-'
};
static const unsigned char llparse_blob25[] = {
  'e', 'n', 'g', 't', 'h'
};
static const unsigned char llparse_blob26[] = {
  'y', 'p', 'e'
};
static const unsigned char llparse_blob27[] = {
  'k', 'i', 'e'
};
static const unsigned char llparse_blob28[] = {
  'x', 'p', 'e', 'c', 't'
};
static const unsigned char llparse_blob29[] = {
  'o', 's', 't'
};
static const unsigned char llparse_blob30[] = {
  'f', '-'
};
static const unsigned char llparse_blob31[] = {
  't', 'c', 'h'
};
static const unsigned char llparse_blob32[] = {
  'd', 'i', 'f', 'i', 'e', 'd', '-', 's', 'i', 'n', 'c',
  'e'
};
static const unsigned char llparse_blob33[] = {
  'o', 'n', 'e', '-', 'm', 'a', 't', 'c', 'h'
};
static const unsigned char llparse_blob34[] = {
  'a', 'n', 'g', 'e'
};
static const unsigned char llparse_blob35[] = {
  'n', 'm', 'o', 'd', 'i', 'f', 'i', 'e', 'd', '-', 's',
  'i', 'n', 'c', 'e'
};
static const unsigned char llparse_blob36[] = {
  'r', 'i', 'g', 'i', 'n'
};
static const unsigned char llparse_blob37[] = {
  'a', 'n', 'g', 'e'
};
static const unsigned char llparse_blob38[] = {
  'e', 'c', '-', 'w', 'e', 'b', 's', 'o', 'c', 'k', 'e',
  't', '-'
};
static const unsigned char llparse_blob39[] = {
  'e', 'y'
};
static const unsigned char llparse_blob40[] = {
  'e', 'r', 's', 'i', 'o', 'n'
};
static const unsigned char llparse_blob41[] = {
  'r', 'a', 'n', 's', 'f', 'e', 'r', '-', 'e', 'n', 'c',
  'o', 'd', 'i', 'n', 'g'
};
static const unsigned char llparse_blob42[] = {
  'g', 'r', 'a', 'd', 'e'
};
static const unsigned char llparse_blob43[] = {
  'e', 'r', '-', 'a', 'g', 'e', 'n', 't'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob44[] = {
  '!', '!', '$', '$', '&', '.', '0', ';', '=', '=', 'A',
  'Z', '_', '_', 'a', 'z'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob45[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob46[] = {
  '!', '"', '$', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob47[] = {
  'h', 't', 't', 'p'
};
static const unsigned char llparse_blob48[] = {
  '/', '/'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob49[] = {
  '!', '!', '$', '$', '&', '.', '0', ';', '=', '=', 'A',
  'Z', '_', '_', 'a', 'z'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob50[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob51[] = {
  '+', '+', '-', '.', '0', '9', 'A', 'Z', 'a', 'z', 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob52[] = {
  ':', '/', '/'
};
static const unsigned char llparse_blob53[] = {
  ':', '/', '/'
};
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob54[] = {
  '!', '!', '#', '\'', '*', '+', '-', '.', '0', '9', 'A',
  'Z', '^', 'z', '|', '|'
};
#endif  /* __SSE4_2__ */
#ifdef __SSE4_2__
static const unsigned char ALIGN(16) llparse_blob55[] = {
  '~', '~', 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0x0
};
#endif  /* __SSE4_2__ */
static const unsigned char llparse_blob56[] = {
  'E', 'L', 'E', 'T', 'E'
};
static const unsigned char llparse_blob57[] = {
  'E', 'T'
};
static const unsigned char llparse_blob58[] = {
  'E', 'A', 'D'
};
static const unsigned char llparse_blob59[] = {
  'P', 'T', 'I', 'O', 'N', 'S'
};
static const unsigned char llparse_blob60[] = {
  'T', 'C', 'H'
};
static const unsigned char llparse_blob61[] = {
  'S', 'T'
};
static const unsigned char llparse_blob62[] = {
  'R', 'A', 'C', 'E'
};

enum llparse_match_status_e {
  kMatchComplete,
  kMatchPause,
  kMatchMismatch
};
typedef enum llparse_match_status_e llparse_match_status_t;

struct llparse_match_s {
  llparse_match_status_t status;
  const unsigned char* current;
};
typedef struct llparse_match_s llparse_match_t;

static llparse_match_t llparse__match_sequence_id(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp,
    const unsigned char* seq, uint32_t seq_len) {
  uint32_t index;
  llparse_match_t res;

  index = s->_index;
  for (; p != endp; p++) {
    unsigned char current;

    current = *p;
    if (current == seq[index]) {
      if (++index == seq_len) {
        res.status = kMatchComplete;
        goto reset;
      }
    } else {
      res.status = kMatchMismatch;
      goto reset;
    }
  }
  s->_index = index;
  res.status = kMatchPause;
  res.current = p;
  return res;
reset:
  s->_index = 0;
  res.current = p;
  return res;
}

static llparse_match_t llparse__match_sequence_to_lower(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp,
    const unsigned char* seq, uint32_t seq_len) {
  uint32_t index;
  llparse_match_t res;

  index = s->_index;
  for (; p != endp; p++) {
    unsigned char current;

    current = ((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p));
    if (current == seq[index]) {
      if (++index == seq_len) {
        res.status = kMatchComplete;
        goto reset;
      }
    } else {
      res.status = kMatchMismatch;
      goto reset;
    }
  }
  s->_index = index;
  res.status = kMatchPause;
  res.current = p;
  return res;
reset:
  s->_index = 0;
  res.current = p;
  return res;
}

enum llparse_state_e {
  s_error,
  s_n_http_request_fsm__n_target_authority_second_hex,
  s_n_http_request_fsm__n_target_authority_first_hex,
  s_n_http_request_fsm__n_version_other_minor,
  s_n_http_request_fsm__n_version_other_dot,
  s_n_http_request_fsm__n_chunk_extension_value_blank,
  s_n_http_request_fsm__n_message_line_feed,
  s_n_http_request_fsm__n_message_line_end,
  s_n_http_request_fsm__n_trailer_line_feed,
  s_n_http_request_fsm__n_trailer_line_end,
  s_n_http_request_fsm__n_trailer_value_stop,
  s_n_http_request_fsm__n_trailer_value,
  s_n_http_request_fsm__n_trailer_name_stop,
  s_n_http_request_fsm__n_trailer_name_rest,
  s_n_http_request_fsm__n_trailer_line,
  s_n_http_request_fsm__n_chunk_data_end,
  s_n_http_request_fsm__n_chunk_size_line_feed,
  s_n_http_request_fsm__n_chunk_size_line_end,
  s_n_http_request_fsm__n_chunk_extension_value_end,
  s_n_http_request_fsm__n_chunk_extension_token,
  s_n_http_request_fsm__n_chunk_extension_pair,
  s_n_http_request_fsm__n_chunk_extension_quoted,
  s_n_http_request_fsm__n_chunk_extension_value,
  s_n_http_request_fsm__n_chunk_extension_name_blank,
  s_n_http_request_fsm__n_chunk_extension_name_end,
  s_n_http_request_fsm__n_chunk_extension_name,
  s_n_http_request_fsm__n_chunk_extension,
  s_n_http_request_fsm__n_chunk_size_blank,
  s_n_http_request_fsm__n_chunk_size,
  s_n_http_request_fsm__n_chunk_size_begin,
  s_n_http_request_fsm__n_invoke_update_length,
  s_n_http_request_fsm__n_head_line_feed,
  s_n_http_request_fsm__n_head_line_end,
  s_n_http_request_fsm__n_host_second_hex,
  s_n_http_request_fsm__n_host_first_hex,
  s_n_http_request_fsm__n_field_line_feed,
  s_n_http_request_fsm__n_field_line_end,
  s_n_http_request_fsm__n_host_end,
  s_n_http_request_fsm__n_host_port,
  s_n_http_request_fsm__n_host_port_begin,
  s_n_http_request_fsm__n_host_after_host,
  s_n_http_request_fsm__n_host_after_dot,
  s_n_http_request_fsm__n_host_label,
  s_n_http_request_fsm__n_host_literal_end,
  s_n_http_request_fsm__n_host_future,
  s_n_http_request_fsm__n_host_future_begin,
  s_n_http_request_fsm__n_host_future_version,
  s_n_http_request_fsm__n_host_future_version_begin,
  s_n_http_request_fsm__n_host_ipv6,
  s_n_http_request_fsm__n_host_literal,
  s_n_http_request_fsm__n_host_begin,
  s_n_http_request_fsm__n_connection_separator,
  s_n_http_request_fsm__n_connection_skipped,
  s_n_http_request_fsm__n_connection_close,
  s_n_http_request_fsm__n_connection_token_1,
  s_n_http_request_fsm__n_connection_keep_alive,
  s_n_http_request_fsm__n_connection_token_2,
  s_n_http_request_fsm__n_connection_upgrade,
  s_n_http_request_fsm__n_connection_token_3,
  s_n_http_request_fsm__n_connection_token,
  s_n_http_request_fsm__n_connection,
  s_n_http_request_fsm__n_content_length_end,
  s_n_http_request_fsm__n_content_length,
  s_n_http_request_fsm__n_content_length_begin,
  s_n_http_request_fsm__n_transfer_encoding_end,
  s_n_http_request_fsm__n_transfer_encoding_stop,
  s_n_http_request_fsm__n_transfer_coding,
  s_n_http_request_fsm__n_transfer_encoding,
  s_n_http_request_fsm__n_field_value_stop,
  s_n_http_request_fsm__n_field_value,
  s_n_http_request_fsm__n_consume_leap,
  s_n_http_request_fsm__n_expect_stop,
  s_n_http_request_fsm__n_expect,
  s_n_http_request_fsm__n_field_value_begin,
  s_n_http_request_fsm__n_field_name_stop,
  s_n_http_request_fsm__n_field_name_rest,
  s_n_http_request_fsm__n_field_name_known,
  s_n_http_request_fsm__n_field_name_2,
  s_n_http_request_fsm__n_field_name_3,
  s_n_http_request_fsm__n_field_name_1,
  s_n_http_request_fsm__n_field_name_7,
  s_n_http_request_fsm__n_field_name_10,
  s_n_http_request_fsm__n_field_name_11,
  s_n_http_request_fsm__n_field_name_9,
  s_n_http_request_fsm__n_field_name_8,
  s_n_http_request_fsm__n_field_name_6,
  s_n_http_request_fsm__n_field_name_12,
  s_n_http_request_fsm__n_field_name_5,
  s_n_http_request_fsm__n_field_name_4,
  s_n_http_request_fsm__n_field_name_13,
  s_n_http_request_fsm__n_field_name_14,
  s_n_http_request_fsm__n_field_name_18,
  s_n_http_request_fsm__n_field_name_19,
  s_n_http_request_fsm__n_field_name_17,
  s_n_http_request_fsm__n_field_name_20,
  s_n_http_request_fsm__n_field_name_21,
  s_n_http_request_fsm__n_field_name_22,
  s_n_http_request_fsm__n_field_name_16,
  s_n_http_request_fsm__n_field_name_15,
  s_n_http_request_fsm__n_field_name_23,
  s_n_http_request_fsm__n_field_name_24,
  s_n_http_request_fsm__n_field_name_27,
  s_n_http_request_fsm__n_field_name_28,
  s_n_http_request_fsm__n_field_name_26,
  s_n_http_request_fsm__n_field_name_25,
  s_n_http_request_fsm__n_field_name_29,
  s_n_http_request_fsm__n_field_name_31,
  s_n_http_request_fsm__n_field_name_32,
  s_n_http_request_fsm__n_field_name_30,
  s_n_http_request_fsm__n_field_name,
  s_n_http_request_fsm__n_field_line,
  s_n_http_request_fsm__n_request_line_feed,
  s_n_http_request_fsm__n_request_line_end,
  s_n_http_request_fsm__n_version_stop,
  s_n_http_request_fsm__n_version_minor,
  s_n_http_request_fsm__n_version_dot,
  s_n_http_request_fsm__n_version_major,
  s_n_http_request_fsm__n_version,
  s_n_http_request_fsm__n_target_stop,
  s_n_http_request_fsm__n_target_authority_port,
  s_n_http_request_fsm__n_target_authority_port_begin,
  s_n_http_request_fsm__n_target_authority_after_host,
  s_n_http_request_fsm__n_target_authority_after_dot,
  s_n_http_request_fsm__n_target_authority_label,
  s_n_http_request_fsm__n_target_authority_literal_end,
  s_n_http_request_fsm__n_target_authority_future,
  s_n_http_request_fsm__n_target_authority_future_begin,
  s_n_http_request_fsm__n_target_authority_future_version,
  s_n_http_request_fsm__n_target_authority_future_version_begin,
  s_n_http_request_fsm__n_target_authority_ipv6,
  s_n_http_request_fsm__n_target_authority_literal,
  s_n_http_request_fsm__n_target_authority_begin,
  s_n_http_request_fsm__n_target,
  s_n_http_request_fsm__n_target_host_second_hex,
  s_n_http_request_fsm__n_target_host_first_hex,
  s_n_http_request_fsm__n_target_after_authority,
  s_n_http_request_fsm__n_target_host_port,
  s_n_http_request_fsm__n_target_host_port_begin,
  s_n_http_request_fsm__n_target_host_after_host,
  s_n_http_request_fsm__n_target_host_after_dot,
  s_n_http_request_fsm__n_target_host_label,
  s_n_http_request_fsm__n_target_host_literal_end,
  s_n_http_request_fsm__n_target_host_future,
  s_n_http_request_fsm__n_target_host_future_begin,
  s_n_http_request_fsm__n_target_host_future_version,
  s_n_http_request_fsm__n_target_host_future_version_begin,
  s_n_http_request_fsm__n_target_host_ipv6,
  s_n_http_request_fsm__n_target_host_literal,
  s_n_http_request_fsm__n_target_host_begin,
  s_n_http_request_fsm__n_target_other_scheme_stop,
  s_n_http_request_fsm__n_target_other_scheme,
  s_n_http_request_fsm__n_target_after_http_1,
  s_n_http_request_fsm__n_target_after_https,
  s_n_http_request_fsm__n_target_after_http,
  s_n_http_request_fsm__n_target_scheme,
  s_n_http_request_fsm__n_target_begin,
  s_n_http_request_fsm__n_method_stop,
  s_n_http_request_fsm__n_method_rest,
  s_n_http_request_fsm__n_method_known,
  s_n_http_request_fsm__n_method_1,
  s_n_http_request_fsm__n_method_2,
  s_n_http_request_fsm__n_method_3,
  s_n_http_request_fsm__n_method_4,
  s_n_http_request_fsm__n_method_5,
  s_n_http_request_fsm__n_method_7,
  s_n_http_request_fsm__n_method_8,
  s_n_http_request_fsm__n_method_9,
  s_n_http_request_fsm__n_method_6,
  s_n_http_request_fsm__n_method_10,
  s_n_http_request_fsm__n_method,
  s_n_http_request_fsm__n_method_begin,
  s_n_http_request_fsm__n_leading_line_feed,
  s_n_http_request_fsm__n_message_begin,
};
typedef enum llparse_state_e llparse_state_t;

int http_request_fsm__c_update_method_offset(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->method_offset = 2;
  return 0;
}

int http_request_fsm__c_store_method(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp,
    int match) {
  state->method = match;
  return 0;
}

int http_request_fsm_on_target_begin(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm__c_is_equal_method(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return state->method == 6;
}

int http_request_fsm__c_update_target_form_2(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->target_form = 2;
  return 0;
}

int http_request_fsm__c_update_port(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->port = 0;
  return 0;
}

int http_request_fsm__c_mul_add_port(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp,
    int match) {
  /* Multiplication overflow */
  if (state->port > 0xffff / 10) {
    return 1;
  }
  
  state->port *= 10;
  
  /* Addition overflow */
  if (match >= 0) {
    if (state->port > 0xffff - match) {
      return 1;
    }
  } else {
    if (state->port < 0 - match) {
      return 1;
    }
  }
  state->port += match;
  return 0;
}

int http_request_fsm_on_target_end(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm__c_store_minor(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp,
    int match) {
  state->minor = match;
  return 0;
}

int http_request_fsm__c_update_in_fields(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->in_fields = 1;
  return 0;
}

int http_request_fsm__c_is_equal_target_form(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return state->target_form == 3;
}

int http_request_fsm__c_is_equal_method_1(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return state->method == 7;
}

int http_request_fsm__c_is_equal_minor(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return state->minor == 0;
}

int http_request_fsm__c_update_length(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->length = 0;
  return 0;
}

int http_request_fsm__c_mul_add_length(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp,
    int match) {
  /* Multiplication overflow */
  if (state->length > 0xffffffffffffffffULL / 16) {
    return 1;
  }
  
  state->length *= 16;
  
  /* Addition overflow */
  if (match >= 0) {
    if (state->length > 0xffffffffffffffffULL - match) {
      return 1;
    }
  } else {
    if (state->length < 0ULL - match) {
      return 1;
    }
  }
  state->length += match;
  return 0;
}

int http_request_fsm__c_is_equal_length(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return state->length == 0;
}

int http_request_fsm__c_test_flags(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return (state->flags & 1) == 1;
}

int http_request_fsm__c_store_header(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp,
    int match) {
  state->header = match;
  return 0;
}

int http_request_fsm_on_name_end(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm_on_value_begin(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm__c_load_header(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return state->header;
}

int http_request_fsm__c_or_flags(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 1;
  return 0;
}

int http_request_fsm_on_value_end(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm_on_ipv6_begin(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm_on_ipv6_end(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm__c_or_flags_1(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 8;
  return 0;
}

int http_request_fsm__c_or_flags_2(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 16;
  return 0;
}

int http_request_fsm__c_or_flags_3(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 32;
  return 0;
}

int http_request_fsm__c_test_flags_2(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return (state->flags & 2) == 2;
}

int http_request_fsm__c_test_flags_3(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  return (state->flags & 4) == 4;
}

int http_request_fsm__c_or_flags_4(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 2;
  return 0;
}

int http_request_fsm__c_mul_add_length_1(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp,
    int match) {
  /* Multiplication overflow */
  if (state->length > 0xffffffffffffffffULL / 10) {
    return 1;
  }
  
  state->length *= 10;
  
  /* Addition overflow */
  if (match >= 0) {
    if (state->length > 0xffffffffffffffffULL - match) {
      return 1;
    }
  } else {
    if (state->length < 0ULL - match) {
      return 1;
    }
  }
  state->length += match;
  return 0;
}

int http_request_fsm__c_or_flags_5(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 4;
  return 0;
}

int http_request_fsm__c_or_flags_6(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 128;
  return 0;
}

int http_request_fsm_on_plain_value(
    http_request_fsm_t* s, const unsigned char* p,
    const unsigned char* endp);

int http_request_fsm__c_or_flags_7(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->flags |= 64;
  return 0;
}

int http_request_fsm__c_update_header(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->header = 0;
  return 0;
}

int http_request_fsm__c_update_target_form(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->target_form = 3;
  return 0;
}

int http_request_fsm__c_update_target_form_1(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->target_form = 1;
  return 0;
}

int http_request_fsm__c_update_method(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  state->method = 0;
  return 0;
}

int http_request_fsm_init(http_request_fsm_t* state) {
  memset(state, 0, sizeof(*state));
  state->_current = (void*) (intptr_t) s_n_http_request_fsm__n_message_begin;
  return 0;
}

static llparse_state_t http_request_fsm__run(
    http_request_fsm_t* state,
    const unsigned char* p,
    const unsigned char* endp) {
  int match;
  switch ((llparse_state_t) (intptr_t) state->_current) {
    case s_n_http_request_fsm__n_target_authority_second_hex:
    s_n_http_request_fsm__n_target_authority_second_hex: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_second_hex;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_first_hex:
    s_n_http_request_fsm__n_target_authority_first_hex: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_first_hex;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_second_hex;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version_other_minor:
    s_n_http_request_fsm__n_version_other_minor: {
      if (p == endp) {
        return s_n_http_request_fsm__n_version_other_minor;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_error_3;
        }
        default: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version_other_dot:
    s_n_http_request_fsm__n_version_other_dot: {
      if (p == endp) {
        return s_n_http_request_fsm__n_version_other_dot;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_version_other_minor;
        }
        default: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_value_blank:
    s_n_http_request_fsm__n_chunk_extension_value_blank: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_value_blank;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value_blank;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value_blank;
        }
        case ';': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_message_line_feed:
    s_n_http_request_fsm__n_message_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_message_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_pause_3;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_message_line_end:
    s_n_http_request_fsm__n_message_line_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_message_line_end;
      }
      switch (*p) {
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_message_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_error;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_line_feed:
    s_n_http_request_fsm__n_trailer_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_trailer_line;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_line_end:
    s_n_http_request_fsm__n_trailer_line_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_line_end;
      }
      switch (*p) {
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_trailer_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_error;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_value_stop:
    s_n_http_request_fsm__n_trailer_value_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_value_stop;
      }
      switch (*p) {
        case 10: {
          goto s_n_http_request_fsm__n_trailer_line_end;
        }
        case 13: {
          goto s_n_http_request_fsm__n_trailer_line_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_11;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_value:
    s_n_http_request_fsm__n_trailer_value: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_value;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob8);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 6,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_trailer_value;
        }
        goto s_n_http_request_fsm__n_trailer_value_stop;
      }
      #endif  /* __SSE4_2__ */
      #if defined(__ARM_NEON__) || defined(__ARM_NEON)
      while (endp - p >= 16) {
        uint8x16_t input;
        uint8x16_t single;
        uint8x16_t mask;
        uint8x8_t narrow;
        uint64_t match_mask;
        int match_len;
      
        /* Load input */
        input = vld1q_u8(p);
        /* Find first character that does not match `ranges` */
        single = vceqq_u8(input, vdupq_n_u8(0x9));
        mask = single;
        single = vandq_u8(
          vcgeq_u8(input, vdupq_n_u8(' ')),
          vcleq_u8(input, vdupq_n_u8('~'))
        );
        mask = vorrq_u8(mask, single);
        single = vandq_u8(
          vcgeq_u8(input, vdupq_n_u8(0x80)),
          vcleq_u8(input, vdupq_n_u8(0xff))
        );
        mask = vorrq_u8(mask, single);
        narrow = vshrn_n_u16(vreinterpretq_u16_u8(mask), 4);
        match_mask = ~vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
        if (match_mask == 0) {
          match_len = 16;
        } else {
          match_len = __builtin_ctzll(match_mask) >> 2;
        }
        if (match_len != 16) {
          p += match_len;
          goto s_n_http_request_fsm__n_trailer_value_stop;
        }
        p += 16;
      }
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_value;
      }
      #endif  /* __ARM_NEON__ */
      #ifdef __wasm_simd128__
      while (endp - p >= 16) {
        v128_t input;
        v128_t mask;
        v128_t single;
        int match_len;
      
        /* Load input */
        input = wasm_v128_load(p);
        /* Find first character that does not match `ranges` */
        single = wasm_i8x16_eq(input, wasm_u8x16_const_splat(0x9));
        mask = single;
        single = wasm_v128_and(
          wasm_i8x16_ge(input, wasm_u8x16_const_splat(' ')),
          wasm_i8x16_le(input, wasm_u8x16_const_splat('~'))
        );
        mask = wasm_v128_or(mask, single);
        single = wasm_v128_and(
          wasm_i8x16_ge(input, wasm_u8x16_const_splat(0x80)),
          wasm_i8x16_le(input, wasm_u8x16_const_splat(0xff))
        );
        mask = wasm_v128_or(mask, single);
        match_len = __builtin_ctz(
          ~wasm_i8x16_bitmask(mask)
        );
        if (match_len != 16) {
          p += match_len;
          goto s_n_http_request_fsm__n_trailer_value_stop;
        }
        p += 16;
      }
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_value;
      }
      #endif  /* __wasm_simd128__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_trailer_value;
        }
        default: {
          goto s_n_http_request_fsm__n_trailer_value_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_name_stop:
    s_n_http_request_fsm__n_trailer_name_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_name_stop;
      }
      switch (*p) {
        case 9: {
          goto s_n_http_request_fsm__n_error_10;
        }
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case ' ': {
          goto s_n_http_request_fsm__n_error_10;
        }
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_trailer_value;
        }
        default: {
          goto s_n_http_request_fsm__n_error_12;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_name_rest:
    s_n_http_request_fsm__n_trailer_name_rest: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_name_rest;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob6);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_trailer_name_rest;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob7);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_trailer_name_rest;
        }
        goto s_n_http_request_fsm__n_trailer_name_stop;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_trailer_name_rest;
        }
        default: {
          goto s_n_http_request_fsm__n_trailer_name_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_trailer_line:
    s_n_http_request_fsm__n_trailer_line: {
      if (p == endp) {
        return s_n_http_request_fsm__n_trailer_line;
      }
      switch (*p) {
        case 9: {
          goto s_n_http_request_fsm__n_error_4;
        }
        case 13: {
          goto s_n_http_request_fsm__n_message_line_end;
        }
        case ' ': {
          goto s_n_http_request_fsm__n_error_4;
        }
        case ':': {
          goto s_n_http_request_fsm__n_error_9;
        }
        default: {
          goto s_n_http_request_fsm__n_trailer_name_rest;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_data_end:
    s_n_http_request_fsm__n_chunk_data_end: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_data_end;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob9, 2);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_length;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_chunk_data_end;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_error_7;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_size_line_feed:
    s_n_http_request_fsm__n_chunk_size_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_size_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_invoke_is_equal_length;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_size_line_end:
    s_n_http_request_fsm__n_chunk_size_line_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_size_line_end;
      }
      switch (*p) {
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_chunk_size_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_error;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_value_end:
    s_n_http_request_fsm__n_chunk_extension_value_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_value_end;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value_blank;
        }
        case 10: {
          goto s_n_http_request_fsm__n_chunk_size_line_end;
        }
        case 13: {
          goto s_n_http_request_fsm__n_chunk_size_line_end;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value_blank;
        }
        case ';': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_token:
    s_n_http_request_fsm__n_chunk_extension_token: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_token;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob4);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_chunk_extension_token;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob5);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_chunk_extension_token;
        }
        goto s_n_http_request_fsm__n_chunk_extension_value_end;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_token;
        }
        default: {
          goto s_n_http_request_fsm__n_chunk_extension_value_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_pair:
    s_n_http_request_fsm__n_chunk_extension_pair: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_pair;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_quoted;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_quoted:
    s_n_http_request_fsm__n_chunk_extension_quoted: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_quoted;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_quoted;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value_end;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_pair;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_value:
    s_n_http_request_fsm__n_chunk_extension_value: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 3, 2, 2, 2, 2, 2, 0, 0, 2, 2, 0, 2, 2, 0,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0,
        0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 2, 0, 2, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_value;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_token;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_quoted;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_name_blank:
    s_n_http_request_fsm__n_chunk_extension_name_blank: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_name_blank;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_name_blank;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_name_blank;
        }
        case ';': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        case '=': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_name_end:
    s_n_http_request_fsm__n_chunk_extension_name_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_name_end;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_name_blank;
        }
        case 10: {
          goto s_n_http_request_fsm__n_chunk_size_line_end;
        }
        case 13: {
          goto s_n_http_request_fsm__n_chunk_size_line_end;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_name_blank;
        }
        case ';': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        case '=': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_value;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension_name:
    s_n_http_request_fsm__n_chunk_extension_name: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension_name;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob2);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_chunk_extension_name;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob3);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_chunk_extension_name;
        }
        goto s_n_http_request_fsm__n_chunk_extension_name_end;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_name;
        }
        default: {
          goto s_n_http_request_fsm__n_chunk_extension_name_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_extension:
    s_n_http_request_fsm__n_chunk_extension: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 0, 2, 2, 2, 2, 2, 0, 0, 2, 2, 0, 2, 2, 0,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0,
        0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 2, 0, 2, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_extension;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension_name;
        }
        default: {
          goto s_n_http_request_fsm__n_error_6;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_size_blank:
    s_n_http_request_fsm__n_chunk_size_blank: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_size_blank;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_chunk_size_blank;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_chunk_size_blank;
        }
        case ';': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        default: {
          goto s_n_http_request_fsm__n_error_13;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_size:
    s_n_http_request_fsm__n_chunk_size: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_size;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_chunk_size_blank;
        }
        case 10: {
          goto s_n_http_request_fsm__n_chunk_size_line_end;
        }
        case 13: {
          goto s_n_http_request_fsm__n_chunk_size_line_end;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_chunk_size_blank;
        }
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case ';': {
          p++;
          goto s_n_http_request_fsm__n_chunk_extension;
        }
        case 'A': {
          p++;
          match = 10;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'B': {
          p++;
          match = 11;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'C': {
          p++;
          match = 12;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'D': {
          p++;
          match = 13;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'E': {
          p++;
          match = 14;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'F': {
          p++;
          match = 15;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'a': {
          p++;
          match = 10;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'b': {
          p++;
          match = 11;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'c': {
          p++;
          match = 12;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'd': {
          p++;
          match = 13;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'e': {
          p++;
          match = 14;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'f': {
          p++;
          match = 15;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        default: {
          goto s_n_http_request_fsm__n_error_13;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_chunk_size_begin:
    s_n_http_request_fsm__n_chunk_size_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_chunk_size_begin;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'A': {
          p++;
          match = 10;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'B': {
          p++;
          match = 11;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'C': {
          p++;
          match = 12;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'D': {
          p++;
          match = 13;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'E': {
          p++;
          match = 14;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'F': {
          p++;
          match = 15;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'a': {
          p++;
          match = 10;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'b': {
          p++;
          match = 11;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'c': {
          p++;
          match = 12;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'd': {
          p++;
          match = 13;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'e': {
          p++;
          match = 14;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        case 'f': {
          p++;
          match = 15;
          goto s_n_http_request_fsm__n_invoke_mul_add_length;
        }
        default: {
          goto s_n_http_request_fsm__n_error_13;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_invoke_update_length:
    s_n_http_request_fsm__n_invoke_update_length: {
      switch (http_request_fsm__c_update_length(state, p, endp)) {
        default:
          goto s_n_http_request_fsm__n_chunk_size_begin;
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_head_line_feed:
    s_n_http_request_fsm__n_head_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_head_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_invoke_is_equal_minor;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_head_line_end:
    s_n_http_request_fsm__n_head_line_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_head_line_end;
      }
      switch (*p) {
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_head_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_error;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_second_hex:
    s_n_http_request_fsm__n_host_second_hex: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_second_hex;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_first_hex:
    s_n_http_request_fsm__n_host_first_hex: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_first_hex;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_host_second_hex;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_line_feed:
    s_n_http_request_fsm__n_field_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_field_line;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_line_end:
    s_n_http_request_fsm__n_field_line_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_line_end;
      }
      switch (*p) {
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_field_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_error;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_end:
    s_n_http_request_fsm__n_host_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_end;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_host_end;
        }
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_host_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_port:
    s_n_http_request_fsm__n_host_port: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_port;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_port;
        }
        default: {
          goto s_n_http_request_fsm__n_host_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_port_begin:
    s_n_http_request_fsm__n_host_port_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_port_begin;
      }
      switch (*p) {
        case '0': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '1': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '2': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '3': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '4': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '5': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '6': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '7': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '8': {
          goto s_n_http_request_fsm__n_host_port;
        }
        case '9': {
          goto s_n_http_request_fsm__n_host_port;
        }
        default: {
          goto s_n_http_request_fsm__n_host_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_after_host:
    s_n_http_request_fsm__n_host_after_host: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_after_host;
      }
      switch (*p) {
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_port;
        }
        default: {
          goto s_n_http_request_fsm__n_host_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_after_dot:
    s_n_http_request_fsm__n_host_after_dot: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_host_after_dot;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_host_first_hex;
        }
        case 3: {
          goto s_n_http_request_fsm__n_error_15;
        }
        default: {
          goto s_n_http_request_fsm__n_host_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_label:
    s_n_http_request_fsm__n_host_label: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_host_label;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_host_first_hex;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_host_after_dot;
        }
        default: {
          goto s_n_http_request_fsm__n_host_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_literal_end:
    s_n_http_request_fsm__n_host_literal_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_literal_end;
      }
      switch (*p) {
        case ']': {
          p++;
          goto s_n_http_request_fsm__n_host_after_host;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_future:
    s_n_http_request_fsm__n_host_future: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_host_future;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob11);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_host_future;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob12);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_host_future;
        }
        goto s_n_http_request_fsm__n_host_literal_end;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_host_future;
        }
        default: {
          goto s_n_http_request_fsm__n_host_literal_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_future_begin:
    s_n_http_request_fsm__n_host_future_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_host_future_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_host_future;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_future_version:
    s_n_http_request_fsm__n_host_future_version: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_future_version;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_host_future_begin;
        }
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_future_version_begin:
    s_n_http_request_fsm__n_host_future_version_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_future_version_begin;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_ipv6:
    s_n_http_request_fsm__n_host_ipv6: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_ipv6;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case ']': {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_end;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_host_ipv6;
        }
        default: {
          goto s_n_http_request_fsm__n_error_15;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_literal:
    s_n_http_request_fsm__n_host_literal: {
      if (p == endp) {
        return s_n_http_request_fsm__n_host_literal;
      }
      switch (*p) {
        case 'V': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version_begin;
        }
        case 'v': {
          p++;
          goto s_n_http_request_fsm__n_host_future_version_begin;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_begin;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_host_begin:
    s_n_http_request_fsm__n_host_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_host_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_host_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_host_first_hex;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_host_literal;
        }
        default: {
          goto s_n_http_request_fsm__n_host_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_separator:
    s_n_http_request_fsm__n_connection_separator: {
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_separator;
      }
      switch (*p) {
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end;
        }
        case ',': {
          p++;
          goto s_n_http_request_fsm__n_connection;
        }
        default: {
          goto s_n_http_request_fsm__n_error_11;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_skipped:
    s_n_http_request_fsm__n_connection_skipped: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_skipped;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob14);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 8,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_connection_skipped;
        }
        goto s_n_http_request_fsm__n_connection_separator;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_connection_skipped;
        }
        default: {
          goto s_n_http_request_fsm__n_connection_separator;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_close:
    s_n_http_request_fsm__n_connection_close: {
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_close;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_connection_close;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_or_flags_1;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_connection_close;
        }
        case ',': {
          goto s_n_http_request_fsm__n_invoke_or_flags_1;
        }
        default: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_token_1:
    s_n_http_request_fsm__n_connection_token_1: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_token_1;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob13, 4);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_connection_close;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_connection_token_1;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_keep_alive:
    s_n_http_request_fsm__n_connection_keep_alive: {
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_keep_alive;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_connection_keep_alive;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_or_flags_2;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_connection_keep_alive;
        }
        case ',': {
          goto s_n_http_request_fsm__n_invoke_or_flags_2;
        }
        default: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_token_2:
    s_n_http_request_fsm__n_connection_token_2: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_token_2;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob15, 9);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_connection_keep_alive;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_connection_token_2;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_upgrade:
    s_n_http_request_fsm__n_connection_upgrade: {
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_upgrade;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_connection_upgrade;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_or_flags_3;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_connection_upgrade;
        }
        case ',': {
          goto s_n_http_request_fsm__n_invoke_or_flags_3;
        }
        default: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_token_3:
    s_n_http_request_fsm__n_connection_token_3: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_token_3;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob16, 6);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_connection_upgrade;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_connection_token_3;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection_token:
    s_n_http_request_fsm__n_connection_token: {
      if (p == endp) {
        return s_n_http_request_fsm__n_connection_token;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_connection_token_1;
        }
        case 'k': {
          p++;
          goto s_n_http_request_fsm__n_connection_token_2;
        }
        case 'u': {
          p++;
          goto s_n_http_request_fsm__n_connection_token_3;
        }
        default: {
          goto s_n_http_request_fsm__n_connection_skipped;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_connection:
    s_n_http_request_fsm__n_connection: {
      if (p == endp) {
        return s_n_http_request_fsm__n_connection;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_connection;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_connection;
        }
        default: {
          goto s_n_http_request_fsm__n_connection_token;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_content_length_end:
    s_n_http_request_fsm__n_content_length_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_content_length_end;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_content_length_end;
        }
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_content_length_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_17;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_content_length:
    s_n_http_request_fsm__n_content_length: {
      if (p == endp) {
        return s_n_http_request_fsm__n_content_length;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        default: {
          goto s_n_http_request_fsm__n_content_length_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_content_length_begin:
    s_n_http_request_fsm__n_content_length_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_content_length_begin;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_length_1;
        }
        default: {
          goto s_n_http_request_fsm__n_error_17;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_transfer_encoding_end:
    s_n_http_request_fsm__n_transfer_encoding_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_transfer_encoding_end;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_transfer_encoding_end;
        }
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_transfer_encoding_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_22;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_transfer_encoding_stop:
    s_n_http_request_fsm__n_transfer_encoding_stop: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_transfer_encoding_stop;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          goto s_n_http_request_fsm__n_error_21;
        }
        default: {
          goto s_n_http_request_fsm__n_transfer_encoding_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_transfer_coding:
    s_n_http_request_fsm__n_transfer_coding: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_transfer_coding;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob17, 7);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_transfer_encoding_stop;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_transfer_coding;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_error_21;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_transfer_encoding:
    s_n_http_request_fsm__n_transfer_encoding: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_transfer_encoding;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          goto s_n_http_request_fsm__n_transfer_coding;
        }
        default: {
          goto s_n_http_request_fsm__n_error_22;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_value_stop:
    s_n_http_request_fsm__n_field_value_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_value_stop;
      }
      switch (*p) {
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_11;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_value:
    s_n_http_request_fsm__n_field_value: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_field_value;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob19);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 6,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_field_value;
        }
        goto s_n_http_request_fsm__n_field_value_stop;
      }
      #endif  /* __SSE4_2__ */
      #if defined(__ARM_NEON__) || defined(__ARM_NEON)
      while (endp - p >= 16) {
        uint8x16_t input;
        uint8x16_t single;
        uint8x16_t mask;
        uint8x8_t narrow;
        uint64_t match_mask;
        int match_len;
      
        /* Load input */
        input = vld1q_u8(p);
        /* Find first character that does not match `ranges` */
        single = vceqq_u8(input, vdupq_n_u8(0x9));
        mask = single;
        single = vandq_u8(
          vcgeq_u8(input, vdupq_n_u8(' ')),
          vcleq_u8(input, vdupq_n_u8('~'))
        );
        mask = vorrq_u8(mask, single);
        single = vandq_u8(
          vcgeq_u8(input, vdupq_n_u8(0x80)),
          vcleq_u8(input, vdupq_n_u8(0xff))
        );
        mask = vorrq_u8(mask, single);
        narrow = vshrn_n_u16(vreinterpretq_u16_u8(mask), 4);
        match_mask = ~vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
        if (match_mask == 0) {
          match_len = 16;
        } else {
          match_len = __builtin_ctzll(match_mask) >> 2;
        }
        if (match_len != 16) {
          p += match_len;
          goto s_n_http_request_fsm__n_field_value_stop;
        }
        p += 16;
      }
      if (p == endp) {
        return s_n_http_request_fsm__n_field_value;
      }
      #endif  /* __ARM_NEON__ */
      #ifdef __wasm_simd128__
      while (endp - p >= 16) {
        v128_t input;
        v128_t mask;
        v128_t single;
        int match_len;
      
        /* Load input */
        input = wasm_v128_load(p);
        /* Find first character that does not match `ranges` */
        single = wasm_i8x16_eq(input, wasm_u8x16_const_splat(0x9));
        mask = single;
        single = wasm_v128_and(
          wasm_i8x16_ge(input, wasm_u8x16_const_splat(' ')),
          wasm_i8x16_le(input, wasm_u8x16_const_splat('~'))
        );
        mask = wasm_v128_or(mask, single);
        single = wasm_v128_and(
          wasm_i8x16_ge(input, wasm_u8x16_const_splat(0x80)),
          wasm_i8x16_le(input, wasm_u8x16_const_splat(0xff))
        );
        mask = wasm_v128_or(mask, single);
        match_len = __builtin_ctz(
          ~wasm_i8x16_bitmask(mask)
        );
        if (match_len != 16) {
          p += match_len;
          goto s_n_http_request_fsm__n_field_value_stop;
        }
        p += 16;
      }
      if (p == endp) {
        return s_n_http_request_fsm__n_field_value;
      }
      #endif  /* __wasm_simd128__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_field_value;
        }
        default: {
          goto s_n_http_request_fsm__n_field_value_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_consume_leap:
    s_n_http_request_fsm__n_consume_leap: {
      size_t avail;
      uint32_t need;
      
      avail = endp - p;
      need = state->leap;
      if (avail >= need) {
        p += need;
        state->leap = 0;
        goto s_n_http_request_fsm__n_field_value;
      }
      
      state->leap -= avail;
      return s_n_http_request_fsm__n_consume_leap;
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_expect_stop:
    s_n_http_request_fsm__n_expect_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_expect_stop;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_expect_stop;
        }
        case 13: {
          goto s_n_http_request_fsm__n_invoke_or_flags_6;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_expect_stop;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_plain_value;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_expect:
    s_n_http_request_fsm__n_expect: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_expect;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob18, 12);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_expect_stop;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_expect;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_plain_value;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_value_begin:
    s_n_http_request_fsm__n_field_value_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_value_begin;
      }
      switch (*p) {
        case 9: {
          p++;
          goto s_n_http_request_fsm__n_field_value_begin;
        }
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_field_value_begin;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_begin;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_stop:
    s_n_http_request_fsm__n_field_name_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_stop;
      }
      switch (*p) {
        case 9: {
          goto s_n_http_request_fsm__n_error_10;
        }
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case ' ': {
          goto s_n_http_request_fsm__n_error_10;
        }
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_name_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_12;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_rest:
    s_n_http_request_fsm__n_field_name_rest: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_rest;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob20);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_field_name_rest;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob21);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_field_name_rest;
        }
        goto s_n_http_request_fsm__n_field_name_stop;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_field_name_rest;
        }
        default: {
          goto s_n_http_request_fsm__n_field_name_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_known:
    s_n_http_request_fsm__n_field_name_known: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_known;
      }
      switch (*p) {
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_name_end;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_2:
    s_n_http_request_fsm__n_field_name_2: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_2;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob10, 13);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 13;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_2;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_3:
    s_n_http_request_fsm__n_field_name_3: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_3;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob22, 11);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 17;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_3;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_1:
    s_n_http_request_fsm__n_field_name_1: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_1;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_field_name_2;
        }
        case 'u': {
          p++;
          goto s_n_http_request_fsm__n_field_name_3;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_7:
    s_n_http_request_fsm__n_field_name_7: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_7;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob23, 6);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_7;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_10:
    s_n_http_request_fsm__n_field_name_10: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_10;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob25, 5);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_10;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_11:
    s_n_http_request_fsm__n_field_name_11: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_11;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob26, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 14;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_11;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_9:
    s_n_http_request_fsm__n_field_name_9: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_9;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'l': {
          p++;
          goto s_n_http_request_fsm__n_field_name_10;
        }
        case 't': {
          p++;
          goto s_n_http_request_fsm__n_field_name_11;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_8:
    s_n_http_request_fsm__n_field_name_8: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_8;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob24, 4);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_field_name_9;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_8;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_6:
    s_n_http_request_fsm__n_field_name_6: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_6;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'n': {
          p++;
          goto s_n_http_request_fsm__n_field_name_7;
        }
        case 't': {
          p++;
          goto s_n_http_request_fsm__n_field_name_8;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_12:
    s_n_http_request_fsm__n_field_name_12: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_12;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob27, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 15;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_12;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_5:
    s_n_http_request_fsm__n_field_name_5: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_5;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'n': {
          p++;
          goto s_n_http_request_fsm__n_field_name_6;
        }
        case 'o': {
          p++;
          goto s_n_http_request_fsm__n_field_name_12;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_4:
    s_n_http_request_fsm__n_field_name_4: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_4;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'o': {
          p++;
          goto s_n_http_request_fsm__n_field_name_5;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_13:
    s_n_http_request_fsm__n_field_name_13: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_13;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob28, 5);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_13;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_14:
    s_n_http_request_fsm__n_field_name_14: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_14;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob29, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_14;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_18:
    s_n_http_request_fsm__n_field_name_18: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_18;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob31, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 11;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_18;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_19:
    s_n_http_request_fsm__n_field_name_19: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_19;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob32, 12);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_19;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_17:
    s_n_http_request_fsm__n_field_name_17: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_17;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_field_name_18;
        }
        case 'o': {
          p++;
          goto s_n_http_request_fsm__n_field_name_19;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_20:
    s_n_http_request_fsm__n_field_name_20: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_20;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob33, 9);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_20;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_21:
    s_n_http_request_fsm__n_field_name_21: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_21;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob34, 4);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 10;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_21;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_22:
    s_n_http_request_fsm__n_field_name_22: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_22;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob35, 15);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 12;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_22;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_16:
    s_n_http_request_fsm__n_field_name_16: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_16;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'm': {
          p++;
          goto s_n_http_request_fsm__n_field_name_17;
        }
        case 'n': {
          p++;
          goto s_n_http_request_fsm__n_field_name_20;
        }
        case 'r': {
          p++;
          goto s_n_http_request_fsm__n_field_name_21;
        }
        case 'u': {
          p++;
          goto s_n_http_request_fsm__n_field_name_22;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_15:
    s_n_http_request_fsm__n_field_name_15: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_15;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob30, 2);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_field_name_16;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_15;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_23:
    s_n_http_request_fsm__n_field_name_23: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_23;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob36, 5);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 18;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_23;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_24:
    s_n_http_request_fsm__n_field_name_24: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_24;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob37, 4);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_24;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_27:
    s_n_http_request_fsm__n_field_name_27: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_27;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob39, 2);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 19;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_27;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_28:
    s_n_http_request_fsm__n_field_name_28: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_28;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob40, 6);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 20;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_28;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_26:
    s_n_http_request_fsm__n_field_name_26: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_26;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'k': {
          p++;
          goto s_n_http_request_fsm__n_field_name_27;
        }
        case 'v': {
          p++;
          goto s_n_http_request_fsm__n_field_name_28;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_25:
    s_n_http_request_fsm__n_field_name_25: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_25;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob38, 13);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_field_name_26;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_25;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_29:
    s_n_http_request_fsm__n_field_name_29: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_29;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob41, 16);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_29;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_31:
    s_n_http_request_fsm__n_field_name_31: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_31;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob42, 5);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_31;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_32:
    s_n_http_request_fsm__n_field_name_32: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_32;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob43, 8);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 16;
          goto s_n_http_request_fsm__n_invoke_store_header;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_field_name_32;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name_30:
    s_n_http_request_fsm__n_field_name_30: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name_30;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'p': {
          p++;
          goto s_n_http_request_fsm__n_field_name_31;
        }
        case 's': {
          p++;
          goto s_n_http_request_fsm__n_field_name_32;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_name:
    s_n_http_request_fsm__n_field_name: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_name;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_field_name_1;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_field_name_4;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_field_name_13;
        }
        case 'h': {
          p++;
          goto s_n_http_request_fsm__n_field_name_14;
        }
        case 'i': {
          p++;
          goto s_n_http_request_fsm__n_field_name_15;
        }
        case 'o': {
          p++;
          goto s_n_http_request_fsm__n_field_name_23;
        }
        case 'r': {
          p++;
          goto s_n_http_request_fsm__n_field_name_24;
        }
        case 's': {
          p++;
          goto s_n_http_request_fsm__n_field_name_25;
        }
        case 't': {
          p++;
          goto s_n_http_request_fsm__n_field_name_29;
        }
        case 'u': {
          p++;
          goto s_n_http_request_fsm__n_field_name_30;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_header;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_field_line:
    s_n_http_request_fsm__n_field_line: {
      if (p == endp) {
        return s_n_http_request_fsm__n_field_line;
      }
      switch (*p) {
        case 9: {
          goto s_n_http_request_fsm__n_error_4;
        }
        case 13: {
          goto s_n_http_request_fsm__n_head_line_end;
        }
        case ' ': {
          goto s_n_http_request_fsm__n_error_4;
        }
        case ':': {
          goto s_n_http_request_fsm__n_error_9;
        }
        default: {
          goto s_n_http_request_fsm__n_field_name;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_request_line_feed:
    s_n_http_request_fsm__n_request_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_request_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_in_fields;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_request_line_end:
    s_n_http_request_fsm__n_request_line_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_request_line_end;
      }
      switch (*p) {
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_request_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_error;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version_stop:
    s_n_http_request_fsm__n_version_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_version_stop;
      }
      switch (*p) {
        case 10: {
          goto s_n_http_request_fsm__n_request_line_end;
        }
        case 13: {
          goto s_n_http_request_fsm__n_request_line_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version_minor:
    s_n_http_request_fsm__n_version_minor: {
      if (p == endp) {
        return s_n_http_request_fsm__n_version_minor;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '2': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '3': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '4': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '5': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '6': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '7': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '8': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        case '9': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_minor;
        }
        default: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version_dot:
    s_n_http_request_fsm__n_version_dot: {
      if (p == endp) {
        return s_n_http_request_fsm__n_version_dot;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_version_minor;
        }
        default: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version_major:
    s_n_http_request_fsm__n_version_major: {
      if (p == endp) {
        return s_n_http_request_fsm__n_version_major;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_version_dot;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_version_other_dot;
        }
        default: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_version:
    s_n_http_request_fsm__n_version: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_version;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob1, 6);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_version_major;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_version;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_error_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_stop:
    s_n_http_request_fsm__n_target_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_stop;
      }
      switch (*p) {
        case 10: {
          goto s_n_http_request_fsm__n_error_2;
        }
        case 13: {
          goto s_n_http_request_fsm__n_error_2;
        }
        case ' ': {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_target_end;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_port:
    s_n_http_request_fsm__n_target_authority_port: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_port;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_2;
        }
        default: {
          goto s_n_http_request_fsm__n_target_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_port_begin:
    s_n_http_request_fsm__n_target_authority_port_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_port_begin;
      }
      switch (*p) {
        case '0': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '1': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '2': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '3': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '4': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '5': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '6': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '7': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '8': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        case '9': {
          goto s_n_http_request_fsm__n_target_authority_port;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_after_host:
    s_n_http_request_fsm__n_target_authority_after_host: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_after_host;
      }
      switch (*p) {
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_port_2;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_after_dot:
    s_n_http_request_fsm__n_target_authority_after_dot: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_after_dot;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_first_hex;
        }
        case 3: {
          goto s_n_http_request_fsm__n_error_28;
        }
        default: {
          goto s_n_http_request_fsm__n_target_authority_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_label:
    s_n_http_request_fsm__n_target_authority_label: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_label;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_first_hex;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_after_dot;
        }
        default: {
          goto s_n_http_request_fsm__n_target_authority_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_literal_end:
    s_n_http_request_fsm__n_target_authority_literal_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_literal_end;
      }
      switch (*p) {
        case ']': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_after_host;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_future:
    s_n_http_request_fsm__n_target_authority_future: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_future;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob44);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_authority_future;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob45);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_authority_future;
        }
        goto s_n_http_request_fsm__n_target_authority_literal_end;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future;
        }
        default: {
          goto s_n_http_request_fsm__n_target_authority_literal_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_future_begin:
    s_n_http_request_fsm__n_target_authority_future_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_future_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_future_version:
    s_n_http_request_fsm__n_target_authority_future_version: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_future_version;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_begin;
        }
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_future_version_begin:
    s_n_http_request_fsm__n_target_authority_future_version_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_future_version_begin;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_ipv6:
    s_n_http_request_fsm__n_target_authority_ipv6: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_ipv6;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case ']': {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_end_2;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_ipv6;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_literal:
    s_n_http_request_fsm__n_target_authority_literal: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_literal;
      }
      switch (*p) {
        case 'V': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version_begin;
        }
        case 'v': {
          p++;
          goto s_n_http_request_fsm__n_target_authority_future_version_begin;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_begin_2;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_authority_begin:
    s_n_http_request_fsm__n_target_authority_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_authority_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_first_hex;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_target_authority_literal;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target:
    s_n_http_request_fsm__n_target: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob46);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 4,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_target;
        }
        goto s_n_http_request_fsm__n_target_stop;
      }
      #endif  /* __SSE4_2__ */
      #if defined(__ARM_NEON__) || defined(__ARM_NEON)
      while (endp - p >= 16) {
        uint8x16_t input;
        uint8x16_t single;
        uint8x16_t mask;
        uint8x8_t narrow;
        uint64_t match_mask;
        int match_len;
      
        /* Load input */
        input = vld1q_u8(p);
        /* Find first character that does not match `ranges` */
        single = vandq_u8(
          vcgeq_u8(input, vdupq_n_u8('!')),
          vcleq_u8(input, vdupq_n_u8('"'))
        );
        mask = single;
        single = vandq_u8(
          vcgeq_u8(input, vdupq_n_u8('$')),
          vcleq_u8(input, vdupq_n_u8('~'))
        );
        mask = vorrq_u8(mask, single);
        narrow = vshrn_n_u16(vreinterpretq_u16_u8(mask), 4);
        match_mask = ~vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
        if (match_mask == 0) {
          match_len = 16;
        } else {
          match_len = __builtin_ctzll(match_mask) >> 2;
        }
        if (match_len != 16) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_stop;
        }
        p += 16;
      }
      if (p == endp) {
        return s_n_http_request_fsm__n_target;
      }
      #endif  /* __ARM_NEON__ */
      #ifdef __wasm_simd128__
      while (endp - p >= 16) {
        v128_t input;
        v128_t mask;
        v128_t single;
        int match_len;
      
        /* Load input */
        input = wasm_v128_load(p);
        /* Find first character that does not match `ranges` */
        single = wasm_v128_and(
          wasm_i8x16_ge(input, wasm_u8x16_const_splat('!')),
          wasm_i8x16_le(input, wasm_u8x16_const_splat('"'))
        );
        mask = single;
        single = wasm_v128_and(
          wasm_i8x16_ge(input, wasm_u8x16_const_splat('$')),
          wasm_i8x16_le(input, wasm_u8x16_const_splat('~'))
        );
        mask = wasm_v128_or(mask, single);
        match_len = __builtin_ctz(
          ~wasm_i8x16_bitmask(mask)
        );
        if (match_len != 16) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_stop;
        }
        p += 16;
      }
      if (p == endp) {
        return s_n_http_request_fsm__n_target;
      }
      #endif  /* __wasm_simd128__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target;
        }
        default: {
          goto s_n_http_request_fsm__n_target_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_second_hex:
    s_n_http_request_fsm__n_target_host_second_hex: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_second_hex;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_first_hex:
    s_n_http_request_fsm__n_target_host_first_hex: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_first_hex;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_host_second_hex;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_after_authority:
    s_n_http_request_fsm__n_target_after_authority: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_after_authority;
      }
      switch (*p) {
        case '/': {
          goto s_n_http_request_fsm__n_target;
        }
        case '?': {
          goto s_n_http_request_fsm__n_target;
        }
        default: {
          goto s_n_http_request_fsm__n_target_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_port:
    s_n_http_request_fsm__n_target_host_port: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_port;
      }
      switch (*p) {
        case '0': {
          p++;
          match = 0;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '1': {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '2': {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '3': {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '4': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '5': {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '6': {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '7': {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '8': {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        case '9': {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_mul_add_port_1;
        }
        default: {
          goto s_n_http_request_fsm__n_target_after_authority;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_port_begin:
    s_n_http_request_fsm__n_target_host_port_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_port_begin;
      }
      switch (*p) {
        case '0': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '1': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '2': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '3': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '4': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '5': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '6': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '7': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '8': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        case '9': {
          goto s_n_http_request_fsm__n_target_host_port;
        }
        default: {
          goto s_n_http_request_fsm__n_target_after_authority;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_after_host:
    s_n_http_request_fsm__n_target_host_after_host: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_after_host;
      }
      switch (*p) {
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_port_1;
        }
        default: {
          goto s_n_http_request_fsm__n_target_after_authority;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_after_dot:
    s_n_http_request_fsm__n_target_host_after_dot: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_after_dot;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target_host_first_hex;
        }
        case 3: {
          goto s_n_http_request_fsm__n_error_28;
        }
        default: {
          goto s_n_http_request_fsm__n_target_host_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_label:
    s_n_http_request_fsm__n_target_host_label: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_label;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target_host_first_hex;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_target_host_after_dot;
        }
        default: {
          goto s_n_http_request_fsm__n_target_host_after_host;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_literal_end:
    s_n_http_request_fsm__n_target_host_literal_end: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_literal_end;
      }
      switch (*p) {
        case ']': {
          p++;
          goto s_n_http_request_fsm__n_target_host_after_host;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_future:
    s_n_http_request_fsm__n_target_host_future: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_future;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob49);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_host_future;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob50);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_host_future;
        }
        goto s_n_http_request_fsm__n_target_host_literal_end;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_host_future;
        }
        default: {
          goto s_n_http_request_fsm__n_target_host_literal_end;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_future_begin:
    s_n_http_request_fsm__n_target_host_future_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_future_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_host_future;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_future_version:
    s_n_http_request_fsm__n_target_host_future_version: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_future_version;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_begin;
        }
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_future_version_begin:
    s_n_http_request_fsm__n_target_host_future_version_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_future_version_begin;
      }
      switch (*p) {
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_ipv6:
    s_n_http_request_fsm__n_target_host_ipv6: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_ipv6;
      }
      switch (*p) {
        case '.': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '0': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '1': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '2': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '3': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '4': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '5': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '6': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '7': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '8': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case '9': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'B': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'E': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'F': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case ']': {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_end_1;
        }
        case 'a': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'b': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'c': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'd': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'e': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        case 'f': {
          p++;
          goto s_n_http_request_fsm__n_target_host_ipv6;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_literal:
    s_n_http_request_fsm__n_target_host_literal: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_literal;
      }
      switch (*p) {
        case 'V': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version_begin;
        }
        case 'v': {
          p++;
          goto s_n_http_request_fsm__n_target_host_future_version_begin;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_begin_1;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_host_begin:
    s_n_http_request_fsm__n_target_host_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_host_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_host_label;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target_host_first_hex;
        }
        case 3: {
          p++;
          goto s_n_http_request_fsm__n_target_host_literal;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_other_scheme_stop:
    s_n_http_request_fsm__n_target_other_scheme_stop: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_target_other_scheme_stop;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob52, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_error_30;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_target_other_scheme_stop;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_other_scheme:
    s_n_http_request_fsm__n_target_other_scheme: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_other_scheme;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob51);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 10,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_target_other_scheme;
        }
        goto s_n_http_request_fsm__n_target_other_scheme_stop;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_target_other_scheme;
        }
        default: {
          goto s_n_http_request_fsm__n_target_other_scheme_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_after_http_1:
    s_n_http_request_fsm__n_target_after_http_1: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_target_after_http_1;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob48, 2);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_target_host_begin;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_target_after_http_1;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_target_other_scheme;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_after_https:
    s_n_http_request_fsm__n_target_after_https: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_target_after_https;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob53, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_error_29;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_target_after_https;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_target_other_scheme;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_after_http:
    s_n_http_request_fsm__n_target_after_http: {
      if (p == endp) {
        return s_n_http_request_fsm__n_target_after_http;
      }
      switch (((*p) >= 'A' && (*p) <= 'Z' ? (*p | 0x20) : (*p))) {
        case ':': {
          p++;
          goto s_n_http_request_fsm__n_target_after_http_1;
        }
        case 's': {
          p++;
          goto s_n_http_request_fsm__n_target_after_https;
        }
        default: {
          goto s_n_http_request_fsm__n_target_other_scheme;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_scheme:
    s_n_http_request_fsm__n_target_scheme: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_target_scheme;
      }
      match_seq = llparse__match_sequence_to_lower(state, p, endp, llparse_blob47, 4);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          goto s_n_http_request_fsm__n_target_after_http;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_target_scheme;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_target_other_scheme;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_target_begin:
    s_n_http_request_fsm__n_target_begin: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
        3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
        0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
        3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_target_begin;
      }
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_target_form;
        }
        case 2: {
          p++;
          goto s_n_http_request_fsm__n_target;
        }
        case 3: {
          goto s_n_http_request_fsm__n_invoke_update_target_form_1;
        }
        default: {
          goto s_n_http_request_fsm__n_error_28;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_stop:
    s_n_http_request_fsm__n_method_stop: {
      if (p == endp) {
        return s_n_http_request_fsm__n_method_stop;
      }
      switch (*p) {
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_target_begin;
        }
        default: {
          goto s_n_http_request_fsm__n_error_1;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_rest:
    s_n_http_request_fsm__n_method_rest: {
      static uint8_t lookup_table[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      };
      if (p == endp) {
        return s_n_http_request_fsm__n_method_rest;
      }
      #ifdef __SSE4_2__
      if (endp - p >= 16) {
        __m128i ranges;
        __m128i input;
        int match_len;
      
        /* Load input */
        input = _mm_loadu_si128((__m128i const*) p);
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob54);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 16,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_method_rest;
        }
        ranges = _mm_loadu_si128((__m128i const*) llparse_blob55);
      
        /* Find first character that does not match `ranges` */
        match_len = _mm_cmpestri(ranges, 2,
            input, 16,
            _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES |
              _SIDD_NEGATIVE_POLARITY);
      
        if (match_len != 0) {
          p += match_len;
          goto s_n_http_request_fsm__n_method_rest;
        }
        goto s_n_http_request_fsm__n_method_stop;
      }
      #endif  /* __SSE4_2__ */
      switch (lookup_table[(uint8_t) *p]) {
        case 1: {
          p++;
          goto s_n_http_request_fsm__n_method_rest;
        }
        default: {
          goto s_n_http_request_fsm__n_method_stop;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_known:
    s_n_http_request_fsm__n_method_known: {
      if (p == endp) {
        return s_n_http_request_fsm__n_method_known;
      }
      switch (*p) {
        case ' ': {
          p++;
          goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_target_begin;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_1:
    s_n_http_request_fsm__n_method_1: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_1;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob0, 6);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 6;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_1;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_2:
    s_n_http_request_fsm__n_method_2: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_2;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob56, 5);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 5;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_2;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_3:
    s_n_http_request_fsm__n_method_3: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_3;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob57, 2);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 1;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_3;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_4:
    s_n_http_request_fsm__n_method_4: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_4;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob58, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 2;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_4;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_5:
    s_n_http_request_fsm__n_method_5: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_5;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob59, 6);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 7;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_5;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_7:
    s_n_http_request_fsm__n_method_7: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_7;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob60, 3);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 9;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_7;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_8:
    s_n_http_request_fsm__n_method_8: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_8;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob61, 2);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 3;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_8;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_9:
    s_n_http_request_fsm__n_method_9: {
      if (p == endp) {
        return s_n_http_request_fsm__n_method_9;
      }
      switch (*p) {
        case 'T': {
          p++;
          match = 4;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_6:
    s_n_http_request_fsm__n_method_6: {
      if (p == endp) {
        return s_n_http_request_fsm__n_method_6;
      }
      switch (*p) {
        case 'A': {
          p++;
          goto s_n_http_request_fsm__n_method_7;
        }
        case 'O': {
          p++;
          goto s_n_http_request_fsm__n_method_8;
        }
        case 'U': {
          p++;
          goto s_n_http_request_fsm__n_method_9;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_10:
    s_n_http_request_fsm__n_method_10: {
      llparse_match_t match_seq;
      
      if (p == endp) {
        return s_n_http_request_fsm__n_method_10;
      }
      match_seq = llparse__match_sequence_id(state, p, endp, llparse_blob62, 4);
      p = match_seq.current;
      switch (match_seq.status) {
        case kMatchComplete: {
          p++;
          match = 8;
          goto s_n_http_request_fsm__n_invoke_store_method;
        }
        case kMatchPause: {
          return s_n_http_request_fsm__n_method_10;
        }
        case kMatchMismatch: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method:
    s_n_http_request_fsm__n_method: {
      if (p == endp) {
        return s_n_http_request_fsm__n_method;
      }
      switch (*p) {
        case 'C': {
          p++;
          goto s_n_http_request_fsm__n_method_1;
        }
        case 'D': {
          p++;
          goto s_n_http_request_fsm__n_method_2;
        }
        case 'G': {
          p++;
          goto s_n_http_request_fsm__n_method_3;
        }
        case 'H': {
          p++;
          goto s_n_http_request_fsm__n_method_4;
        }
        case 'O': {
          p++;
          goto s_n_http_request_fsm__n_method_5;
        }
        case 'P': {
          p++;
          goto s_n_http_request_fsm__n_method_6;
        }
        case 'T': {
          p++;
          goto s_n_http_request_fsm__n_method_10;
        }
        default: {
          goto s_n_http_request_fsm__n_invoke_update_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_method_begin:
    s_n_http_request_fsm__n_method_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_method_begin;
      }
      switch (*p) {
        case ' ': {
          goto s_n_http_request_fsm__n_error_1;
        }
        default: {
          goto s_n_http_request_fsm__n_method;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_leading_line_feed:
    s_n_http_request_fsm__n_leading_line_feed: {
      if (p == endp) {
        return s_n_http_request_fsm__n_leading_line_feed;
      }
      switch (*p) {
        case 10: {
          p++;
          goto s_n_http_request_fsm__n_invoke_update_method_offset;
        }
        default: {
          goto s_n_http_request_fsm__n_error_8;
        }
      }
      UNREACHABLE;
    }
    case s_n_http_request_fsm__n_message_begin:
    s_n_http_request_fsm__n_message_begin: {
      if (p == endp) {
        return s_n_http_request_fsm__n_message_begin;
      }
      switch (*p) {
        case 10: {
          goto s_n_http_request_fsm__n_error;
        }
        case 13: {
          p++;
          goto s_n_http_request_fsm__n_leading_line_feed;
        }
        default: {
          goto s_n_http_request_fsm__n_method_begin;
        }
      }
      UNREACHABLE;
    }
    default:
      UNREACHABLE;
  }
  s_n_http_request_fsm__n_error: {
    state->error = 0x1;
    state->reason = "line feed without carriage return";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_1: {
    state->error = 0x3;
    state->reason = "method is not a token";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_28: {
    state->error = 0x4;
    state->reason = "malformed request target";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_mul_add_port_2: {
    switch (http_request_fsm__c_mul_add_port(state, p, endp, match)) {
      case 1:
        goto s_n_http_request_fsm__n_error_28;
      default:
        goto s_n_http_request_fsm__n_target_authority_port;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_2: {
    state->error = 0x8;
    state->reason = "malformed protocol version";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_27: {
    state->error = 0xa;
    state->reason = "request line too long";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_3: {
    state->error = 0x9;
    state->reason = "only HTTP/1.0 and HTTP/1.1 are spoken here";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_4: {
    state->error = 0xe;
    state->reason = "line folding is obsolete";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_14: {
    state->error = 0x1e;
    state->reason = "chunk size does not fit 64 bits";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_6: {
    state->error = 0x1f;
    state->reason = "malformed chunk extension";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_pause_3: {
    state->error = 0x103;
    state->reason = "message complete";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_n_http_request_fsm__n_invoke_update_length;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_8: {
    state->error = 0x2;
    state->reason = "carriage return without line feed";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_9: {
    state->error = 0xb;
    state->reason = "field without a name";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_10: {
    state->error = 0xd;
    state->reason = "white space between field name and colon";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_11: {
    state->error = 0xf;
    state->reason = "control character in a field value";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_12: {
    state->error = 0xc;
    state->reason = "field name is not a token";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_pause_2: {
    state->error = 0x102;
    state->reason = "last chunk";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_n_http_request_fsm__n_trailer_line;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_7: {
    state->error = 0x21;
    state->reason = "chunk not followed by a line end";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_pause_1: {
    state->error = 0x101;
    state->reason = "chunk begins";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_n_http_request_fsm__n_chunk_data_end;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_is_equal_length: {
    switch (http_request_fsm__c_is_equal_length(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_pause_2;
      default:
        goto s_n_http_request_fsm__n_pause_1;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_13: {
    state->error = 0x1d;
    state->reason = "chunk size is not hexadecimal";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_mul_add_length: {
    switch (http_request_fsm__c_mul_add_length(state, p, endp, match)) {
      case 1:
        goto s_n_http_request_fsm__n_error_14;
      default:
        goto s_n_http_request_fsm__n_chunk_size;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_pause: {
    state->error = 0x100;
    state->reason = "head complete";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_n_http_request_fsm__n_invoke_update_length;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_5: {
    state->error = 0x12;
    state->reason = "HTTP/1.1 request without Host";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_test_flags: {
    switch (http_request_fsm__c_test_flags(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_pause;
      default:
        goto s_n_http_request_fsm__n_error_5;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_is_equal_minor: {
    switch (http_request_fsm__c_is_equal_minor(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_pause;
      default:
        goto s_n_http_request_fsm__n_invoke_test_flags;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_25: {
    state->error = 0x10;
    state->reason = "too many header fields";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_16: {
    state->error = 0x13;
    state->reason = "more than one Host";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_15: {
    state->error = 0x14;
    state->reason = "malformed Host";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_mul_add_port: {
    switch (http_request_fsm__c_mul_add_port(state, p, endp, match)) {
      case 1:
        goto s_n_http_request_fsm__n_error_15;
      default:
        goto s_n_http_request_fsm__n_host_port;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end: {
    switch (http_request_fsm_on_value_end(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_field_line_end;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_port: {
    switch (http_request_fsm__c_update_port(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_host_port_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_end: {
    switch (http_request_fsm_on_ipv6_end(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_15;
      default:
        goto s_n_http_request_fsm__n_host_literal_end;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_begin: {
    switch (http_request_fsm_on_ipv6_begin(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_host_ipv6;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags: {
    switch (http_request_fsm__c_or_flags(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_host_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_test_flags_1: {
    switch (http_request_fsm__c_test_flags(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_16;
      default:
        goto s_n_http_request_fsm__n_invoke_or_flags;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_1: {
    switch (http_request_fsm__c_or_flags_1(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_connection_separator;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_2: {
    switch (http_request_fsm__c_or_flags_2(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_connection_separator;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_3: {
    switch (http_request_fsm__c_or_flags_3(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_connection_separator;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_20: {
    state->error = 0x17;
    state->reason = "more than one Content-Length";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_19: {
    state->error = 0x18;
    state->reason = "Content-Length beside Transfer-Encoding";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_18: {
    state->error = 0x16;
    state->reason = "Content-Length does not fit 64 bits";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_17: {
    state->error = 0x15;
    state->reason = "Content-Length is not one number";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_mul_add_length_1: {
    switch (http_request_fsm__c_mul_add_length_1(state, p, endp, match)) {
      case 1:
        goto s_n_http_request_fsm__n_error_18;
      default:
        goto s_n_http_request_fsm__n_content_length;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_4: {
    switch (http_request_fsm__c_or_flags_4(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_content_length_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_test_flags_3: {
    switch (http_request_fsm__c_test_flags_3(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_19;
      default:
        goto s_n_http_request_fsm__n_invoke_or_flags_4;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_test_flags_2: {
    switch (http_request_fsm__c_test_flags_2(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_20;
      default:
        goto s_n_http_request_fsm__n_invoke_test_flags_3;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_24: {
    state->error = 0x1c;
    state->reason = "Transfer-Encoding in HTTP/1.0";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_23: {
    state->error = 0x1a;
    state->reason = "more than one Transfer-Encoding";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_21: {
    state->error = 0x1b;
    state->reason = "only the chunked coding is understood";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_22: {
    state->error = 0x19;
    state->reason = "malformed Transfer-Encoding";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_5: {
    switch (http_request_fsm__c_or_flags_5(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_transfer_encoding;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_test_flags_5: {
    switch (http_request_fsm__c_test_flags_2(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_19;
      default:
        goto s_n_http_request_fsm__n_invoke_or_flags_5;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_test_flags_4: {
    switch (http_request_fsm__c_test_flags_3(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_23;
      default:
        goto s_n_http_request_fsm__n_invoke_test_flags_5;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_is_equal_minor_1: {
    switch (http_request_fsm__c_is_equal_minor(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_24;
      default:
        goto s_n_http_request_fsm__n_invoke_test_flags_4;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_6: {
    switch (http_request_fsm__c_or_flags_6(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_end;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_plain_value: {
    switch (http_request_fsm_on_plain_value(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_consume_leap;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_or_flags_7: {
    switch (http_request_fsm__c_or_flags_7(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_plain_value;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_load_header: {
    switch (http_request_fsm__c_load_header(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_invoke_test_flags_1;
      case 2:
        goto s_n_http_request_fsm__n_connection;
      case 3:
        goto s_n_http_request_fsm__n_invoke_test_flags_2;
      case 4:
        goto s_n_http_request_fsm__n_invoke_is_equal_minor_1;
      case 5:
        goto s_n_http_request_fsm__n_expect;
      case 6:
        goto s_n_http_request_fsm__n_invoke_or_flags_7;
      default:
        goto s_n_http_request_fsm__n_invoke_http_request_fsm_on_plain_value;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_value_begin: {
    switch (http_request_fsm_on_value_begin(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_invoke_load_header;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_name_end: {
    switch (http_request_fsm_on_name_end(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_25;
      default:
        goto s_n_http_request_fsm__n_field_value_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_header: {
    switch (http_request_fsm__c_update_header(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_field_name_rest;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_store_header: {
    switch (http_request_fsm__c_store_header(state, p, endp, match)) {
      default:
        goto s_n_http_request_fsm__n_field_name_known;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_26: {
    state->error = 0x7;
    state->reason = "request target does not fit the method";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_is_equal_method_1: {
    switch (http_request_fsm__c_is_equal_method_1(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_field_line;
      default:
        goto s_n_http_request_fsm__n_error_26;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_is_equal_target_form: {
    switch (http_request_fsm__c_is_equal_target_form(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_invoke_is_equal_method_1;
      default:
        goto s_n_http_request_fsm__n_field_line;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_in_fields: {
    switch (http_request_fsm__c_update_in_fields(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_invoke_is_equal_target_form;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_store_minor: {
    switch (http_request_fsm__c_store_minor(state, p, endp, match)) {
      default:
        goto s_n_http_request_fsm__n_version_stop;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_target_end: {
    switch (http_request_fsm_on_target_end(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_27;
      default:
        goto s_n_http_request_fsm__n_version;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_port_2: {
    switch (http_request_fsm__c_update_port(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_authority_port_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_end_2: {
    switch (http_request_fsm_on_ipv6_end(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_28;
      default:
        goto s_n_http_request_fsm__n_target_authority_literal_end;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_begin_2: {
    switch (http_request_fsm_on_ipv6_begin(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_authority_ipv6;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_target_form_2: {
    switch (http_request_fsm__c_update_target_form_2(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_authority_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_target_form: {
    switch (http_request_fsm__c_update_target_form(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_stop;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_mul_add_port_1: {
    switch (http_request_fsm__c_mul_add_port(state, p, endp, match)) {
      case 1:
        goto s_n_http_request_fsm__n_error_28;
      default:
        goto s_n_http_request_fsm__n_target_host_port;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_port_1: {
    switch (http_request_fsm__c_update_port(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_host_port_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_end_1: {
    switch (http_request_fsm_on_ipv6_end(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_error_28;
      default:
        goto s_n_http_request_fsm__n_target_host_literal_end;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_ipv6_begin_1: {
    switch (http_request_fsm_on_ipv6_begin(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_host_ipv6;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_30: {
    state->error = 0x5;
    state->reason = "only http URLs are served here";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_error_29: {
    state->error = 0x6;
    state->reason = "https is not served without TLS";
    state->error_pos = (const char*) p;
    state->_current = (void*) (intptr_t) s_error;
    return s_error;
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_target_form_1: {
    switch (http_request_fsm__c_update_target_form_1(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_target_scheme;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_is_equal_method: {
    switch (http_request_fsm__c_is_equal_method(state, p, endp)) {
      case 1:
        goto s_n_http_request_fsm__n_invoke_update_target_form_2;
      default:
        goto s_n_http_request_fsm__n_target_begin;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_http_request_fsm_on_target_begin: {
    switch (http_request_fsm_on_target_begin(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_invoke_is_equal_method;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_method: {
    switch (http_request_fsm__c_update_method(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_method_rest;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_store_method: {
    switch (http_request_fsm__c_store_method(state, p, endp, match)) {
      default:
        goto s_n_http_request_fsm__n_method_known;
    }
    UNREACHABLE;
  }
  s_n_http_request_fsm__n_invoke_update_method_offset: {
    switch (http_request_fsm__c_update_method_offset(state, p, endp)) {
      default:
        goto s_n_http_request_fsm__n_method_begin;
    }
    UNREACHABLE;
  }
}

int http_request_fsm_execute(http_request_fsm_t* state, const char* p, const char* endp) {
  llparse_state_t next;

  /* check lingering errors */
  if (state->error != 0) {
    return state->error;
  }

  next = http_request_fsm__run(state, (const unsigned char*) p, (const unsigned char*) endp);
  if (next == s_error) {
    return state->error;
  }
  state->_current = (void*) (intptr_t) next;

  return 0;
}
