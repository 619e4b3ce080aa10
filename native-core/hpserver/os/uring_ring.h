#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "hpserver/base/result.h"
#include "hpserver/base/token.h"

struct io_uring;
struct io_uring_sqe;

namespace hpserver {

// What the kernel has put into the completion queue.
struct UringCompletion {
  Token tag;
  int result = 0;           // negative: -errno
  std::uint32_t flags = 0;  // IORING_CQE_F_…
};

// The two queues shared with the kernel: requests go in, completions come out, one system call per
// turn does both. Set up for one thread (SINGLE_ISSUER) whose completions are made while it waits
// (DEFER_TASKRUN): which thread that is, is decided by the first `wait` or `submit`, so that it may
// be created on another one. Needs Linux 6.1. Create it after dropping privileges: a ring keeps
// those of its creator. See: io_uring(7), io_uring_setup(2).
class UringRing {
 public:
  // Requests that wait for the next `wait`; beyond it they are handed over at once.
  static constexpr unsigned kSubmissions = 512;
  // Completions that wait for `take`; beyond it the kernel keeps them in memory of its own.
  static constexpr unsigned kCompletions = 4096;
  // On requests whose outcome nobody wants to hear of.
  static constexpr Token kNobody{};

  // explain_uring_error puts the errors into words. Errors: ENOSYS, EPERM, EMFILE, ENFILE, ENOMEM,
  // EINVAL (a kernel before Linux 6.1).
  static Result<UringRing> create();

  UringRing(UringRing&& other) noexcept;
  UringRing& operator=(UringRing&& other) noexcept;
  // Ends what is under way, in the background; a file stays open until then.
  ~UringRing();

  // A request to be filled in, and to be tagged last; it starts with the next `wait` or `submit`,
  // in order. What it points to must stay until it has started. Always succeeds: where the kernel
  // doesn't take more now, the request waits here.
  [[nodiscard]] io_uring_sqe& next_request();
  static void set_tag(io_uring_sqe& request, Token tag) noexcept;

  // Starts what was asked for, then blocks until `take` has something or `timeout` has passed
  // (negative: for ever, zero: a look). False: a time-out or a signal. Errors: ENOMEM, EAGAIN.
  Result<bool> wait(std::chrono::milliseconds timeout);
  // Starts what was asked for, without waiting; one system call, or none if there is nothing.
  void submit();
  // Moves the oldest completion out of its queue; false if there is none.
  bool take(UringCompletion& completion) noexcept;

  // Readable while `wait` would find something: for a foreign loop; -1 where no descriptor is left.
  // The ring's own would not do, since what is made while it waits (DEFER_TASKRUN) wakes nobody who
  // sleeps elsewhere; the kernel rings a bell instead, once that was asked for. It rings for what a
  // `wait` takes by itself, too: one look more.
  [[nodiscard]] int bell_fd() const noexcept;
  // After the last `take` of a turn: rings the bell if another `wait` would find something. The
  // kernel does so much of its work per `wait` (20 connections' worth, since Linux 6.13), and
  // rings only for the first of it.
  void remind() noexcept;
  // IORING_FEAT_…
  [[nodiscard]] bool has_feature(std::uint32_t feature) const noexcept;
  // True on the thread that waits on it.
  [[nodiscard]] bool is_mine() const noexcept;

  [[nodiscard]] io_uring& native() noexcept;

 private:
  struct State;

  explicit UringRing(std::unique_ptr<State> state) noexcept;

  void enable();
  int hand_over_spilled();

  std::unique_ptr<State> state_;
};

// "cannot use io_uring: io_uring_setup: Operation not permitted (EPERM): the sysctl …": what was
// wrong, and what to do next. Reads /proc.
[[nodiscard]] std::string explain_uring_error(const Error& error);

}  // namespace hpserver
