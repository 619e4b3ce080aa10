#include "hpserver/completion/aio_requests.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

#include "hpserver/base/clock.h"

namespace hpserver {
namespace {

constexpr std::size_t kMaxThreads = 4096;
// While a connection's bytes are processed, its next receive may be pending already.
constexpr std::size_t kMaxBuffers = kMaxThreads / 2;
// It is cheaper to keep an idle thread for a moment than to start another.
constexpr int kThreadIdleSeconds = 5;

// The library's threads belong to the process, and so does this state.
std::atomic<pid_t> started_in{0};
std::atomic<std::size_t> receives_under_way{0};

std::size_t allowed_threads() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NPROC, &limit) == -1 || limit.rlim_cur == RLIM_INFINITY) {
    return kMaxThreads;
  }
  // The limit covers all processes of the user: leave half to the others.
  return std::clamp<std::size_t>(limit.rlim_cur / 2, 2, kMaxThreads);
}

std::size_t max_threads() {
  static const std::size_t count = [] {
    const std::size_t allowed = allowed_threads();
    aioinit sizes{};
    sizes.aio_threads = static_cast<int>(allowed);
    sizes.aio_num = static_cast<int>(allowed);
    sizes.aio_idle_time = kThreadIdleSeconds;
    ::aio_init(&sizes);
    return allowed;
  }();
  return count;
}

bool take_receive() {
  if (receives_under_way.fetch_add(1) < max_aio_receives()) return true;
  --receives_under_way;
  return false;
}

}  // namespace

// The other half of the threads is for sends and reads, which always finish soon: they find a
// thread no matter how many receives are waiting.
std::size_t max_aio_receives() {
  return max_threads() / 2;
}

bool aio_lost_by_fork() noexcept {
  const pid_t starter = started_in.load();
  return starter != 0 && starter != ::getpid();
}

// The library sets the code before it sends the signal, but under the lock that this call takes.
bool AioRequest::is_done() const noexcept {
  return ::aio_error64(&control) != EINPROGRESS;
}

AioRequests::~AioRequests() {
  visit_all([this](AioRequest& request) {
    release(request);
    return true;
  });
}

// Uses a list of one operation, because the signal then belongs to the list: if the signal can't be
// queued, the library drops it and keeps the operation's result. With aio_read(3), the queue's
// EAGAIN would replace the result, and the count of received bytes would be lost.
Result<void> AioRequests::start(const Start& what, int signal_number) {
  if (what.operation == Operation::receive && !take_receive()) return Error{EAGAIN, "lio_listio"};
  if (started_in.load(std::memory_order_relaxed) == 0) started_in.store(::getpid());
  AioRequest& request = acquire();
  request.handler = what.handler;
  request.operation = what.operation;
  request.fd = what.fd;
  request.buffer = what.buffer;
  request.control = {};
  request.control.aio_fildes = what.descriptor;
  request.control.aio_lio_opcode = what.operation == Operation::send ? LIO_WRITE : LIO_READ;
  request.control.aio_buf = what.bytes;
  request.control.aio_nbytes = what.size;
  request.control.aio_offset = what.offset;
  request.control.aio_sigevent.sigev_notify = SIGEV_NONE;

  sigevent told{};
  told.sigev_notify = SIGEV_SIGNAL;
  told.sigev_signo = signal_number;
  told.sigev_value.sival_ptr = reinterpret_cast<void*>(request.token.packed());
  aiocb64* list[] = {&request.control};
  if (::lio_listio64(LIO_NOWAIT, list, 1, &told) == 0) return {};
  const Error error = last_error("lio_listio");
  // The operation was started even though there is no memory for its signal: a later check will
  // find that it has ended.
  if (!request.is_done()) return {};
  release(request);
  return error;
}

AioRequest* AioRequests::find(Token token) noexcept {
  if (token.slot >= requests_.size()) return nullptr;
  AioRequest& request = requests_[token.slot];
  return request.under_way && request.token == token ? &request : nullptr;
}

int AioRequests::finish(AioRequest& request) {
  const int code = ::aio_error64(&request.control);
  const auto moved = ::aio_return64(&request.control);
  release(request);
  return code == 0 ? static_cast<int>(moved) : -code;
}

bool AioRequests::wait_for_all(std::chrono::milliseconds limit) {
  const Deadline end = Clock::now() + limit;
  return visit_all([end](const AioRequest& request) {
    while (!request.is_done()) {
      const auto rest = std::chrono::nanoseconds(end - Clock::now()).count();
      if (rest <= 0) return false;
      const aiocb64* const awaited[] = {&request.control};
      const timespec timeout{.tv_sec = rest / 1'000'000'000, .tv_nsec = rest % 1'000'000'000};
      ::aio_suspend64(awaited, 1, &timeout);
    }
    return true;
  });
}

BufferId AioRequests::acquire_buffer() {
  if (free_buffers_.empty()) {
    if (buffers_.size() == kMaxBuffers) return kNoBuffer;
    free_buffers_.push_back(static_cast<BufferId>(buffers_.size()));
    buffers_.push_back(std::make_unique_for_overwrite<char[]>(kBufferBytes));
  }
  const BufferId buffer = free_buffers_.back();
  free_buffers_.pop_back();
  return buffer;
}

void AioRequests::release_buffer(BufferId buffer) {
  if (buffer != kNoBuffer) free_buffers_.push_back(buffer);
}

AioRequest& AioRequests::acquire() {
  if (free_requests_.empty()) {
    const auto slot = static_cast<std::uint32_t>(requests_.size());
    requests_.emplace_back().token.slot = slot;
    free_requests_.push_back(slot);
  }
  AioRequest& request = requests_[free_requests_.back()];
  free_requests_.pop_back();
  ++under_way_count_;
  request.under_way = true;
  return request;
}

void AioRequests::release(AioRequest& request) {
  if (request.operation == Operation::receive) --receives_under_way;
  --under_way_count_;
  request.under_way = false;
  ++request.token.generation;
  free_requests_.push_back(request.token.slot);
}

}  // namespace hpserver
