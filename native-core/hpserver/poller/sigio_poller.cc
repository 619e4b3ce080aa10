#include "hpserver/poller/sigio_poller.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <limits>
#include <utility>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/syscall.h"
#include "hpserver/poller/poll_bits.h"
#include "hpserver/poller/time_left.h"

namespace hpserver {
namespace {

// A slot that the reactor never uses, since it can't have so many handlers.
constexpr Token kSigios{std::numeric_limits<std::uint32_t>::max(), 0};
constexpr Token kDoorbell{std::numeric_limits<std::uint32_t>::max(), 1};

// Signals taken by one read, and reads per wait; further signals keep the signalfd readable.
constexpr std::size_t kSigiosPerRead = 64;
constexpr int kMaxReads = 64;

// One signal number is enough for all pollers: each has its own thread, and the signals are sent to
// threads. It is a real-time signal, since no others queue and carry the descriptor.
int io_signal() noexcept {
  return SIGRTMIN + 1;
}

sigset_t own_signals() noexcept {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, io_signal());
  ::sigaddset(&set, SIGIO);
  return set;
}

Result<void> block_own_signals() {
  const sigset_t set = own_signals();
  const int code = ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  if (code != 0) return Error{code, "pthread_sigmask"};
  return {};
}

// The kernel accepts O_ASYNC for any file, but most files ignore it.
Result<bool> can_send_signals(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) == -1) return last_error("fstat");
  const auto mode = status.st_mode;
  return S_ISSOCK(mode) || S_ISFIFO(mode) || (S_ISCHR(mode) && ::isatty(fd) == 1);
}

}  // namespace

Result<SigioPoller> SigioPoller::create() {
  if (const auto blocked = block_own_signals(); !blocked) return blocked.error();
  auto inner = EpollPoller::create();
  if (!inner) return inner.error();
  auto doorbell = EventFd::create();
  if (!doorbell) return doorbell.error();
  const sigset_t set = own_signals();
  Fd signal_fd{::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)};
  if (!signal_fd) return last_error("signalfd");
  constexpr Interest kReading{.readable = true};
  for (const auto& added : {inner->add(signal_fd.get(), kSigios, kReading, Trigger::level),
                            inner->add(doorbell->fd(), kDoorbell, kReading, Trigger::edge)}) {
    if (!added) return added.error();
  }
  return SigioPoller{std::move(*inner), std::move(signal_fd), std::move(*doorbell)};
}

SigioPoller::SigioPoller(EpollPoller inner, Fd signal_fd, EventFd doorbell)
    : inner_(std::move(inner)),
      signal_fd_(std::move(signal_fd)),
      doorbell_(std::move(doorbell)),
      mutex_(std::make_unique<std::mutex>()) {}

std::uint64_t SigioPoller::overflow_count() const {
  const std::lock_guard lock(*mutex_);
  return overflow_count_;
}

Result<void> SigioPoller::add(int fd, Token token, Interest interest, Trigger trigger) {
  const auto sends_signals = can_send_signals(fd);
  if (!sends_signals) return sends_signals.error();
  const std::lock_guard lock(*mutex_);
  if (entries_.find(fd) != nullptr) return Error{EEXIST, "fcntl"};
  if (!*sends_signals) {
    if (const auto added = inner_.add(fd, token, interest, trigger); !added) return added;
    entries_.insert(fd, {});
    return {};
  }
  Entry& entry = entries_.insert(
      fd, {.token = token, .interest = interest, .trigger = trigger, .sends_signals = true});
  if (thread_id_ != 0) {
    const auto armed = arm(fd);
    if (!armed) {
      entries_.erase(fd);
      return armed.error();
    }
    if (!*armed) return watch_beside(fd, entry);
  }
  look_at(fd, entry);
  ring_if_needed();
  return {};
}

Result<void> SigioPoller::modify(int fd, Token token, Interest interest, Trigger trigger) {
  const std::lock_guard lock(*mutex_);
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr) return Error{ENOENT, "fcntl"};
  if (!entry->sends_signals) return inner_.modify(fd, token, interest, trigger);
  entry->token = token;
  entry->interest = interest;
  entry->trigger = trigger;
  entry->silent = false;
  look_at(fd, *entry);
  ring_if_needed();
  return {};
}

Result<void> SigioPoller::remove(int fd) {
  const std::lock_guard lock(*mutex_);
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr) return Error{ENOENT, "fcntl"};
  const bool sends_signals = entry->sends_signals;
  entries_.erase(fd);
  if (!sends_signals) return inner_.remove(fd);
  return set_signal_driven(fd, false);
}

Result<std::size_t> SigioPoller::wait(std::span<Event> events, std::chrono::milliseconds timeout) {
  assert(!events.empty());
  const TimeLeft left(timeout);
  std::unique_lock lock(*mutex_);
  if (thread_id_ == 0) {
    if (const auto taken = take_thread(); !taken) return taken.error();
  }
  assert(thread_ == std::this_thread::get_id());
  while (true) {
    const bool looking = !to_look_at_.empty();
    lock.unlock();
    const int timeout_ms = left.in_milliseconds();
    const auto room = events.first(std::min(events.size(), kMaxInnerBatch));
    const auto inner = inner_.wait(room, std::chrono::milliseconds{looking ? 0 : timeout_ms});
    if (!inner) return inner;

    lock.lock();
    const auto own = take_own(events.first(*inner));
    if (!own) return own;
    const auto looked = look(events.subspan(*own));
    if (!looked) return looked;
    ring_if_needed();
    const std::size_t filled = *own + *looked;
    const bool over = timeout_ms == 0 || (*inner == 0 && !looking);
    if (filled > 0 || over) return filled;
  }
}

