#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "hpserver/completion/completion_port.h"
#include "hpserver/completion/uring_buffers.h"
#include "hpserver/completion/uring_files.h"
#include "hpserver/os/uring_ring.h"
#include "hpserver/poller/uring_watches.h"

namespace hpserver {

// Completions by io_uring: everything that a turn starts is submitted with the one system call of
// its `wait`. Accept and receive are multishot, received bytes are in buffers that the kernel
// chose, and attached sockets are registered files. Needs Linux 6.1. See: io_uring(7).
//
// Sends copy their bytes into the kernel. A zero-copy send would have to keep them until the peer
// has acknowledged them, so a handler that waits for each send would move one piece per round trip.
class UringPort final : public CompletionPort {
 public:
  // explain_uring_error puts these into words. Errors: those of UringRing::create.
  static Result<std::unique_ptr<UringPort>> create();

  // On its own thread: cancels pending operations and waits for them, for at most a second. On
  // another thread, the one that called `wait` must have ended; the files are closed in the
  // background.
  ~UringPort() override;

  UringPort(const UringPort&) = delete;
  UringPort& operator=(const UringPort&) = delete;

  // Sets O_NONBLOCK of `listen_fd`. The accepted sockets are blocking, which makes no difference to
  // the kernel. Errors: EBADF.
  Result<void> accept(int listen_fd, CompletionHandler& handler) override;
  Result<void> receive(int fd, CompletionHandler& handler) override;
  Result<void> send(int fd, std::string_view bytes, bool more, CompletionHandler& handler) override;
  Result<void> read(int file_fd, std::span<char> room, off_t offset,
                    CompletionHandler& handler) override;
  void give_back(BufferId buffer) override;

  void attach(int fd) override;
  void detach(int fd) override;
  void cancel(int fd) override;
  bool pause(int fd, Operation operation) override;

  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  void unwatch(int fd) override;

  Result<std::size_t> wait(std::span<PortEvent> events, std::chrono::milliseconds timeout) override;
  void flush() override;

  [[nodiscard]] int native_handle() const noexcept override { return ring_.bell_fd(); }
  [[nodiscard]] std::size_t capacity() const noexcept override { return SIZE_MAX; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // A pending operation; its slot and generation are the request's tag.
  struct Started {
    CompletionHandler* handler = nullptr;  // null: the slot is free
    int fd = -1;
    std::uint32_t generation = 1;
    std::uint32_t next = kNone;  // links the operations of a descriptor, or the free slots
    Operation operation = Operation::receive;
    std::span<char> room;  // read
    off_t offset = 0;
  };
  struct Descriptor {
    std::uint32_t first = kNone;  // the pending operations
    bool registered = false;
  };

  UringPort(UringRing ring, UringBuffers buffers);

  Descriptor& descriptor(int fd);
  Started& start(io_uring_sqe& request, Operation operation, int fd, CompletionHandler& handler);
  void end(std::uint32_t slot) noexcept;
  void ask_for_cancel(std::uint32_t slot);
  void read_again(std::uint32_t slot);

  bool report(const UringCompletion& completion, PortEvent& event);
  bool finish(const UringCompletion& completion, PortEvent& event);
  [[nodiscard]] bool is_under_way(Token tag) const noexcept;
  void receive_into(Completion& completion, const UringCompletion& from);
  void end_all();
  void drop_completions();

  UringBuffers buffers_;  // outlive the ring, which fills them
  UringRing ring_;
  UringFiles files_;
  UringWatches watches_;
  std::vector<Descriptor> descriptors_;  // indexed by number
  std::vector<Started> started_;
  std::uint32_t free_slot_ = kNone;
  std::size_t under_way_ = 0;
};

}  // namespace hpserver
