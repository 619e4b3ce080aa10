// Generated from native-core/fsm/http/request-grammar.ts.
// Do not edit: change the source and regenerate this file.
#ifndef INCLUDE_HTTP_REQUEST_FSM_H_
#define INCLUDE_HTTP_REQUEST_FSM_H_
#ifdef __cplusplus
extern "C" {
#endif

#include <stdint.h>

typedef struct http_request_fsm_s http_request_fsm_t;
struct http_request_fsm_s {
  int32_t _index;
  int32_t error;
  const char* reason;
  const char* error_pos;
  void* data;
  void* _current;
  uint64_t length;
  uint32_t leap;
  uint16_t port;
  uint8_t flags;
  uint8_t method;
  uint8_t method_offset;
  uint8_t target_form;
  uint8_t minor;
  uint8_t header;
  uint8_t in_fields;
};

int http_request_fsm_init(http_request_fsm_t* s);
int http_request_fsm_execute(http_request_fsm_t* s, const char* p, const char* endp);

#ifdef __cplusplus
}  /* extern "C" */
#endif
#endif  /* INCLUDE_HTTP_REQUEST_FSM_H_ */
