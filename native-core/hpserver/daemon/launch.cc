#include "hpserver/daemon/launch.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

constexpr char kReady = 'r';

}  // namespace

Result<void> leave_session() {
  if (::setsid() == -1) return last_error("setsid");
  const pid_t child = ::fork();
  if (child == -1) return last_error("fork");
  // The parent skips all destructors and buffers: they belong to the child now.
  if (child > 0) ::_exit(EXIT_SUCCESS);
  if (::setpgid(0, 0) == -1) return last_error("setpgid");
  return {};
}

Result<Launch> Launch::detach() {
  auto pipe = create_pipe({.nonblocking = false});
  if (!pipe) return pipe.error();
  const pid_t child = ::fork();
  if (child == -1) return last_error("fork");
  if (child > 0) {
    pipe->write_end.reset();
    retry_on_eintr([child] { return ::waitpid(child, nullptr, 0); });
    ::_exit(await_launch(pipe->read_end));
  }
  pipe->read_end.reset();
  const auto left = leave_session();
  if (!left) return left.error();
  return create(std::move(pipe->write_end));
}

Result<Launch> Launch::create(Fd ready_fd) {
  Fd null{retry_on_eintr([] { return ::open("/dev/null", O_RDWR | O_CLOEXEC); })};
  if (!null) return last_error("open");
  return Launch(std::move(ready_fd), std::move(null));
}

Result<Launch> Launch::resume(int ready_fd) {
  Fd owned{ready_fd};
  const auto closes = set_close_on_exec(owned.get(), true);
  if (!closes) return closes.error();
  return create(std::move(owned));
}

Result<void> Launch::give_up_streams() const {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::dup2(null_.get(), stream) == -1) return last_error("dup2");
  }
  return {};
}

void Launch::ready() const {
  static_cast<void>(
      retry_on_eintr([this] { return ::write(ready_fd_.get(), &kReady, sizeof kReady); }));
}

int await_launch(const Fd& read_end) {
  char word = 0;
  const auto got = retry_on_eintr([&] { return ::read(read_end.get(), &word, sizeof word); });
  return got == 1 && word == kReady ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace hpserver
