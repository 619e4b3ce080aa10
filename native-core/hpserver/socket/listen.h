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

// How to listen. All of it is set before listen(2), so that accepted sockets inherit it.
struct ListenOptions {
  // Connections that wait for accept; the kernel cuts it to net.core.somaxconn.
  int backlog = 4096;
  bool nonblocking = true;
  // Several sockets share one port, and the kernel spreads connections over them.
  bool reuse_port = false;
  // "[::]" takes IPv6 alone; else IPv4 clients come too, as ::ffff:a.b.c.d.
  bool ipv6_only = false;
  // Small responses aren't held back for more (TCP_NODELAY). Costs nothing here, a call per
  // connection there.
  bool no_delay = true;
  bool keep_alive = false;
  // accept only once the client has sent something, or after about this long; zero: at once.
  std::chrono::seconds defer_accept{0};
  // Requests that may come with the first packet (TCP Fast Open); 0: none.
  int fast_open_queue = 0;
  // Fixed socket buffers in bytes; 0 leaves them to the kernel's own tuning, which is better for
  // most. Below 64 KiB is for tests.
  int send_buffer_bytes = 0;
  int receive_buffer_bytes = 0;
  // Who may connect to a UNIX path, as chmod(2) has it, less the umask.
  mode_t unix_mode = 0777;
};

// Opens, names and listens. A UNIX path that a dead server left behind is removed, but only if it
// is a socket that nobody listens on. Doesn't block. Errors: EADDRINUSE, EADDRNOTAVAIL, EACCES,
// EMFILE, EAFNOSUPPORT; explain_listen_error puts them into words. See: listen(2).
Result<Fd> listen_on(const Address& address, const ListenOptions& options = {});

// Whether a socket listens. Errors: EINVAL (it doesn't), ENOTSOCK. See: socket(7), SO_ACCEPTCONN.
Result<void> check_listening(int fd);

// "cannot listen on 127.0.0.1:80: Permission denied (EACCES): ports below 1024 need …": what was
// wrong, and what to do next.
[[nodiscard]] std::string explain_listen_error(const Error& error, const Address& address);

// Removes the file that a listening UNIX socket has left: it would outlive the socket, and look
// like a dead server's. Not one that another process has been given; harmless for other families.
void remove_socket_file(int listen_fd);

// Leaves the file of a listening UNIX socket to that process, whoever else has the socket open; the
// last word counts, but against a service supervisor's. Nothing happens to other sockets.
void leave_socket_file_to(pid_t owner, int listen_fd);
// To the service supervisor that has made it, for the next server: no process of ours removes it.
void leave_socket_file_to_supervisor(int listen_fd);

// A warning for the log where the kernel would cut the backlog silently.
[[nodiscard]] std::optional<std::string> backlog_warning(int backlog);

// A connection and who is at the other end, which may be gone again already.
struct Accepted {
  Fd fd;
  Address peer;
};

// Takes one waiting connection, non-blocking and close-on-exec from birth. Call it in a bounded
// loop until EAGAIN. Errors: see accept_outcome. See: accept4(2).
Result<Accepted> accept_one(int listen_fd);

// What to do after accept_one has failed.
enum class AcceptOutcome : std::uint8_t {
  would_block,  // none is waiting: done
  retry,        // this one was gone before it was taken: take the next
  exhausted,    // no descriptor or memory: shed load, then back off; the connection still waits
  fatal,        // the listening socket is unusable
};

[[nodiscard]] AcceptOutcome accept_outcome(const Error& error) noexcept;

}  // namespace hpserver
