#pragma once

#include <poll.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/fd_table.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// Readiness by signals: the kernel sends one to the waiting thread whenever a socket, pipe or
// terminal changes. A signal only says which descriptor to check, like the ready list inside epoll;
// one poll(2) over a batch of them then tells what is ready. So several signals of one descriptor
// merge, a FIN is told apart from bytes (no signal does that), and a late signal for a closed or
// reused descriptor number costs one check and produces no event.
//
// If the signal queue overflows (RLIMIT_SIGPENDING), a plain SIGIO arrives and every descriptor is
// checked: nothing is lost. Descriptors that send no signal (eventfd, signalfd, timerfd, epoll) are
// watched by an inner epoll, which also holds the signalfd: it is `native_handle`.
//
// Trigger: edge is native; level checks again in every wait; oneshot is a busy flag that drops
// events until `modify`. `add` and `modify` check once, since a descriptor that is ready already
// sends no signal, and neither does this side's own shutdown(2). Any thread may call `add`,
// `modify` and `remove` while another waits, but `wait` must always be called by the same thread,
// which may serve no other SigioPoller. An open file has one owner, so the file, with all its
// duplicates, can be in only one SigioPoller. See: fcntl(2), O_ASYNC and F_SETSIG; signal(7);
// signalfd(2).
class SigioPoller final : public Poller {
 public:
  // Blocks its signals in this thread, and so in all threads that it starts later.
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<SigioPoller> create();

  // Until the first `wait`, it isn't known which thread gets the signals, so `add` only keeps a
  // list. Errors: EBADF, EEXIST, ENOMEM, EPERM (a regular file).
  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // If more descriptors are ready than fit into `events`, the next waits report the others, in
  // turn. Give room for more than kMaxInnerBatch, since descriptors without signals come first.
  // Errors: those of poll(2), epoll_wait(2).
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] bool levels_are_free() const noexcept override { return false; }
  [[nodiscard]] int native_handle() const noexcept override { return inner_.native_handle(); }

  // How many times the queue has overflowed; if many, `ulimit -i` is too low. Any thread.
  [[nodiscard]] std::uint64_t overflow_count() const;

  static constexpr std::size_t kMaxInnerBatch = 64;

 private:
  struct Entry {
    Token token;
    Interest interest;
    Trigger trigger = Trigger::edge;
    bool sends_signals = false;
    bool silent = false;      // a oneshot that has reported
    bool to_look_at = false;  // it is in `to_look_at_`
  };

  SigioPoller(EpollPoller inner, Fd signal_fd, EventFd doorbell);

  Result<void> take_thread();
  Result<bool> arm(int fd) const;
  Result<void> watch_beside(int fd, Entry& entry);
  void look_at(int fd, Entry& entry);
  void look_at_all();
  void ring_if_needed();
  Result<std::size_t> take_own(std::span<Event> events);
  Result<void> take_signals();
  Result<std::size_t> look(std::span<Event> events);
  Event report(int fd, Ready ready);

  EpollPoller inner_;  // holds the two below, and descriptors that send no signals
  Fd signal_fd_;
  EventFd doorbell_;                   // edge-triggered, never read: rung to interrupt a wait
  std::unique_ptr<std::mutex> mutex_;  // guards what follows; on the heap: a mutex can't be moved
  FdTable<Entry> entries_;
  std::vector<int> to_look_at_;  // may include descriptors removed meanwhile
  std::vector<pollfd> polled_;   // kept for its capacity
  bool rung_ = false;
  pid_t thread_id_ = 0;  // of the waiting thread; 0 before the first wait
  std::thread::id thread_;
  std::uint64_t overflow_count_ = 0;
};

}  // namespace hpserver
