#include "hpserver/event/signal_source.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <span>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

Result<sigset_t> to_set(std::span<const int> numbers) {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : numbers) {
    if (::sigaddset(&set, number) == -1) return last_error("sigaddset");
  }
  return set;
}

}  // namespace

Result<void> block_signals(std::initializer_list<int> numbers) {
  const auto set = to_set(numbers);
  if (!set) return set.error();
  const int code = ::pthread_sigmask(SIG_BLOCK, &*set, nullptr);
  if (code != 0) return Error{code, "pthread_sigmask"};
  return {};
}

void unblock_signals(std::initializer_list<int> numbers) noexcept {
  const auto set = to_set(numbers);
  if (set) ::pthread_sigmask(SIG_UNBLOCK, &*set, nullptr);
}

Result<void> disregard_signals(std::initializer_list<int> numbers) {
  for (const int number : numbers) {
    struct sigaction action{};
    if (::sigaction(number, nullptr, &action) == -1) return last_error("sigaction");
    if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) continue;
    action.sa_handler = [](int) {};
    action.sa_flags = SA_RESTART;
    if (::sigaction(number, &action, nullptr) == -1) return last_error("sigaction");
  }
  return {};
}

Result<void> ignore_sigpipe() {
  return disregard_signals({SIGPIPE});
}

Result<SignalSource> SignalSource::create(std::span<const int> numbers) {
  const auto set = to_set(numbers);
  if (!set) return set.error();
  Fd fd{::signalfd(-1, &*set, SFD_NONBLOCK | SFD_CLOEXEC)};
  if (!fd) return last_error("signalfd");
  return SignalSource{std::move(fd)};
}

Result<std::size_t> SignalSource::read_batch(std::span<Signal, kBatch> batch) const {
  std::array<signalfd_siginfo, kBatch> raw;
  const auto size = retry_on_eintr([&] { return ::read(fd(), raw.data(), sizeof raw); });
  if (size == -1) {
    if (errno == EAGAIN) return std::size_t{0};
    return last_error("read");
  }
  const auto count = static_cast<std::size_t>(size) / sizeof raw[0];
  for (std::size_t index = 0; index < count; ++index) {
    const auto& from = raw[index];
    batch[index] = {static_cast<int>(from.ssi_signo), static_cast<pid_t>(from.ssi_pid),
                    from.ssi_int};
  }
  return count;
}

}  // namespace hpserver
