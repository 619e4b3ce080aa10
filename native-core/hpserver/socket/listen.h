#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// How to listen. Everything is set before listen(2), so accepted sockets inherit it.
struct ListenOptions {
  // How many connections may wait for accept; the kernel caps this at net.core.somaxconn.
  int backlog = 4096;
  bool nonblocking = true;
  // Lets several sockets share one port; the kernel spreads connections over them.
  bool reuse_port = false;
  // If true, "[::]" accepts only IPv6; otherwise it accepts IPv4 clients too, as ::ffff:a.b.c.d.
  bool ipv6_only = false;
  // Sends small responses without delay (TCP_NODELAY). Setting it here is free; setting it on each
  // connection costs a call.
  bool no_delay = true;
  bool keep_alive = false;
  // accept returns only once the client has sent something, or after about this long; zero: at
  // once.
  std::chrono::seconds defer_accept{0};
  // Pending requests that came with the first packet (TCP Fast Open); 0 turns it off.
  int fast_open_queue = 0;
  // Fixed socket buffers in bytes; 0 keeps the kernel's autotuning, which is usually better. Use
  // less than 64 KiB only in tests.
  int send_buffer_bytes = 0;
  int receive_buffer_bytes = 0;
  // Permissions of a UNIX path, as for chmod(2), minus the umask.
  mode_t unix_mode = 0777;
};

// Opens, binds and listens. Removes a UNIX path left behind by a dead server, but only if it is a
// socket that nothing listens on. Doesn't block. Errors: EADDRINUSE, EADDRNOTAVAIL, EACCES, EMFILE,
// EAFNOSUPPORT; explain_listen_error puts them into words. See: listen(2).
Result<Fd> listen_on(const Address& address, const ListenOptions& options = {});

// Checks that a socket is listening. Errors: EINVAL (it isn't), ENOTSOCK. See: socket(7),
// SO_ACCEPTCONN.
Result<void> check_listening(int fd);

// "cannot listen on 127.0.0.1:80: Permission denied (EACCES): ports below 1024 need …": what was
// wrong, and what to do next.
[[nodiscard]] std::string explain_listen_error(const Error& error, const Address& address);

// Removes the file of a listening UNIX socket, which would outlive the socket and look like a dead
// server's. Keeps the file if it was left to another process; does nothing for other families.
void remove_socket_file(int listen_fd);

// Makes `owner` responsible for removing the file of a listening UNIX socket, no matter who else
// has the socket open. The last call wins, unless the file is a service supervisor's. Does nothing
// for other sockets.
void leave_socket_file_to(pid_t owner, int listen_fd);
// Leaves the file to the service supervisor that created it, for the next server: none of our
// processes removes it.
void leave_socket_file_to_supervisor(int listen_fd);

// Returns a warning for the log if the kernel would silently cap the backlog.
[[nodiscard]] std::optional<std::string> backlog_warning(int backlog);

// A connection and its peer's address; the peer may have disconnected already.
struct Accepted {
  Fd fd;
  Address peer;
};

// Accepts one waiting connection, non-blocking and close-on-exec. Call it in a bounded loop until
// EAGAIN. Errors: see accept_outcome. See: accept4(2).
Result<Accepted> accept_one(int listen_fd);

// What to do after accept_one has failed.
enum class AcceptOutcome : std::uint8_t {
  would_block,  // no connection is waiting: stop
  retry,        // the connection was closed before it was accepted: take the next
  exhausted,  // no descriptor or memory: shed load, then back off; the connection is still waiting
  fatal,      // the listening socket is unusable
};

[[nodiscard]] AcceptOutcome accept_outcome(const Error& error) noexcept;

}  // namespace hpserver
