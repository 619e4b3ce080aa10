#include "hpserver/concurrency/drain_guard.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>
#include <utility>

#include "hpserver/event/foreign_call.h"
#include "hpserver/os/shortage.h"
#include "hpserver/os/thread.h"

namespace hpserver {

namespace {

using std::chrono::milliseconds;

// The exit status, the same as after a failure while serving.
constexpr int kCutOff = 1;
// If the last line of the log takes longer, we do without it.
constexpr unsigned kLastLineSeconds = 1;

// The default action of SIGALRM kills the process, whatever its threads are stuck in.
void end_soon() {
  ::signal(SIGALRM, SIG_DFL);
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGALRM);
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  ::alarm(kLastLineSeconds);
}

}  // namespace

Result<std::unique_ptr<DrainGuard>> DrainGuard::create(
    SignalSource source, Options options, std::function<void(const Signal&)> on_signal) {
  auto over = Waker::create();
  if (!over) return over.error();
  std::unique_ptr<DrainGuard> guard(new DrainGuard(std::move(source), std::move(*over),
                                                   std::move(options), std::move(on_signal)));
  auto thread = start_thread("signals", [&self = *guard] { self.run(); });
  if (!thread) return thread.error();
  guard->thread_ = std::move(*thread);
  return guard;
}

DrainGuard::DrainGuard(SignalSource source, Waker over, Options options,
                       std::function<void(const Signal&)> on_signal)
    : source_(std::move(source)),
      over_(std::move(over)),
      options_(std::move(options)),
      on_signal_(std::move(on_signal)) {}

DrainGuard::~DrainGuard() {
  over_.wake();
  if (thread_.joinable()) thread_.join();
}

void DrainGuard::run() {
  std::array<pollfd, 2> watched{pollfd{.fd = source_.fd(), .events = POLLIN, .revents = 0},
                                pollfd{.fd = over_.fd(), .events = POLLIN, .revents = 0}};
  while (true) {
    const milliseconds timeout{timeout_ms()};
    if (::poll(watched.data(), watched.size(), static_cast<int>(timeout.count())) == -1) {
      sit_out_shortage(timeout);
      continue;
    }
    if (watched[1].revents != 0) return;
    if (end_ && Clock::now() >= *end_) cut_off();
    // Reading a signalfd fails only if it is empty, so there is nothing to report.
    static_cast<void>(source_.drain([this](const Signal& signal) { hear(signal); }));
  }
}

void DrainGuard::hear(const Signal& signal) {
  if (is_end(signal.number)) {
    at_once_ = end_.has_value();
    const Deadline end =
        Clock::now() + kGrace + (at_once_ ? milliseconds{0} : options_.drain_timeout);
    end_ = std::min(end, end_.value_or(end));
  }
  on_signal_(signal);
}

int DrainGuard::timeout_ms() const {
  if (!end_) return -1;
  const auto left = std::chrono::ceil<milliseconds>(*end_ - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX));
}

// Skips destructors and exit handlers: they would wait for the threads that don't return.
void DrainGuard::cut_off() const {
  end_soon();
  static_cast<void>(call_foreign(
      [this] {
        if (!options_.on_notice) return;
        const std::size_t count = options_.open_count();
        options_.on_notice(
            (at_once_ ? "told to stop at once: " : "the drain's deadline has passed: ") +
            std::to_string(count) +
            (count == 1 ? " connection is cut off because its handler has not returned"
                        : " connections are cut off because their handlers have not returned"));
      },
      [](const char*) {}));
  ::alarm(0);
  ::_exit(kCutOff);
}

bool is_end(int signal_number) noexcept {
  return signal_number == SIGTERM || signal_number == SIGINT;
}

DrainGuard::Options guard_of(const ServerOptions& options, const ConnectionBudget& budget) {
  return {.drain_timeout = options.drain_delay + options.drain_timeout,
          .open_count = [&budget] { return budget.open_count(); },
          .on_notice = options.on_notice};
}

}  // namespace hpserver
