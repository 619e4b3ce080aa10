#include "hpserver/completion/aio_port.h"

#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <limits>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/limits.h"
#include "hpserver/os/syscall.h"
#include "hpserver/poller/time_left.h"

namespace hpserver {
namespace {

constexpr std::size_t kMaxConnections = 1024;

constexpr std::size_t kEventsPerLook = 512;
constexpr std::size_t kSignalsPerLook = 256;
// Connections accepted per wait, so a flood of them doesn't hold up open ones.
constexpr int kAcceptsPerWait = 64;

constexpr std::chrono::milliseconds kLookInterval{100};
constexpr std::chrono::milliseconds kLongestEnd{2'000};

// A slot that the event loop never uses, since it can't have so many handlers. The generation tells
// the port's own descriptors apart.
constexpr std::uint32_t kOwnSlot = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kListenerSlot = kOwnSlot - 1;  // the generation is the descriptor
constexpr Token kSignals{kOwnSlot, 0};
constexpr Token kStrays{kOwnSlot, 1};
constexpr Token kLookTimer{kOwnSlot, 2};
constexpr Interest kRead{.readable = true};

std::size_t connection_capacity() {
  std::size_t count = std::min(kMaxConnections, max_aio_receives());
  // A connection needs two descriptors for a send and a receive at the same time.
  if (const auto limit = descriptor_limit()) {
    count = std::min<std::size_t>(count, limit->soft / 2);
  }
  return count;
}

bool is_gone_already(int code) {
  return code == EINTR || code == ECONNABORTED || code == EPROTO;
}

}  // namespace

// The caller's array, and how much of it is filled.
struct AioPort::Batch {
  std::span<PortEvent> events;
  std::size_t count = 0;

  [[nodiscard]] std::size_t room() const noexcept { return events.size() - count; }
  void add(CompletionHandler* handler, const Completion& completion) {
    events[count++] = {.handler = handler, .completion = completion, .event = {}};
  }
  void add(const Event& event) {
    events[count++] = {.handler = nullptr, .completion = {}, .event = event};
  }
};

Result<std::unique_ptr<AioPort>> AioPort::create() {
  if (aio_lost_by_fork()) return Error{ENOTSUP, "aio_init (after a fork)"};
  auto poller = EpollPoller::create();
  if (!poller) return poller.error();
  Fd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)};
  if (!timer) return last_error("timerfd_create");
  auto signal = RealTimeSignal::claim();
  if (!signal) return signal.error();
  std::unique_ptr<AioPort> port(
      new AioPort(std::move(*signal), std::move(*poller), std::move(timer)));
  if (const auto watched = port->watch_own_descriptors(); !watched) return watched.error();
  return port;
}

AioPort::AioPort(std::unique_ptr<RealTimeSignal> signal, EpollPoller poller, Fd look_timer)
    : signal_(std::move(signal)),
      poller_(std::move(poller)),
      look_timer_(std::move(look_timer)),
      capacity_(connection_capacity()),
      requests_(std::make_unique<AioRequests>()),
      ready_(kEventsPerLook) {}

AioPort::~AioPort() {
  requests_->visit_all([this](const AioRequest& request) {
    cancel(request.fd);
    return true;
  });
  if (requests_->wait_for_all(kLongestEnd)) return;
  // A thread of the library will still write into these requests, so they are never freed.
  static_cast<void>(requests_.release());
  signal_->retire();
}

Result<void> AioPort::watch_own_descriptors() {
  const std::pair<int, Token> own[] = {
      {signal_->fd(), kSignals}, {signal_->stray_fd(), kStrays}, {look_timer_.get(), kLookTimer}};
  for (const auto& [fd, token] : own) {
    if (const auto added = poller_.add(fd, token, kRead, Trigger::level); !added) return added;
  }
  return {};
}

// ---- Starting

Result<void> AioPort::accept(int listen_fd, CompletionHandler& handler) {
  const Token token{kListenerSlot, static_cast<std::uint32_t>(listen_fd)};
  if (const auto set = set_nonblocking(listen_fd, true); !set) return set;
  if (const auto added = poller_.add(listen_fd, token, kRead, Trigger::level); !added) return added;
  listeners_[listen_fd] = &handler;
  return {};
}

