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

// How many receives this process may have under way together. The first call settles how many
// threads the C library may start (aio_init), by RLIMIT_NPROC. Any thread.
[[nodiscard]] std::size_t max_aio_receives();

// True in a process forked from one that has started operations: the library believes in threads
// that were not forked along.
[[nodiscard]] bool aio_lost_by_fork() noexcept;

// An operation that the library was given. It stays where it is until its end.
struct AioRequest {
  aiocb64 control{};  // in <aio.h> only this form is standard C++: no array of size 0
  CompletionHandler* handler = nullptr;
  Operation operation = Operation::receive;
  int fd = -1;  // as the caller knows it; the control block may have a duplicate
  BufferId buffer = kNoBuffer;
  Token token;  // what its signal carries
  bool under_way = false;

  // Looks whether the library has let go of it: a call and a lock.
  [[nodiscard]] bool is_done() const noexcept;
};

// What the C library's threads are working in: control blocks and buffers to receive into. Apart
// from the port, because it outlives the port if the threads don't end. One thread.
class AioRequests {
 public:
  // What one receive may bring.
  static constexpr std::size_t kBufferBytes = std::size_t{8} * 1024;

  AioRequests() = default;
  // Nothing is under way any more.
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
  // Has the library begin; its end is told by the signal, which carries the token.
  // Errors: EAGAIN (no memory or thread; too many receives).
  Result<void> start(const Start& what, int signal_number);

  // The request of this token, while it is under way; else null.
  [[nodiscard]] AioRequest* find(Token token) noexcept;
  // Calls `visit(AioRequest&)` for each that is under way, until it says false. False if it did.
  template <typename Visit>
  bool visit_all(Visit&& visit) {
    for (AioRequest& request : requests_) {
      if (request.under_way && !visit(request)) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t under_way_count() const noexcept { return under_way_count_; }

  // What a finished request has brought: bytes, or -errno. Its slot is free after this.
  int finish(AioRequest& request);
  // Blocks until all are done. False if they weren't in time.
  [[nodiscard]] bool wait_for_all(std::chrono::milliseconds limit);

  // kNoBuffer at the limit.
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
