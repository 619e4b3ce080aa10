#include "hpserver/completion/real_time_signal.h"

#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <thread>
#include <utility>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

// Signals taken by one read; further signals keep the descriptor readable.
constexpr std::size_t kSignalsPerRead = 64;

// The first two are left to SigioPoller, and to code that takes one without asking.
constexpr int kReserved = 2;
constexpr std::size_t kMaxNumbers = 64;

// Numbers and dispositions belong to the process, so this table does too.
struct Claim {
  std::atomic<bool> taken{false};
  std::atomic<int> stray_end{-1};  // where the handler writes to
};
std::array<Claim, kMaxNumbers> claims;
std::atomic<int> running_handlers{0};

Claim& claim_of(int number) noexcept {
  return claims[static_cast<std::size_t>(number - SIGRTMIN)];
}

// Runs on a thread that doesn't block the signal: only what signal-safety(7) allows. If the pipe is
// full, the value is lost, just as if the signal queue were full.
void forward_stray(int number, siginfo_t* signal, void*) {
  const int saved_errno = errno;
  running_handlers.fetch_add(1);
  const int end = claim_of(number).stray_end.load();
  const auto value = reinterpret_cast<std::uintptr_t>(signal->si_value.sival_ptr);
  [[maybe_unused]] const auto written = ::write(end, &value, sizeof value);
  running_handlers.fetch_sub(1);
  errno = saved_errno;
}

// The first free number: neither claimed here nor handled by foreign code.
int take_number() noexcept {
  const int last = std::min(SIGRTMAX, SIGRTMIN + static_cast<int>(kMaxNumbers) - 1);
  for (int number = SIGRTMIN + kReserved; number <= last; ++number) {
    if (claim_of(number).taken.exchange(true)) continue;
    struct sigaction present{};
    const bool known = ::sigaction(number, nullptr, &present) == 0;
    if (known && (present.sa_handler == SIG_DFL || present.sa_handler == SIG_IGN)) return number;
    claim_of(number).taken.store(false);
  }
  return -1;
}

Result<void> install(int number) {
  struct sigaction action{};
  action.sa_sigaction = forward_stray;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  ::sigfillset(&action.sa_mask);
  if (::sigaction(number, &action, nullptr) == -1) return last_error("sigaction");
  return {};
}

// Ignoring a signal discards all pending instances.
void uninstall(int number) noexcept {
  ::signal(number, SIG_IGN);
  claim_of(number).stray_end.store(-1);
  // A handler that has loaded the pipe's end may still write to it, so close it only after this
  // loop.
  while (running_handlers.load() != 0) std::this_thread::yield();
}

Result<Fd> block_and_open(int number) {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, number);
  const int code = ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  if (code != 0) return Error{code, "pthread_sigmask"};
  Fd fd{::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)};
  if (!fd) return last_error("signalfd");
  return fd;
}

// Returns how many bytes came; 0 if there are none.
Result<std::size_t> read_pending(int fd, void* room, std::size_t size) {
  const auto got = retry_on_eintr([&] { return ::read(fd, room, size); });
  if (got == -1) {
    if (errno == EAGAIN) return std::size_t{0};
    return last_error("read");
  }
  return static_cast<std::size_t>(got);
}

}  // namespace

Result<std::unique_ptr<RealTimeSignal>> RealTimeSignal::claim() {
  auto strays = create_pipe();
  if (!strays) return strays.error();
  const int number = take_number();
  if (number == -1) return Error{EAGAIN, "sigaction (every real-time signal has an owner)"};
  claim_of(number).stray_end.store(strays->write_end.get());
  std::unique_ptr<RealTimeSignal> signal(new RealTimeSignal(number, std::move(*strays)));
  if (const auto installed = install(number); !installed) return installed.error();
  auto signal_fd = block_and_open(number);
  if (!signal_fd) return signal_fd.error();
  signal->signal_fd_ = std::move(*signal_fd);
  return signal;
}

RealTimeSignal::~RealTimeSignal() {
  uninstall(number_);
  if (!retired_) claim_of(number_).taken.store(false);
}

Result<std::size_t> RealTimeSignal::take(std::span<std::uint64_t> values) const {
  std::array<signalfd_siginfo, kSignalsPerRead> signals;
  const std::size_t wanted = std::min(values.size(), signals.size());
  const auto size = read_pending(fd(), signals.data(), wanted * sizeof signals[0]);
  if (!size) return size;
  const std::size_t count = *size / sizeof signals[0];
  for (std::size_t index = 0; index < count; ++index) values[index] = signals[index].ssi_ptr;
  if (count == wanted) return count;
  // Each value was written whole, so each is read whole: pipe(7), PIPE_BUF.
  const auto strays = read_pending(stray_fd(), &values[count], (wanted - count) * sizeof values[0]);
  if (!strays) return strays;
  return count + *strays / sizeof values[0];
}

}  // namespace hpserver
