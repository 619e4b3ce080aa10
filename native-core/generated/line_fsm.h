// Generated from native-core/fsm/framing/line-grammar.ts.
// Do not edit: change the source and regenerate this file.
#ifndef INCLUDE_LINE_FSM_H_
#define INCLUDE_LINE_FSM_H_
#ifdef __cplusplus
extern "C" {
#endif

#include <stdint.h>

typedef struct line_fsm_s line_fsm_t;
struct line_fsm_s {
  int32_t _index;
  void* _span_pos0;
  int32_t error;
  const char* reason;
  const char* error_pos;
  void* data;
  void* _current;
};

int line_fsm_init(line_fsm_t* s);
int line_fsm_execute(line_fsm_t* s, const char* p, const char* endp);

#ifdef __cplusplus
}  /* extern "C" */
#endif
#endif  /* INCLUDE_LINE_FSM_H_ */