Result<void> AioPort::receive(int fd, CompletionHandler& handler) {
  const BufferId buffer = requests_->acquire_buffer();
  if (buffer == kNoBuffer) {
    undelivered_.emplace_back(&handler, Completion{.result = -ENOBUFS, .bytes = {}});
    expect_a_look(true);
    return {};
  }
  const auto started = start({.operation = Operation::receive,
                              .fd = fd,
                              .bytes = requests_->buffer_at(buffer),
                              .size = kBufferBytes,
                              .buffer = buffer,
                              .handler = &handler});
  if (!started) requests_->release_buffer(buffer);
  return started;
}

Result<void> AioPort::send(int fd, std::string_view bytes, bool, CompletionHandler& handler) {
  // aiocb has one pointer for both directions, hence the cast; a send only reads from it.
  return start({.operation = Operation::send,
                .fd = fd,
                .bytes = const_cast<char*>(bytes.data()),
                .size = std::min(bytes.size(), kMaxSendBytes),
                .handler = &handler});
}

Result<void> AioPort::read(int file_fd, std::span<char> room, off_t offset,
                           CompletionHandler& handler) {
  constexpr std::size_t kMostBytes = std::numeric_limits<int>::max();
  const auto started = requests_->start({.operation = Operation::read,
                                         .fd = file_fd,
                                         .descriptor = file_fd,
                                         .bytes = room.data(),
                                         .size = std::min(room.size(), kMostBytes),
                                         .offset = offset,
                                         .handler = &handler},
                                        signal_->number());
  if (started) expect_a_look(false);
  return started;
}

// The library queues operations by descriptor number, not by open file: a send queued behind a
// receive would wait until the peer sends something.
Result<int> AioPort::free_descriptor(int fd) {
  Socket& socket = sockets_[fd];
  if (!socket.own_busy) return fd;
  assert(!socket.twin_busy);
  if (!socket.twin) {
    auto twin = duplicate(fd);
    if (!twin) return twin.error();
    socket.twin = std::move(*twin);
  }
  return socket.twin.get();
}

// Uses whichever of a socket's two descriptors is free.
Result<void> AioPort::start(AioRequests::Start what) {
  const auto descriptor = free_descriptor(what.fd);
  if (!descriptor) return descriptor.error();
  what.descriptor = *descriptor;
  if (const auto started = requests_->start(what, signal_->number()); !started) return started;
  mark_busy(what.fd, what.descriptor, true);
  expect_a_look(false);
  return {};
}

void AioPort::give_back(BufferId buffer) {
  requests_->release_buffer(buffer);
}

void AioPort::attach(int fd) {
  static_cast<void>(set_nonblocking(fd, false));
  sockets_.try_emplace(fd);
}

void AioPort::detach(int fd) {
  assert(!sockets_[fd].own_busy && !sockets_[fd].twin_busy);
  sockets_.erase(fd);
}

void AioPort::cancel(int fd) {
  if (const auto listener = listeners_.find(fd); listener != listeners_.end()) {
    undelivered_.emplace_back(
        listener->second,
        Completion{.operation = Operation::accept, .result = -ECANCELED, .bytes = {}});
    unwatch(fd);
    listeners_.erase(listener);
    expect_a_look(true);
    return;
  }
  const auto socket = sockets_.find(fd);
  if (socket == sockets_.end()) return;
  if (!socket->second.own_busy && !socket->second.twin_busy) return;
  socket->second.cancelled = true;
  ::shutdown(fd, SHUT_RDWR);
}

void AioPort::unwatch(int fd) {
  static_cast<void>(poller_.remove(fd));
}

// ---- Waiting

Result<std::size_t> AioPort::wait(std::span<PortEvent> events, std::chrono::milliseconds timeout) {
  assert(!events.empty());
  const TimeLeft left(timeout);
  Batch batch{.events = events};
  while (true) {
    take_undelivered(batch);
    const int timeout_ms = batch.count > 0 ? 0 : left.in_milliseconds();
    if (batch.room() == 0) return batch.count;
    const auto seen = look(batch, timeout_ms);
    if (!seen) return seen;
    // A look that finds no lost signals doesn't end the wait.
    if (batch.count > 0 || *seen == 0 || timeout_ms == 0) return batch.count;
  }
}

// Returns how many descriptors were ready. Watched descriptors come first: a trigger may report
// them only once, while the port's own descriptors stay readable until they are emptied.
Result<std::size_t> AioPort::look(Batch& batch, int timeout_ms) {
  const std::span<Event> room{ready_.data(), std::min(ready_.size(), batch.room())};
  const auto count = poller_.wait(room, std::chrono::milliseconds{timeout_ms});
  if (!count) return count;
  for (const Event& event : room.first(*count)) {
    if (event.token.slot < kListenerSlot) batch.add(event);
  }
  for (const Event& event : room.first(*count)) {
    if (event.token == kSignals || event.token == kStrays) {
      take_signals(batch);
    } else if (event.token == kLookTimer) {
      look_for_lost_signals(batch);
    } else if (event.token.slot == kListenerSlot) {
      accept_some(static_cast<int>(event.token.generation), batch);
    }
  }
  return count;
}

