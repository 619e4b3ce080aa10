#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/connection/segment.h"
#include "hpserver/socket/address.h"

namespace hpserver {

class CallMark;
class Connection;
class ConnectionSet;
class MemoryBudget;
class Meter;
class Service;
class Session;
struct Workspace;

// What a session may do with its connection. Lives on the executor's stack for one call, so never
// keep one.
class Channel {
 public:
  Channel(Connection& connection, Workspace& workspace)
      : connection_(connection), workspace_(workspace) {}

  // Queues a copy of `bytes`. Reports no failure: at the block pool's limit the connection is
  // marked broken, drops what follows and is closed when the call returns.
  void write(std::string_view bytes);
  // Returns room for `size_bytes` (≤ kBlockBytes) contiguous bytes, to be filled and committed;
  // never null.
  [[nodiscard]] char* reserve(std::size_t size_bytes);
  void commit(std::size_t size_bytes);
  // Queues bytes that `owner` keeps alive until they are sent; copies nothing.
  void write_shared(std::shared_ptr<const void> owner, std::string_view bytes);
  // Queues a range of an open file, which is never copied to user memory.
  void write_file(std::shared_ptr<const SharedFile> file, off_t offset, std::uint64_t length_bytes);

  // The peer reads so slowly that the limit of unsent output is reached: call `abort`.
  [[nodiscard]] bool overfull() const noexcept;
  // Output is waiting for the peer to read: a session must stop consuming until `on_drained`.
  [[nodiscard]] bool congested() const noexcept;

  // Stops `on_input` until `resume_input`, while the session waits for its own answer.
  void pause_input() noexcept;
  void resume_input() noexcept;

  // Lets other connections go first: the session gets its unconsumed input again in the loop's next
  // turn.
  void yield() noexcept;

  // Closes after all queued output: sends FIN, then lingers, that is, drops whatever the peer still
  // sends until its FIN or the linger timeout, so an RST can't destroy the answer.
  void close_after_output() noexcept;
  // The peer has promised to send nothing more, for example by `Connection: close`. So a lingering
  // close waits only for the peer's FIN, and reads nothing before. If the peer breaks its promise,
  // its bytes are read as usual.
  void expect_nothing_more() noexcept;
  // Closes at once and drops queued output, for an answer that can't be completed correctly.
  void abort() noexcept;

  // Hands the connection to another session, which then lives as long as the connection: for a
  // conversation that has agreed on another protocol, such as WebSocket. The current session ends
  // when its call returns; `next` gets the input that it hasn't consumed. If called several times,
  // the last call counts.
  void become(std::unique_ptr<Session> next) noexcept;

  // The loop's connections, through which a later answer continues (ConnectionSet::resume).
  [[nodiscard]] ConnectionSet& connections() const noexcept;
  // The logic unit of the executor, perhaps not the one that opened the session.
  [[nodiscard]] Service& service() const noexcept;
  // Identifies this connection for a later ConnectionSet::resume.
  [[nodiscard]] Token token() const noexcept;
  // Limits what all connections may buffer together; null: no limit.
  [[nodiscard]] MemoryBudget* memory_budget() const noexcept;
  // Records the executor's calls; see CallWatch.
  [[nodiscard]] CallMark& call_mark() const noexcept;
  // Counts what the executor does; null: no counting.
  [[nodiscard]] Meter* meter() const noexcept;
  // The server is overloaded, so new work should be refused. Never true if the server doesn't shed
  // load.
  [[nodiscard]] bool is_late() const noexcept;
  // When the executor began its current piece of work.
  [[nodiscard]] Deadline now() const noexcept;
  [[nodiscard]] int fd() const noexcept;
  // Returns the client's address: that of the socket's other end, or the one that a proxy speaks
  // for. The first call may be a system call. Errors: ENOTCONN (already closed).
  [[nodiscard]] Result<Address> peer() const;

 private:
  Connection& connection_;
  Workspace& workspace_;
};

}  // namespace hpserver
