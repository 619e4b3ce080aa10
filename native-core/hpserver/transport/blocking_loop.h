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

// Waits asleep in the call that it waits for: in accept(2) while it has no connection, in recv(2)
// or send(2) while it has one. It is woken there by nothing but the socket, so it sleeps in slices:
// what is watched (wake-ups, signals) and timers are dealt with in between, up to half a second
// late. Where there is no such call, as for a connection whose handler isn't done yet, it sleeps in
// poll(2) instead.
class BlockingLoop final : public EventLoop {
 public:
  // No call sleeps longer.
  static constexpr std::chrono::milliseconds kSlice{500};

  struct Options {
    // While a connection is open the next one waits in the backlog. Else connections are taken at
    // once and none is slept for: for those who give them away.
    bool one_at_a_time = true;
    // Who may accept, where loops share their listening sockets; null: all at once. Outlives them.
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

  // For BlockingTransport. The acceptor stays the caller's.
  void add(BlockingAcceptor& acceptor) { acceptors_.push_back(&acceptor); }
  void remove(BlockingAcceptor& acceptor);
  // A connection, whose calls sleep no longer than `slice`. The only one blocks; where there are
  // several, none does.
  void open(int fd, Token token, std::chrono::milliseconds slice);
  void close(int fd);
  // What the connection waits for. None: hang-ups alone.
  void await(int fd, Interest wanted);
  // Before a call that may sleep: has it end in time for the slice and the next timer.
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
    std::chrono::milliseconds receive_limit;  // as the socket has it; zero: not set yet
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
  std::vector<pollfd> polled_;  // kept for its memory
  std::vector<Event> events_;   // of this turn
  bool leading_ = false;
};

}  // namespace hpserver
