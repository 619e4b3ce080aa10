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

// One entry of the completion queue.
struct UringCompletion {
  Token tag;
  int result = 0;           // negative: -errno
  std::uint32_t flags = 0;  // IORING_CQE_F_…
};

// The two queues shared with the kernel: requests go in, completions come out, and one system call
// per turn does both. Set up for one thread (SINGLE_ISSUER) whose completions are generated while
// it waits (DEFER_TASKRUN). The first `wait` or `submit` decides which thread that is, so another
// thread may create the ring. Needs Linux 6.1. Create it after dropping privileges: a ring keeps
// the privileges of its creator. See: io_uring(7), io_uring_setup(2).
class UringRing {
 public:
  // Requests queued for the next `wait`; further ones are submitted at once.
  static constexpr unsigned kSubmissions = 512;
  // Completions queued for `take`; further ones stay in the kernel's own memory.
  static constexpr unsigned kCompletions = 4096;
  // Tags a request whose result doesn't matter.
  static constexpr Token kNobody{};

  // explain_uring_error puts these into words. Errors: ENOSYS, EPERM, EMFILE, ENFILE, ENOMEM,
  // EINVAL (a kernel before Linux 6.1).
  static Result<UringRing> create();

  UringRing(UringRing&& other) noexcept;
  UringRing& operator=(UringRing&& other) noexcept;
  // Cancels pending requests in the background; a file stays open until that is done.
  ~UringRing();

  // Returns a request to fill in and then tag; it starts with the next `wait` or `submit`, in
  // order. Whatever the request points to must stay valid until the request has started. Always
  // succeeds: if the kernel can't take more now, the request is queued here.
  [[nodiscard]] io_uring_sqe& next_request();
  static void set_tag(io_uring_sqe& request, Token tag) noexcept;

  // Starts the queued requests, then blocks until `take` has something or `timeout` has passed
  // (negative: infinite, zero: only checks). Returns false on a timeout or a signal. Errors:
  // ENOMEM, EAGAIN.
  Result<bool> wait(std::chrono::milliseconds timeout);
  // Starts the queued requests without waiting; one system call, or none if the queue is empty.
  void submit();
  // Moves the oldest completion out of its queue; false if there is none.
  bool take(UringCompletion& completion) noexcept;

  // A descriptor for a foreign loop: readable while `wait` would find something; -1 if no
  // descriptor is left. The ring's own descriptor doesn't work for this: completions generated in
  // `wait` (DEFER_TASKRUN) can't wake a thread that sleeps elsewhere. So the first call registers a
  // bell, an eventfd that the kernel rings from then on, even for completions that `wait` itself
  // takes; that costs one needless check.
  [[nodiscard]] int bell_fd() const noexcept;
  // Call it after the last `take` of a turn: rings the bell if another `wait` would find something.
  // The kernel does only so much work per `wait` (20 connections' worth, since Linux 6.13), and
  // rings only once for all of it.
  void remind() noexcept;
  // IORING_FEAT_…
  [[nodiscard]] bool has_feature(std::uint32_t feature) const noexcept;
  // True on the thread that waits on the ring.
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