// The calling thread gets the signals from now on. Arms the descriptors that were added before.
Result<void> SigioPoller::take_thread() {
  if (const auto blocked = block_own_signals(); !blocked) return blocked;
  thread_ = std::this_thread::get_id();
  thread_id_ = ::gettid();
  Result<void> result;
  entries_.for_each([&](int fd, Entry& entry) {
    if (!entry.sends_signals || !result) return;
    const auto armed = arm(fd);
    if (!armed) {
      result = armed.error();
    } else if (!*armed) {
      result = watch_beside(fd, entry);
    }
  });
  return result;
}

// Returns false if another thread, which has a duplicate of the descriptor, gets its signals. The
// owner belongs to the open file, so there can be only one.
Result<bool> SigioPoller::arm(int fd) const {
  static std::mutex claiming;
  const std::lock_guard lock(claiming);
  const auto owner = signal_owner(fd);
  if (!owner) return owner.error();
  if (*owner != 0 && *owner != thread_id_) return false;
  if (const auto owned = set_signal_owner(fd, thread_id_); !owned) return owned.error();
  if (const auto chosen = set_io_signal(fd, io_signal()); !chosen) return chosen.error();
  if (const auto driven = set_signal_driven(fd, true); !driven) return driven.error();
  return true;
}

// Treats `fd` like a descriptor that can't send signals.
Result<void> SigioPoller::watch_beside(int fd, Entry& entry) {
  entry.sends_signals = false;
  return inner_.add(fd, entry.token, entry.interest, entry.trigger);
}

void SigioPoller::look_at(int fd, Entry& entry) {
  if (!std::exchange(entry.to_look_at, true)) to_look_at_.push_back(fd);
}

void SigioPoller::look_at_all() {
  entries_.for_each([this](int fd, Entry& entry) {
    if (entry.sends_signals && !entry.silent) look_at(fd, entry);
  });
}

// Interrupts a wait, here or in a foreign loop.
void SigioPoller::ring_if_needed() {
  if (to_look_at_.empty() || std::exchange(rung_, true)) return;
  static_cast<void>(doorbell_.add());
}

// Removes this poller's own events; returns how many others remain.
Result<std::size_t> SigioPoller::take_own(std::span<Event> events) {
  std::size_t kept = 0;
  for (const Event& event : events) {
    if (event.token == kDoorbell) {
      rung_ = false;
    } else if (event.token != kSigios) {
      events[kept++] = event;
    } else if (const auto taken = take_signals(); !taken) {
      return taken.error();
    }
  }
  return kept;
}

Result<void> SigioPoller::take_signals() {
  std::array<signalfd_siginfo, kSigiosPerRead> batch;
  for (int read_count = 0; read_count < kMaxReads; ++read_count) {
    const auto size =
        retry_on_eintr([&] { return ::read(signal_fd_.get(), batch.data(), sizeof batch); });
    if (size == -1 && errno == EAGAIN) return {};
    if (size == -1) return last_error("read");
    const auto count = static_cast<std::size_t>(size) / sizeof batch[0];
    for (const signalfd_siginfo& signal : std::span{batch}.first(count)) {
      if (signal.ssi_signo == SIGIO) {
        ++overflow_count_;
        look_at_all();
      } else if (Entry* const entry = entries_.find(signal.ssi_fd);
                 entry != nullptr && entry->sends_signals && !entry->silent) {
        look_at(signal.ssi_fd, *entry);
      }
    }
    if (count < batch.size()) return {};
  }
  return {};
}

Result<std::size_t> SigioPoller::look(std::span<Event> events) {
  std::size_t filled = 0;
  std::size_t taken = 0;
  // Level-triggered descriptors are appended again, for the next wait.
  const std::size_t end = to_look_at_.size();
  while (taken < end && filled < events.size()) {
    const std::size_t count = std::min(end - taken, events.size() - filled);
    polled_.clear();
    for (const int fd : std::span{to_look_at_}.subspan(taken, count)) {
      Entry* const entry = entries_.find(fd);
      if (entry == nullptr || !std::exchange(entry->to_look_at, false)) continue;
      polled_.push_back({.fd = fd, .events = to_poll_bits(entry->interest), .revents = 0});
    }
    // A signal interrupts poll even with a zero timeout if poll finds nothing ready.
    const int found = retry_on_eintr([this] { return ::poll(polled_.data(), polled_.size(), 0); });
    if (found == -1) return last_error("poll");
    for (const pollfd& polled : polled_) {
      if (polled.revents == 0) continue;
      events[filled++] = report(polled.fd, from_poll_bits(polled.revents));
    }
    taken += count;
  }
  to_look_at_.erase(to_look_at_.begin(), to_look_at_.begin() + static_cast<std::ptrdiff_t>(taken));
  return filled;
}

Event SigioPoller::report(int fd, Ready ready) {
  Entry& entry = *entries_.find(fd);
  if (entry.trigger == Trigger::level) look_at(fd, entry);
  if (entry.trigger == Trigger::oneshot) entry.silent = true;
  return {entry.token, ready};
}

}  // namespace hpserver
