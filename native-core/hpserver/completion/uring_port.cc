#include "hpserver/completion/uring_port.h"

#include <liburing.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

#include "hpserver/os/fd_flags.h"
#include "hpserver/poller/time_left.h"

namespace hpserver {
namespace {

// Distinguishes the tag of a cancellation from the tag of the operation that it cancels; the
// watches use the next bit.
constexpr std::uint32_t kCancelBit = 1U << 30U;

// Limits a size to what a result can hold.
std::size_t clamped(std::size_t size) noexcept {
  return std::min(size, static_cast<std::size_t>(std::numeric_limits<int>::max()));
}

}  // namespace

Result<std::unique_ptr<UringPort>> UringPort::create() {
  auto ring = UringRing::create();
  if (!ring) return ring.error();
  auto buffers = UringBuffers::create(*ring);
  if (!buffers) return buffers.error();
  return std::unique_ptr<UringPort>(new UringPort(std::move(*ring), std::move(*buffers)));
}

UringPort::UringPort(UringRing ring, UringBuffers buffers)
    : buffers_(std::move(buffers)), ring_(std::move(ring)), files_(ring_) {}

UringPort::~UringPort() {
  if (ring_.is_mine()) end_all();
  drop_completions();
}

Result<void> UringPort::accept(int listen_fd, CompletionHandler& handler) {
  if (auto set = set_nonblocking(listen_fd, true); !set) return set;
  io_uring_sqe& request = ring_.next_request();
  io_uring_prep_multishot_accept(&request, listen_fd, nullptr, nullptr, SOCK_CLOEXEC);
  start(request, Operation::accept, listen_fd, handler);
  return {};
}

Result<void> UringPort::receive(int fd, CompletionHandler& handler) {
  io_uring_sqe& request = ring_.next_request();
  io_uring_prep_recv_multishot(&request, fd, nullptr, 0, 0);
  request.flags |= IOSQE_BUFFER_SELECT;
  request.buf_group = UringBuffers::kGroup;
  start(request, Operation::receive, fd, handler);
  return {};
}

Result<void> UringPort::send(int fd, std::string_view bytes, bool more,
                             CompletionHandler& handler) {
  io_uring_sqe& request = ring_.next_request();
  const int flags = MSG_NOSIGNAL | (more ? MSG_MORE : 0);
  io_uring_prep_send(&request, fd, bytes.data(), clamped(bytes.size()), flags);
  start(request, Operation::send, fd, handler);
  return {};
}

Result<void> UringPort::read(int file_fd, std::span<char> room, off_t offset,
                             CompletionHandler& handler) {
  io_uring_sqe& request = ring_.next_request();
  io_uring_prep_read(&request, file_fd, room.data(), static_cast<unsigned>(clamped(room.size())),
                     static_cast<std::uint64_t>(offset));
  Started& started = start(request, Operation::read, file_fd, handler);
  started.room = room;
  started.offset = offset;
  return {};
}

void UringPort::give_back(BufferId buffer) {
  if (buffer != kNoBuffer) buffers_.give_back(static_cast<std::uint32_t>(buffer));
}

void UringPort::attach(int fd) {
  Descriptor& attached = descriptor(fd);
  if (!attached.registered) attached.registered = files_.add(ring_, fd);
}

void UringPort::detach(int fd) {
  Descriptor& detached = descriptor(fd);
  assert(detached.first == kNone);
  if (std::exchange(detached.registered, false)) files_.remove(ring_, fd);
}

void UringPort::cancel(int fd) {
  for (std::uint32_t slot = descriptor(fd).first; slot != kNone; slot = started_[slot].next) {
    ask_for_cancel(slot);
  }
}

bool UringPort::pause(int fd, Operation operation) {
  for (std::uint32_t slot = descriptor(fd).first; slot != kNone; slot = started_[slot].next) {
    if (started_[slot].operation == operation) ask_for_cancel(slot);
  }
  return true;
}

Result<void> UringPort::watch(int fd, Token token, Interest interest, Trigger trigger) {
  return watches_.add(ring_, fd, token, interest, trigger);
}

Result<void> UringPort::modify(int fd, Token token, Interest interest, Trigger trigger) {
  return watches_.modify(ring_, fd, token, interest, trigger);
}

// Only ENOENT is possible, and then there is nothing to do.
void UringPort::unwatch(int fd) {
  static_cast<void>(watches_.remove(ring_, fd));
}

// Restarts a wait that returned only completions without a handler.
Result<std::size_t> UringPort::wait(std::span<PortEvent> events,
                                    std::chrono::milliseconds timeout) {
  assert(!events.empty());
  const TimeLeft left(timeout);
  while (true) {
    watches_.rearm(ring_);
    const auto came = ring_.wait(std::chrono::milliseconds{left.in_milliseconds()});
    if (!came) return came.error();
    std::size_t filled = 0;
    UringCompletion completion;
    while (filled < events.size() && ring_.take(completion)) {
      if (report(completion, events[filled])) ++filled;
    }
    if (filled == 0 && *came) continue;
    ring_.remind();
    return filled;
  }
}

void UringPort::flush() {
  watches_.rearm(ring_);
  ring_.submit();
}

UringPort::Descriptor& UringPort::descriptor(int fd) {
  assert(fd >= 0);
  const auto index = static_cast<std::size_t>(fd);
  if (index >= descriptors_.size()) descriptors_.resize(index + 1);
  return descriptors_[index];
}

UringPort::Started& UringPort::start(io_uring_sqe& request, Operation operation, int fd,
                                     CompletionHandler& handler) {
  if (free_slot_ == kNone) {
    free_slot_ = static_cast<std::uint32_t>(started_.size());
    started_.emplace_back();
  }
  const std::uint32_t slot = free_slot_;
  Started& started = started_[slot];
  free_slot_ = started.next;
  Descriptor& on = descriptor(fd);
  started.handler = &handler;
  started.fd = fd;
  started.operation = operation;
  started.next = std::exchange(on.first, slot);
  ++under_way_;
  // A registered file is indexed by its descriptor's number.
  if (on.registered) request.flags |= IOSQE_FIXED_FILE;
  UringRing::set_tag(request, {slot, started.generation});
  return started;
}

void UringPort::end(std::uint32_t slot) noexcept {
  Started& ended = started_[slot];
  std::uint32_t* link = &descriptors_[static_cast<std::size_t>(ended.fd)].first;
  while (*link != slot) link = &started_[*link].next;
  *link = ended.next;
  if (++ended.generation == 0) ended.generation = 1;
  ended.handler = nullptr;
  ended.next = std::exchange(free_slot_, slot);
  --under_way_;
}

bool UringPort::is_under_way(Token tag) const noexcept {
  return tag.slot < started_.size() && started_[tag.slot].handler != nullptr &&
         started_[tag.slot].generation == tag.generation;
}

// Cancels by tag, which the kernel finds at once; by descriptor, it would search all requests.
void UringPort::ask_for_cancel(std::uint32_t slot) {
  const Token tag{slot, started_[slot].generation};
  io_uring_sqe& request = ring_.next_request();
  io_uring_prep_cancel64(&request, tag.packed(), 0);
  request.flags |= IOSQE_CQE_SKIP_SUCCESS;
  UringRing::set_tag(request, {tag.slot | kCancelBit, tag.generation});
}

// The descriptor has O_NONBLOCK, but its file system can only block: a kernel worker thread does
// the read.
void UringPort::read_again(std::uint32_t slot) {
  const Started& started = started_[slot];
  io_uring_sqe& request = ring_.next_request();
  io_uring_prep_read(&request, started.fd, started.room.data(),
                     static_cast<unsigned>(clamped(started.room.size())),
                     static_cast<std::uint64_t>(started.offset));
  request.flags |= IOSQE_ASYNC;
  UringRing::set_tag(request, {slot, started.generation});
}

bool UringPort::report(const UringCompletion& completion, PortEvent& event) {
  if (completion.tag == UringRing::kNobody) return false;
  if (UringWatches::is_report(completion.tag)) {
    const auto ready = watches_.take(ring_, completion);
    if (ready) event = {.handler = nullptr, .completion = {}, .event = *ready};
    return ready.has_value();
  }
  if ((completion.tag.slot & kCancelBit) != 0) {
    // Between two steps, a multishot request isn't found: repeat the cancel until it has ended.
    const Token cancelled{completion.tag.slot & ~kCancelBit, completion.tag.generation};
    if (completion.result == -ENOENT && is_under_way(cancelled)) ask_for_cancel(cancelled.slot);
    return false;
  }
  return finish(completion, event);
}

bool UringPort::finish(const UringCompletion& completion, PortEvent& event) {
  assert(is_under_way(completion.tag));
  const std::uint32_t slot = completion.tag.slot;
  const Started& started = started_[slot];
  if (started.operation == Operation::read && completion.result == -EAGAIN) {
    read_again(slot);
    return false;
  }
  event = {.handler = started.handler,
           .completion = {.operation = started.operation,
                          .result = completion.result,
                          .bytes = {},
                          .buffer = kNoBuffer,
                          .last = (completion.flags & IORING_CQE_F_MORE) == 0},
           .event = {}};
  receive_into(event.completion, completion);
  if (event.completion.last) end(slot);
  return true;
}

void UringPort::receive_into(Completion& completion, const UringCompletion& from) {
  if ((from.flags & IORING_CQE_F_BUFFER) == 0) return;
  const std::uint32_t buffer = from.flags >> IORING_CQE_BUFFER_SHIFT;
  if (from.result <= 0) {
    buffers_.give_back(buffer);
    return;
  }
  completion.buffer = static_cast<BufferId>(buffer);
  completion.bytes = buffers_.bytes(buffer, static_cast<std::size_t>(from.result));
}

void UringPort::end_all() {
  // A read from a disk that doesn't respond never ends; everything else ends at once.
  constexpr int kMostTurns = 100;
  io_uring_sqe& request = ring_.next_request();
  io_uring_prep_cancel64(&request, 0, IORING_ASYNC_CANCEL_ANY | IORING_ASYNC_CANCEL_ALL);
  UringRing::set_tag(request, UringRing::kNobody);
  for (int turn = 0; turn < kMostTurns && under_way_ > 0; ++turn) {
    static_cast<void>(ring_.wait(std::chrono::milliseconds{10}));
    drop_completions();
  }
}

// Closes accepted connections that no handler was told about.
void UringPort::drop_completions() {
  UringCompletion completion;
  PortEvent event;
  while (ring_.take(completion)) {
    if (!report(completion, event) || event.handler == nullptr) continue;
    const Completion& done = event.completion;
    if (done.operation == Operation::accept && done.result >= 0) ::close(done.result);
  }
}

}  // namespace hpserver
