#include "hpserver/os/spawn.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

#include "hpserver/os/blocked_signals.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

// Another thread may hold malloc's lock during the fork; in the child it would stay locked forever.
// So everything the child needs is prepared before the fork.
struct Layout {
  const char* path;
  const char* directory;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  std::array<int, 3> standard;
  const std::vector<int>& kept;
  int report_fd;
};

std::vector<char*> to_native(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (const auto& string : strings) pointers.push_back(const_cast<char*>(string.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// From here to the end of become(), only calls that signal-safety(7) allows.

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// First moves every source above 2, since its number may be the target of another, and then down to
// its own target. dup2 clears FD_CLOEXEC.
bool place_standard_descriptors(std::array<int, 3> sources) {
  for (int& source : sources) {
    if (source == -1) continue;
    source = ::fcntl(source, F_DUPFD_CLOEXEC, 3);
    if (source == -1) return false;
  }
  for (int target = 0; target < 3; ++target) {
    const int source = sources[static_cast<std::size_t>(target)];
    if (source != -1 && ::dup2(source, target) == -1) return false;
  }
  return true;
}

[[noreturn]] void become(const Layout& layout) {
  reset_signals();
  if (place_standard_descriptors(layout.standard) &&
      (*layout.directory == '\0' || ::chdir(layout.directory) == 0)) {
    // For descriptors that a foreign library left open. Before Linux 5.11, the call fails.
    ::close_range(3, UINT_MAX, CLOSE_RANGE_CLOEXEC);
    for (const int fd : layout.kept) ::fcntl(fd, F_SETFD, 0);
    ::execve(layout.path, layout.arguments.data(), layout.environment.data());
  }
  const int code = errno;
  static_cast<void>(!::write(layout.report_fd, &code, sizeof code));
  ::_exit(127);
}

// The pipe's other end is closed by a successful exec.
Result<pid_t> await_exec(pid_t child, int report_fd) {
  int code = 0;
  const auto got = retry_on_eintr([&] { return ::read(report_fd, &code, sizeof code); });
  if (got == 0) return child;
  const Error error{got == -1 ? errno : code, "execve"};
  retry_on_eintr([&] { return ::waitpid(child, nullptr, 0); });
  return error;
}

}  // namespace

Result<pid_t> spawn(const Program& program) {
  auto report = create_pipe({.nonblocking = false});
  if (!report) return report.error();
  // Above 2, so no standard descriptor replaces it.
  const int report_fd = ::fcntl(report->write_end.get(), F_DUPFD_CLOEXEC, 3);
  if (report_fd == -1) return last_error("fcntl");
  report->write_end.reset(report_fd);
  const Layout layout{
      program.path.c_str(),
      program.directory.c_str(),
      to_native(program.arguments),
      to_native(program.environment),
      {program.standard_input, program.standard_output, program.standard_error},
      program.kept,
      report_fd,
  };
  pid_t child = -1;
  {
    // None of our handlers may run in the child before it has reset all signal dispositions.
    const BlockedSignals blocked;
    child = ::fork();
    if (child == 0) become(layout);
  }
  if (child == -1) return last_error("fork");
  report->write_end.reset();
  return await_exec(child, report->read_end.get());
}

}  // namespace hpserver
