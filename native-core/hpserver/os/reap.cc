#include "hpserver/os/reap.h"

#include <sys/wait.h>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

ChildExit to_exit(pid_t pid, int status) noexcept {
  if (WIFSIGNALED(status)) return {pid, WTERMSIG(status), true};
  return {pid, WEXITSTATUS(status), false};
}

}  // namespace

Result<std::optional<ChildExit>> reap_one() {
  return reap_child(-1);
}

Result<std::optional<ChildExit>> reap_child(pid_t child) {
  int status = 0;
  const pid_t pid = retry_on_eintr([&] { return ::waitpid(child, &status, WNOHANG); });
  if (pid == -1) return last_error("waitpid");
  if (pid == 0) return std::optional<ChildExit>{};
  return std::optional{to_exit(pid, status)};
}

Result<ChildExit> await_exit(pid_t child) {
  int status = 0;
  const pid_t pid = retry_on_eintr([&] { return ::waitpid(child, &status, 0); });
  if (pid == -1) return last_error("waitpid");
  return to_exit(pid, status);
}

}  // namespace hpserver
