#include "hpserver/concurrency/process/worker_notice.h"

#include <cstring>

namespace hpserver {

std::string describe(const ChildExit& exit) {
  std::string text = " (pid " + std::to_string(exit.pid) + ")";
  if (exit.killed) {
    const char* const name = ::strsignal(exit.status);
    return text + " was killed by signal " + std::to_string(exit.status) + " (" + name + ")";
  }
  return text + " exited with status " + std::to_string(exit.status);
}

std::string describe(const WorkerNotice& notice) {
  std::string text = "worker " + std::to_string(notice.index);
  text += notice.exit ? describe(*notice.exit) : " could not be started";
  if (notice.failure) text += ": " + notice.failure->message();
  if (!notice.restart_in) return text;
  if (notice.restart_in->count() == 0) return text + "; restarting at once";
  return text + "; restarting in " + std::to_string(notice.restart_in->count()) + " ms";
}

}  // namespace hpserver
