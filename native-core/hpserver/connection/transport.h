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

// What becomes of a listening socket when one of its listeners ends.
enum class Listening : std::uint8_t {
  ends,     // nobody can connect any more; a UNIX socket's file is removed
  goes_on,  // another process has it too, and serves it, or ends it
};

// A listening socket that connections are being taken from. For its loop's thread.
class Listener {
 public:
  virtual ~Listener() = default;

  // Accepts what the backlog holds, then closes the listening socket: closing first would reset
  // clients that believe they are connected.
  virtual void close(Listening after) = 0;

  // Asks for connections anew, where the kernel may have told somebody of them who is gone.
  virtual void look_again() {}
};

// The part of the I/O unit that depends on the I/O model: how one loop's sockets are accepted from,
// read and written. Its leaves move bytes when a socket is ready (ReadinessTransport), have the
// kernel move them (CompletionTransport), or sleep until they have moved (BlockingTransport).
class Transport {
 public:
  virtual ~Transport() = default;

  // Calls `on_accept` for every connection. The loop's thread. Errors: those of EventLoop::watch;
  // EMFILE, ENFILE (the spare descriptor).
  virtual Result<std::unique_ptr<Listener>> listen(Fd listen_fd, OnAccept on_accept) = 0;

  // Connections will change hands between threads: from now on a socket must be silent from its
  // event until it is awaited again. Before the first connection.
  virtual void serve_many_hands() {}

  // A connection begins and ends. The loop's thread. After `close` its descriptor is gone, or will
  // be once nothing is under way on it.
  virtual void open(Connection&) {}
  virtual void close(Connection& connection) = 0;

  // The loop's thread, after its last turn: waits until nothing is under way any more, and the
  // kernel has let go of what was closed. Connections and listeners have ended by then.
  virtual void finish() {}

  // The steps, called by whoever has the duty. As recv(2): 0 is FIN. Errors: EAGAIN (nothing has
  // come; `await` tells when), those of recv(2).
  virtual Result<std::size_t> receive(Connection& connection, std::span<char> room) = 0;
  // Takes over as much of the connection's output as possible, at most about `budget_bytes`;
  // `sent_bytes` grows by what went. Errors: those of OutputQueue::flush.
  virtual Result<Flush> flush(Connection& connection, Workspace& workspace,
                              std::uint64_t budget_bytes, std::uint64_t& sent_bytes) = 0;

  // Has Connection::on_ready called when what it waits for has come: readable while it can take
  // input, writable while output waits; for hang-ups always. The loop's thread. False when the
  // connection can't go on.
  [[nodiscard]] virtual bool await(Connection& connection, Interest wanted) = 0;
};

}  // namespace hpserver
