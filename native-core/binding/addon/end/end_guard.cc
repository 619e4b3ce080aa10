#include "addon/end/end_guard.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "hpserver/os/shortage.h"
#include "hpserver/os/thread.h"

namespace hpserver::binding {

namespace {

using Clock = std::chrono::steady_clock;

// How long JavaScript has after the deadline to end properly, if it responds at all.
constexpr std::chrono::milliseconds kLastMoment{1000};
constexpr std::array kSignals{SIGTERM, SIGINT};
constexpr int kCutOff = 1;

// Signal handlers use it, so it is never destroyed.
std::atomic<EndGuard*> guard{nullptr};
// libuv's handlers. See: sigaction(2).
std::array<struct sigaction, kSignals.size()> former_actions;

void pass_on(int number) {
  for (std::size_t index = 0; index < kSignals.size(); ++index) {
    const auto handler = former_actions[index].sa_handler;
    if (kSignals[index] == number && handler != SIG_DFL && handler != SIG_IGN) handler(number);
  }
}

}  // namespace

Result<void> EndGuard::start(Options options) {
  if (guard.load() != nullptr) return Error{EALREADY, "guardEnd"};
  auto wake = EventFd::create();
  if (!wake) return wake.error();
  auto* const self = new EndGuard(std::move(options), std::move(*wake));
  guard.store(self);
  // Kernels before 5.3, and some sandboxes, don't have it: then only JavaScript notices the
  // parent's end.
  if (self->options_.parent > 0) {
    self->parent_ = Fd(static_cast<int>(::syscall(SYS_pidfd_open, self->options_.parent, 0)));
  }
  return self->listen();
}

Result<void> EndGuard::listen() {
  auto thread = start_thread("end-guard", [this] { run(); });
  if (!thread) return thread.error();
  thread->detach();
  for (std::size_t index = 0; index < kSignals.size(); ++index) {
    struct sigaction action{};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    if (::sigaction(kSignals[index], &action, &former_actions[index]) != 0) {
      return last_error("sigaction");
    }
  }
  return {};
}

void EndGuard::on_heard() {
  EndGuard* const self = guard.load();
  if (self == nullptr) return;
  self->heard_.store(true);
  static_cast<void>(self->wake_.add());
}

void EndGuard::on_signal(int number) {
  const int saved = errno;
  EndGuard& self = *guard.load();
  if (self.signal_count_.fetch_add(1) > 0 && self.options_.parent == 0) {
    // Delivered as soon as this handler returns.
    ::signal(number, SIG_DFL);
    ::raise(number);
    return;
  }
  static_cast<void>(self.wake_.add());
  errno = saved;
  pass_on(number);
}

void EndGuard::run() {
  auto deadline = Clock::time_point::max();
  std::array<pollfd, 2> awaited{pollfd{wake_.fd(), POLLIN, 0}, pollfd{parent_.get(), POLLIN, 0}};
  for (;;) {
    int timeout_ms = -1;
    if (deadline != Clock::time_point::max()) {
      const auto end = deadline + (heard_.load() ? kLastMoment : std::chrono::milliseconds{0});
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
      if (left.count() <= 0) cut_off();
      timeout_ms = static_cast<int>(left.count());
    }
    const int count = ::poll(awaited.data(), awaited.size(), timeout_ms);
    if (count < 0) sit_out_shortage(std::chrono::milliseconds{timeout_ms});
    if (count <= 0) continue;
    const bool begins = deadline == Clock::time_point::max();
    if (awaited[0].revents != 0) static_cast<void>(wake_.take());
    if (begins) deadline = Clock::now() + options_.drain_timeout;
    if (awaited[1].revents == 0) continue;
    awaited[1].fd = -1;
    // If the parent exits while we are draining, the process must end at once.
    if (!begins) deadline = std::min(deadline, Clock::now());
  }
}

void EndGuard::cut_off() const {
  say_last_words();
  // Runs what must happen (at_quick_exit) without waiting for JavaScript.
  std::quick_exit(kCutOff);
}

// A log that is full, or has no reader, must not delay the end.
void EndGuard::say_last_words() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(now);
  const std::string line =
      options_.before_time + std::to_string(time.count()) + options_.after_time;
  Fd opened;
  if (!options_.log.empty()) {
    opened = Fd(::open(options_.log.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC));
  }
  const int fd = options_.log.empty() ? STDERR_FILENO : opened.get();
  pollfd writable{fd, POLLOUT, 0};
  if (::poll(&writable, 1, 0) <= 0 || (writable.revents & POLLOUT) == 0) return;
  if (::write(fd, line.data(), line.size()) < 0) return;
}

}  // namespace hpserver::binding
