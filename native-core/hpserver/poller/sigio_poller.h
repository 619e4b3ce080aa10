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
// terminal changes. It tells only which descriptor to look at, as the kernel's own ready list does
// inside of epoll; one poll(2) over those of a batch then tells what there is. So several signals
// of one descriptor merge, a FIN is told from bytes (which no signal does), and a late signal of a
// descriptor number that was closed or given out again costs a look and is no event.
//
// When the queue of signals overflows (RLIMIT_SIGPENDING), plain SIGIO comes and every descriptor
// is looked at: nothing is lost. Descriptors that send no signal (eventfd, signalfd, timerfd,
// epoll) are watched by an inner epoll, which also holds the signalfd: it is `native_handle`.
//
// Trigger: edge is its nature; level looks again in every wait; oneshot is a busy flag that drops
// what comes until `modify`. `add` and `modify` look once, since what is there already sends no
// signal, and neither does what this side does itself (shutdown(2)). `add`, `modify` and `remove`
// may be called from any thread while another waits, but `wait` only ever from one thread, and no
// other SigioPoller by the same. An open file has one owner: it can be in one SigioPoller only,
// duplicates included. See: fcntl(2), O_ASYNC and F_SETSIG; signal(7); signalfd(2).
class SigioPoller final : public Poller {
 public:
  // Blocks its signals in this thread, and so in all that it starts later.
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<SigioPoller> create();

  // Before the first `wait` it is not known whose signals: until then, this only keeps a list.
  // Errors: EBADF, EEXIST, ENOMEM, EPERM (a regular file).
  Result<void> add(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> remove(int fd) override;
  // What is ready beyond `events` comes with the next wait, in turn. Give room for more than
  // kMaxInnerBatch, since those without signals go first. Errors: those of poll(2), epoll_wait(2).
  Result<std::size_t> wait(std::span<Event> events, std::chrono::milliseconds timeout) override;
  [[nodiscard]] bool levels_are_free() const noexcept override { return false; }
  [[nodiscard]] int native_handle() const noexcept override { return inner_.native_handle(); }

  // How often the queue has overflown; often means that `ulimit -i` is too low. Any thread.
  [[nodiscard]] std::uint64_t overflow_count() const;

  static constexpr std::size_t kMaxInnerBatch = 64;

 private:
  struct Entry {
    Token token;
    Interest interest;
    Trigger trigger = Trigger::edge;
    bool sends_signals = false;
    bool silent = false;      // a oneshot that has reported
    bool to_look_at = false;  // stands in `to_look_at_`
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

  EpollPoller inner_;  // holds the two below, and what sends no signals
  Fd signal_fd_;
  EventFd doorbell_;  // edge-triggered, never read: rung when there is something to look at
  std::unique_ptr<std::mutex> mutex_;  // guards what follows; elsewhere, since it can't be moved
  FdTable<Entry> entries_;
  std::vector<int> to_look_at_;  // with those that were removed meanwhile
  std::vector<pollfd> polled_;   // kept for its memory
  bool rung_ = false;
  pid_t thread_id_ = 0;  // of the waiting thread; 0 before the first wait
  std::thread::id thread_;
  std::uint64_t overflow_count_ = 0;
};

}  // namespace hpserver
