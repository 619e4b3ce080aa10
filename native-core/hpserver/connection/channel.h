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

// A connection in the hands of an executor: what a session may do with it. Lives on the
// executor's stack for the length of one call; never keep one.
class Channel {
 public:
  Channel(Connection& connection, Workspace& workspace)
      : connection_(connection), workspace_(workspace) {}

  // Queues a copy of `bytes`. Never fails visibly: at the block pool's limit the connection is
  // marked broken, drops what follows and is closed when the call returns.
  void write(std::string_view bytes);
  // Room for `size_bytes` (≤ kBlockBytes) contiguous bytes, to be filled and committed; never null.
  [[nodiscard]] char* reserve(std::size_t size_bytes);
  void commit(std::size_t size_bytes);
  // Queues bytes that `owner` keeps alive until they are sent; nothing is copied.
  void write_shared(std::shared_ptr<const void> owner, std::string_view bytes);
  // Queues a range of an open file; it never passes through user memory.
  void write_file(std::shared_ptr<const SharedFile> file, off_t offset, std::uint64_t length_bytes);

  // The peer has read so little that nothing more may be written for it: abort.
  [[nodiscard]] bool overfull() const noexcept;
  // Output waits for the peer to read: a session stops consuming until `on_drained`.
  [[nodiscard]] bool congested() const noexcept;

  // No further `on_input` until `resume_input`: the session waits for its own answer.
  void pause_input() noexcept;
  void resume_input() noexcept;

  // Others first: what the session leaves of its input comes again with the loop's next turn.
  void yield() noexcept;

  // After all queued output: FIN, and then a lingering close: what the peer still sends is dropped
  // until its own FIN or the linger time-out, so that the answer isn't lost to an RST.
  void close_after_output() noexcept;
  // The peer has promised to say nothing more, as by `Connection: close`: its FIN ends a lingering
  // close, and nothing is read before. One that breaks its word is read from as any other.
  void expect_nothing_more() noexcept;
  // Closes at once and drops queued output: the answer can't be completed honestly.
  void abort() noexcept;

  // From here on the connection is another session's, which lives as long as it: a conversation
  // that has agreed on another protocol, such as WebSocket. The present one ends when its call
  // returns; what it hasn't consumed is the first input of `next`. The last one of several calls
  // counts.
  void become(std::unique_ptr<Session> next) noexcept;

  // The loop's connections: where an answer that comes later goes on (ConnectionSet::resume).
  [[nodiscard]] ConnectionSet& connections() const noexcept;
  // The logic unit of the executor, which need not be the one that opened the session.
  [[nodiscard]] Service& service() const noexcept;
  // The identity under which ConnectionSet::resume finds this connection later.
  [[nodiscard]] Token token() const noexcept;
  // What all connections may buffer together; null: no limit.
  [[nodiscard]] MemoryBudget* memory_budget() const noexcept;
  // What the executor calls is noted here; see CallWatch.
  [[nodiscard]] CallMark& call_mark() const noexcept;
  // Who counts what the executor does; null: nobody.
  [[nodiscard]] Meter* meter() const noexcept;
  // The server is late: what would be begun now is better sent away. Only where it sheds.
  [[nodiscard]] bool is_late() const noexcept;
  // When the executor began its present piece of work.
  [[nodiscard]] Deadline now() const noexcept;
  [[nodiscard]] int fd() const noexcept;
  // Whose connection it is: who is at the socket's other end, or whom that one speaks for. The
  // first call may be a system call. Errors: ENOTCONN (already gone).
  [[nodiscard]] Result<Address> peer() const;

 private:
  Connection& connection_;
  Workspace& workspace_;
};

}  // namespace hpserver
