// Generated from native-core/fsm/framing/length-prefix-grammar.ts.
// Do not edit: change the source and regenerate this file.
#ifndef INCLUDE_LENGTH_PREFIX_FSM_H_
#define INCLUDE_LENGTH_PREFIX_FSM_H_
#ifdef __cplusplus
extern "C" {
#endif

#include <stdint.h>

typedef struct length_prefix_fsm_s length_prefix_fsm_t;
struct length_prefix_fsm_s {
  int32_t _index;
  void* _span_pos0;
  void* _span_cb0;
  int32_t error;
  const char* reason;
  const char* error_pos;
  void* data;
  void* _current;
  uint32_t left;
};

int length_prefix_fsm_init(length_prefix_fsm_t* s);
int length_prefix_fsm_execute(length_prefix_fsm_t* s, const char* p, const char* endp);

#ifdef __cplusplus
}  /* extern "C" */
#endif
#endif  /* INCLUDE_LENGTH_PREFIX_FSM_H_ */