void AioPort::take_undelivered(Batch& batch) {
  const std::size_t count = std::min(batch.room(), undelivered_.size());
  for (std::size_t index = 0; index < count; ++index) {
    batch.add(undelivered_[index].first, undelivered_[index].second);
  }
  undelivered_.erase(undelivered_.begin(),
                     undelivered_.begin() + static_cast<std::ptrdiff_t>(count));
}

void AioPort::take_signals(Batch& batch) {
  std::array<std::uint64_t, kSignalsPerLook> values;
  const auto count = signal_->take(std::span{values}.first(std::min(values.size(), batch.room())));
  if (!count) return;
  for (std::size_t index = 0; index < *count; ++index) {
    // Any process may send this signal: only the library's status counts.
    AioRequest* const request = requests_->find(Token::unpacked(values[index]));
    if (request != nullptr && request->is_done()) end(*request, batch);
  }
}

void AioPort::accept_some(int listen_fd, Batch& batch) {
  const auto listener = listeners_.find(listen_fd);
  if (listener == listeners_.end()) return;
  for (int tries = 0; tries < kAcceptsPerWait && batch.room() > 0; ++tries) {
    const int fd = ::accept4(listen_fd, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd == -1 && errno == EAGAIN) return;
    if (fd == -1 && is_gone_already(errno)) continue;
    batch.add(listener->second, {.operation = Operation::accept,
                                 .result = fd == -1 ? -errno : fd,
                                 .bytes = {},
                                 .last = fd == -1});
    if (fd >= 0) continue;
    unwatch(listen_fd);
    listeners_.erase(listener);
    return;
  }
}

// The signal queue is limited (RLIMIT_SIGPENDING, for all processes of the user), so a lost signal
// is found by checking.
void AioPort::look_for_lost_signals(Batch& batch) {
  const bool all = requests_->visit_all([&](AioRequest& request) {
    if (batch.room() == 0) return false;
    if (request.is_done()) end(request, batch);
    return true;
  });
  if (!all) return;  // the timer stays readable, so the next wait continues
  std::uint64_t expirations = 0;
  static_cast<void>(
      retry_on_eintr([&] { return ::read(look_timer_.get(), &expirations, sizeof expirations); }));
  if (requests_->under_way_count() > 0 || !undelivered_.empty()) return;
  const itimerspec never{};
  ::timerfd_settime(look_timer_.get(), 0, &never, nullptr);
  look_is_expected_ = false;
}

// Starts the timer for these checks. The timer stops itself when nothing is pending, so a busy port
// sets it only once.
void AioPort::expect_a_look(bool at_once) {
  if (look_is_expected_ && !at_once) return;
  constexpr auto kInterval = std::chrono::nanoseconds(kLookInterval).count();
  const itimerspec when{.it_interval = {.tv_sec = 0, .tv_nsec = kInterval},
                        .it_value = {.tv_sec = 0, .tv_nsec = at_once ? 1 : kInterval}};
  ::timerfd_settime(look_timer_.get(), 0, &when, nullptr);
  look_is_expected_ = true;
}

// ---- Ends

void AioPort::end(AioRequest& request, Batch& batch) {
  CompletionHandler* const handler = request.handler;
  Completion completion{.operation = request.operation, .bytes = {}};
  bool cancelled = false;
  if (request.operation != Operation::read) {
    cancelled = sockets_[request.fd].cancelled;
    mark_busy(request.fd, request.control.aio_fildes, false);
  }
  const BufferId buffer = request.buffer;
  const int result = requests_->finish(request);
  completion.result = cancelled && result <= 0 ? -ECANCELED : result;
  if (buffer != kNoBuffer && result > 0) {
    completion.buffer = buffer;
    completion.bytes = {requests_->buffer_at(buffer), static_cast<std::size_t>(result)};
  } else {
    requests_->release_buffer(buffer);
  }
  batch.add(handler, completion);
}

void AioPort::mark_busy(int fd, int descriptor, bool busy) {
  Socket& socket = sockets_[fd];
  (descriptor == fd ? socket.own_busy : socket.twin_busy) = busy;
}

}  // namespace hpserver
