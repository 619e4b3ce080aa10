#include "hpserver/base/trace.h"

#ifdef HPSERVER_TRACE

#include <unistd.h>

#include <cstddef>
#include <cstdio>

namespace hpserver {

namespace {

thread_local const char* role = "main";

const char* name_of(TraceStep step) noexcept {
  switch (step) {
    case TraceStep::wait:
      return "wait";
    case TraceStep::accept:
      return "accept";
    case TraceStep::hand_over:
      return "hand-over";
    case TraceStep::queue:
      return "queue";
    case TraceStep::read:
      return "read";
    case TraceStep::process:
      return "process";
    case TraceStep::write:
      return "write";
    case TraceStep::promote:
      return "promote";
    case TraceStep::rearm:
      return "re-arm";
  }
  return "?";
}

}  // namespace

void trace(TraceStep step, int fd, TraceBy by) noexcept {
  char line[160];
  const int length =
      std::snprintf(line, sizeof line, "trace step=%s pid=%d tid=%d by=%s fd=%d\n", name_of(step),
                    static_cast<int>(::getpid()), static_cast<int>(::gettid()),
                    by == TraceBy::kernel ? "kernel" : role, fd);
  // If standard error can't be written, there is nowhere else to report that.
  if (length > 0 && ::write(STDERR_FILENO, line, static_cast<std::size_t>(length)) < 0) return;
}

void trace_as(const char* name) noexcept {
  role = name;
}

}  // namespace hpserver

#endif
