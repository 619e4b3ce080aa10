#pragma once

#include <aio.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/completion/completion_port.h"

namespace hpserver {

// Returns how many receives this process may have pending. The first call sets how many threads the
// C library may start (aio_init), depending on RLIMIT_NPROC. Any thread.
[[nodiscard]] std::size_t max_aio_receives();

// True in a process forked from one that has started operations: the library relies on threads that
// don't exist after the fork.
[[nodiscard]] bool aio_lost_by_fork() noexcept;

// An operation given to the library. It must not move until it has finished.
struct AioRequest {
  aiocb64 control{};  // the only form in <aio.h> that is standard C++: no array of size 0
  CompletionHandler* handler = nullptr;
  Operation operation = Operation::receive;
  int fd = -1;  // the caller's; the control block may use a duplicate
  BufferId buffer = kNoBuffer;
  Token token;  // carried by its signal
  bool under_way = false;

  // Whether the library has finished it: costs a call and a lock.
  [[nodiscard]] bool is_done() const noexcept;
};

// The memory that the C library's threads work in: control blocks and receive buffers. Separate
// from the port, which it outlives if the threads don't finish. One thread.
class AioRequests {
 public:
  // The most that one receive returns.
  static constexpr std::size_t kBufferBytes = std::size_t{8} * 1024;

  AioRequests() = default;
  // No request may be pending.
  ~AioRequests();
  AioRequests(const AioRequests&) = delete;
  AioRequests& operator=(const AioRequests&) = delete;

  struct Start {
    Operation operation = Operation::receive;
    int fd = -1;
    int descriptor = -1;  // `fd` or its duplicate
    void* bytes = nullptr;
    std::size_t size = 0;
    off_t offset = 0;
    BufferId buffer = kNoBuffer;
    CompletionHandler* handler = nullptr;
  };
  // Starts the operation; a signal with the token reports its end.
  // Errors: EAGAIN (no memory or thread; too many receives).
  Result<void> start(const Start& what, int signal_number);

  // Returns the pending request with this token, else null.
  [[nodiscard]] AioRequest* find(Token token) noexcept;
  // Calls `visit(AioRequest&)` for each pending request. Stops, and returns false, if `visit`
  // returns false.
  template <typename Visit>
  bool visit_all(Visit&& visit) {
    for (AioRequest& request : requests_) {
      if (request.under_way && !visit(request)) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t under_way_count() const noexcept { return under_way_count_; }

  // Returns the result of a finished request, bytes or -errno, and frees its slot.
  int finish(AioRequest& request);
  // Blocks until all requests are finished. Returns false on a timeout.
  [[nodiscard]] bool wait_for_all(std::chrono::milliseconds limit);

  // Returns kNoBuffer at the limit.
  [[nodiscard]] BufferId acquire_buffer();
  void release_buffer(BufferId buffer);
  [[nodiscard]] char* buffer_at(BufferId buffer) const {
    return buffers_[static_cast<std::size_t>(buffer)].get();
  }

 private:
  AioRequest& acquire();
  void release(AioRequest& request);

  std::deque<AioRequest> requests_;
  std::vector<std::uint32_t> free_requests_;
  std::vector<std::unique_ptr<char[]>> buffers_;
  std::vector<BufferId> free_buffers_;
  std::size_t under_way_count_ = 0;
};

}  // namespace hpserver
