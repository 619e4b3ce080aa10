#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/connection/output_queue.h"
#include "hpserver/connection/workspace.h"
#include "hpserver/os/fd.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

class Connection;

// Takes over a connected, close-on-exec socket.
using OnAccept = std::function<void(Fd conn_fd)>;

// What happens to a listening socket when one of its listeners closes.
enum class Listening : std::uint8_t {
  ends,     // no client can connect any more; a UNIX socket's file is removed
  goes_on,  // another process has it too, and serves or closes it
};

// Accepts connections from a listening socket. For its loop's thread.
class Listener {
 public:
  virtual ~Listener() = default;

  // Accepts what is in the backlog, then closes the listening socket: closing first would reset
  // clients that believe they are connected.
  virtual void close(Listening after) = 0;

  // Asks for connections again, if the kernel may have reported them to a process that has ended.
  virtual void look_again() {}
};

// The part of the I/O unit that depends on the I/O model: how one loop's sockets are accepted, read
// and written. Its subclasses move bytes when a socket is ready (ReadinessTransport), have the
// kernel move them (CompletionTransport), or block until they have moved (BlockingTransport).
class Transport {
 public:
  virtual ~Transport() = default;

  // Calls `on_accept` for every connection. The loop's thread. Errors: those of EventLoop::watch;
  // EMFILE, ENFILE (the spare descriptor).
  virtual Result<std::unique_ptr<Listener>> listen(Fd listen_fd, OnAccept on_accept) = 0;

  // Connections will move between threads: from now on, a socket must report nothing between its
  // event and the next `await`. Call it before the first connection.
  virtual void serve_many_hands() {}

  // A connection opens and closes. The loop's thread. After `close` its descriptor is closed, or
  // will be once nothing is pending on it.
  virtual void open(Connection&) {}
  virtual void close(Connection& connection) = 0;

  // The loop's thread, after its last turn: waits until nothing is pending any more, and the kernel
  // has released what was closed. Connections and listeners are closed by then.
  virtual void finish() {}

  // The steps, called by the executor that has the duty. `receive` returns 0 for FIN, like recv(2).
  // Errors: EAGAIN (nothing has come; `await` reports when), those of recv(2).
  virtual Result<std::size_t> receive(Connection& connection, std::span<char> room) = 0;
  // Takes over as much of the connection's output as possible, at most about `budget_bytes`;
  // `sent_bytes` grows by the amount sent. Errors: those of OutputQueue::flush.
  virtual Result<Flush> flush(Connection& connection, Workspace& workspace,
                              std::uint64_t budget_bytes, std::uint64_t& sent_bytes) = 0;

  // Has Connection::on_ready called for the wanted events: readable while it can take input,
  // writable while output waits. Hang-ups are always reported. The loop's thread. False if the
  // connection can't go on.
  [[nodiscard]] virtual bool await(Connection& connection, Interest wanted) = 0;
};

}  // namespace hpserver
