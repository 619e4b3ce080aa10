#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/completion/aio_requests.h"
#include "hpserver/completion/completion_port.h"
#include "hpserver/completion/real_time_signal.h"
#include "hpserver/os/fd.h"
#include "hpserver/poller/epoll_poller.h"

namespace hpserver {

// Completions by POSIX aio, signalled by a real-time signal. On Linux the kernel isn't involved:
// the C library's own threads block in read(2) and write(2), so sockets are blocking, and each idle
// connection costs a thread (a stack of 32 KiB, of which 12 KiB are touched, and the kernel's own
// memory for it), a buffer of 8 KiB, and sometimes a second descriptor, since the library runs the
// operations of one descriptor number one after the other. Listeners and watched descriptors are
// waited for with epoll. Needs glibc. It doesn't work in the child of a process that has started
// operations: fork first. About 28 ports per process, since each needs a signal number. See:
// aio(7), lio_listio(3).
class AioPort final : public CompletionPort {
 public:
  // The most that one send moves, so a slow peer's progress is visible.
  static constexpr std::size_t kMaxSendBytes = std::size_t{128} * 1024;
  // The most that one receive returns.
  static constexpr std::size_t kBufferBytes = AioRequests::kBufferBytes;

  // The first port sets how many threads the library may start for all ports, depending on
  // RLIMIT_NPROC. Errors: EAGAIN (no real-time signal is left), EMFILE, ENFILE, ENOMEM, ENOTSUP (in
  // a process forked from one that has started operations).
  static Result<std::unique_ptr<AioPort>> create();

  // Shuts down the sockets with pending operations and waits briefly for these to finish: an
  // operation that doesn't finish keeps its memory forever.
  ~AioPort() override;

  Result<void> accept(int listen_fd, CompletionHandler& handler) override;
  // EAGAIN: pending receives already use every thread that the process may have for them.
  Result<void> receive(int fd, CompletionHandler& handler) override;
  // EMFILE: a receive is pending, and no second descriptor is available. A broken pipe is EPIPE:
  // the library's threads block every signal, including SIGPIPE.
  Result<void> send(int fd, std::string_view bytes, bool more, CompletionHandler& handler) override;
  Result<void> read(int file_fd, std::span<char> room, off_t offset,
                    CompletionHandler& handler) override;
  void give_back(BufferId buffer) override;

  // Makes the socket blocking.
  void attach(int fd) override;
  void detach(int fd) override;
  // aio_cancel(3) can't interrupt a blocked thread; shutdown(2) can.
  void cancel(int fd) override;
  bool pause(int, Operation) override { return false; }

  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) override {
    return poller_.add(fd, token, interest, trigger);
  }
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override {
    return poller_.modify(fd, token, interest, trigger);
  }
  void unwatch(int fd) override;

  // Wakes up ten times a second while operations are pending, to check for lost signals.
  Result<std::size_t> wait(std::span<PortEvent> events, std::chrono::milliseconds timeout) override;
  // Operations start at once.
  void flush() override {}

  [[nodiscard]] int native_handle() const noexcept override { return poller_.native_handle(); }
  // At most 1024; less if RLIMIT_NPROC or RLIMIT_NOFILE is low.
  [[nodiscard]] std::size_t capacity() const noexcept override { return capacity_; }

 private:
  struct Batch;

  // A socket, and which of its two descriptors is busy.
  struct Socket {
    Fd twin;  // a duplicate, once two operations were pending together
    bool own_busy = false;
    bool twin_busy = false;
    bool cancelled = false;
  };

  AioPort(std::unique_ptr<RealTimeSignal> signal, EpollPoller poller, Fd look_timer);

  Result<void> watch_own_descriptors();
  Result<int> free_descriptor(int fd);
  Result<void> start(AioRequests::Start what);
  void mark_busy(int fd, int descriptor, bool busy);
  void expect_a_look(bool at_once);

  Result<std::size_t> look(Batch& batch, int timeout_ms);
  void take_undelivered(Batch& batch);
  void take_signals(Batch& batch);
  void accept_some(int listen_fd, Batch& batch);
  void look_for_lost_signals(Batch& batch);
  void end(AioRequest& request, Batch& batch);

  std::unique_ptr<RealTimeSignal> signal_;
  EpollPoller poller_;
  Fd look_timer_;
  bool look_is_expected_ = false;
  std::size_t capacity_;
  std::unique_ptr<AioRequests> requests_;
  std::unordered_map<int, Socket> sockets_;
  std::unordered_map<int, CompletionHandler*> listeners_;
  // Completions that no library thread reports, for the next wait.
  std::vector<std::pair<CompletionHandler*, Completion>> undelivered_;
  std::vector<Event> ready_;  // kept for its capacity
};

}  // namespace hpserver
