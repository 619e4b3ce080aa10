#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hpserver/event/event_loop.h"
#include "hpserver/transport/accept_turns.h"

namespace hpserver {

class BlockingAcceptor;

// Sleeps in the very call that it waits for: in accept(2) without a connection, in recv(2) or
// send(2) with one. Only the socket wakes it there, so it sleeps in slices: other descriptors
// (wake-ups, signals) and timers are handled in between, up to half a second late. If there is no
// such call, as for a connection whose handler isn't finished, it sleeps in poll(2) instead.
class BlockingLoop final : public EventLoop {
 public:
  // No call sleeps longer than this.
  static constexpr std::chrono::milliseconds kSlice{500};

  struct Options {
    // While a connection is open, the next one waits in the backlog. If false, connections are
    // taken at once and the loop sleeps for none of them: for loops that hand them on.
    bool one_at_a_time = true;
    // Decides which loop may accept, if loops share their listening sockets; null: all at once.
    // Must outlive the loops.
    AcceptTurns* turns = nullptr;
  };

  // Errors: EMFILE, ENFILE, ENOMEM (the wake-up descriptor).
  static Result<std::unique_ptr<BlockingLoop>> create(const Options& options);
  ~BlockingLoop() override;

  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) override;
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) override;
  void unwatch(int fd) override;

  [[nodiscard]] int native_handle() const noexcept override { return -1; }
  [[nodiscard]] std::size_t capacity() const noexcept override { return SIZE_MAX; }

  // For BlockingTransport. The caller keeps the acceptor.
  void add(BlockingAcceptor& acceptor) { acceptors_.push_back(&acceptor); }
  void remove(BlockingAcceptor& acceptor);
  // Adds a connection, whose calls sleep no longer than `slice`. A single connection is blocking;
  // with several, none is.
  void open(int fd, Token token, std::chrono::milliseconds slice);
  void close(int fd);
  // What the connection waits for. None: only hang-ups.
  void await(int fd, Interest wanted);
  // Call it before a call that may sleep: makes that call end in time for the slice and the next
  // timer.
  void limit_receive(int fd);
  void limit_send(int fd);

 private:
  struct Watched {
    int fd;
    Token token;
    Interest interest;
  };
  struct Open {
    int fd;
    Token token;
    Interest wanted;
    bool blocking;
    std::chrono::milliseconds slice;
    std::chrono::milliseconds receive_limit;  // as set on the socket; zero: not set yet
    std::chrono::milliseconds send_limit;
  };

  BlockingLoop(Waker waker, const Options& options)
      : EventLoop(std::move(waker)), options_(options) {}

  Result<std::size_t> demultiplex(std::chrono::milliseconds timeout) override;
  void dispatch_batch() override;

  [[nodiscard]] bool accepts() const;
  [[nodiscard]] const Open* sleeper() const;
  [[nodiscard]] bool lead(std::chrono::milliseconds timeout);
  void follow();
  Result<std::size_t> look(std::chrono::milliseconds timeout, bool at_listeners);
  bool accept_from(BlockingAcceptor& acceptor, std::chrono::milliseconds timeout);
  [[nodiscard]] Open& find_open(int fd);
  [[nodiscard]] std::chrono::milliseconds limit_of(const Open& open);

  const Options options_;
  std::vector<Watched> watched_;
  std::vector<BlockingAcceptor*> acceptors_;
  std::vector<Open> open_;
  std::vector<pollfd> polled_;  // kept for its capacity
  std::vector<Event> events_;   // of this turn
  bool leading_ = false;
};

}  // namespace hpserver
