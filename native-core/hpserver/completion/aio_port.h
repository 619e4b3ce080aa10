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

// Completions by POSIX aio, told of by a real-time signal. Linux has no kernel behind it: the C
// library carries operations out on threads of its own that block in read(2) and write(2), so
// sockets are blocking, and each idle connection costs one such thread (here a stack of 32 KiB, of
// which 12 are touched, and what the kernel keeps for a thread), a buffer of 8 KiB, and sometimes a
// second descriptor: of one number the library does one operation after the other. Listeners and
// watched descriptors are waited for by epoll. Needs glibc. A process that has started operations
// and forks leaves its child without: fork first. About 28 ports per process, since each needs a
// signal number. See: aio(7), lio_listio(3).
class AioPort final : public CompletionPort {
 public:
  // One send moves at most this much, so that a slow peer's progress can be seen.
  static constexpr std::size_t kMaxSendBytes = std::size_t{128} * 1024;
  // What one receive may bring.
  static constexpr std::size_t kBufferBytes = AioRequests::kBufferBytes;

  // The first port settles how many threads the library may start, by RLIMIT_NPROC, for all.
  // Errors: EAGAIN (no real-time signal is left), EMFILE, ENFILE, ENOMEM, ENOTSUP (in a process
  // forked from one that has started operations).
  static Result<std::unique_ptr<AioPort>> create();

  // Shuts the sockets that operations are under way on, and waits for their ends; not for long:
  // what doesn't end keeps its memory for ever.
  ~AioPort() override;

  Result<void> accept(int listen_fd, CompletionHandler& handler) override;
  // EAGAIN: the process has a receive under way for every thread that it may have.
  Result<void> receive(int fd, CompletionHandler& handler) override;
  // EMFILE: a receive is under way, and no second descriptor could be had. A broken pipe is EPIPE:
  // the library's threads block every signal, SIGPIPE too.
  Result<void> send(int fd, std::string_view bytes, bool more, CompletionHandler& handler) override;
  Result<void> read(int file_fd, std::span<char> room, off_t offset,
                    CompletionHandler& handler) override;
  void give_back(BufferId buffer) override;

  // Makes the socket blocking.
  void attach(int fd) override;
  void detach(int fd) override;
  // aio_cancel(3) can't reach what a thread is blocked in; shutdown(2) can.
  void cancel(int fd) override;
  bool pause(int, Operation) override { return false; }

  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) override {
    return poller_.add(fd, token, interest, trigger);
  }
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override {
    return poller_.modify(fd, token, interest, trigger);
  }
  void unwatch(int fd) override;

  // Wakes up ten times a second while operations are under way, to look for lost signals.
  Result<std::size_t> wait(std::span<PortEvent> events, std::chrono::milliseconds timeout) override;
  // Operations start at once.
  void flush() override {}

  [[nodiscard]] int native_handle() const noexcept override { return poller_.native_handle(); }
  // At most 1024; less where RLIMIT_NPROC or RLIMIT_NOFILE is low.
  [[nodiscard]] std::size_t capacity() const noexcept override { return capacity_; }

 private:
  struct Batch;

  // A socket, and who of its two descriptors is busy.
  struct Socket {
    Fd twin;  // a duplicate, from when the first two operations met
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
  // Ends that no operation's thread tells of, for the next wait.
  std::vector<std::pair<CompletionHandler*, Completion>> undelivered_;
  std::vector<Event> ready_;  // kept for its memory
};

}  // namespace hpserver
