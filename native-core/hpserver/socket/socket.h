#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

enum class Blocking : std::uint8_t { no, yes };

// Opens a stream or datagram socket of this family, close-on-exec.
// Errors: EMFILE, ENFILE, ENOBUFS, EAFNOSUPPORT. See: socket(2).
Result<Fd> stream_socket(sa_family_t family, Blocking blocking = Blocking::no);
Result<Fd> datagram_socket(sa_family_t family, Blocking blocking = Blocking::no);

// Binds the socket; port 0 becomes a free one, see Address::local_of.
// Errors: EADDRINUSE, EADDRNOTAVAIL, EACCES. See: bind(2).
Result<void> bind_to(int fd, const Address& address);

// Connects and waits, up to `timeout` (zero: as long as the kernel tries). Returns a blocking
// socket without timeouts. Blocks. Errors: ECONNREFUSED, ETIMEDOUT, ENETUNREACH, EAGAIN (a UNIX
// socket whose backlog is full). See: connect(2).
Result<Fd> connect_and_wait(const Address& address, std::chrono::milliseconds timeout);

// Starts connecting a non-blocking socket; once it is writable, take_error returns the result.
// Errors: those of connect_and_wait that are known at once.
Result<Fd> start_connect(const Address& address);

// Returns the socket's pending error, if any, and clears it. `operation` is the call that it
// belongs to. See: socket(7), SO_ERROR.
Result<void> take_error(int fd, const char* operation);

// Whether the peer has shut down its side (FIN) or reset the connection, even if there is still
// input to read. See: poll(2), POLLRDHUP.
[[nodiscard]] bool peer_has_closed(int fd);

enum class Direction : std::uint8_t { read, write, both };

// Shuts down one direction, for every duplicate of the socket; `write` sends FIN after all pending
// bytes. Errors: ENOTCONN. See: shutdown(2).
Result<void> shut_down(int fd, Direction direction);

// How to receive. See: recv(2).
struct RecvFlags {
  bool peek : 1 = false;         // MSG_PEEK: leaves the bytes in the queue
  bool dont_wait : 1 = false;    // MSG_DONTWAIT: non-blocking, for this call
  bool wait_all : 1 = false;     // MSG_WAITALL: block until the buffer is full
  bool out_of_band : 1 = false;  // MSG_OOB: the urgent byte; EINVAL if there is none
  bool truncate : 1 = false;     // MSG_TRUNC: a datagram's whole length; a TCP stream is skipped
  bool error_queue : 1 = false;  // MSG_ERRQUEUE: the datagram that provoked an error
};

// How to send. MSG_NOSIGNAL is always set: a closed connection gives EPIPE, never a signal. See:
// send(2).
struct SendFlags {
  bool more : 1 = false;         // MSG_MORE: sends no partial packet until the rest follows
  bool dont_wait : 1 = false;    // MSG_DONTWAIT
  bool out_of_band : 1 = false;  // MSG_OOB: the last byte is urgent
  bool dont_route : 1 = false;   // MSG_DONTROUTE: only to hosts on the same link
};

[[nodiscard]] int to_native(RecvFlags flags) noexcept;
[[nodiscard]] int to_native(SendFlags flags) noexcept;

// Receives into `buffer` and returns the number of bytes; 0 at the end of the stream. Blocks only
// if the socket does. Errors: EAGAIN, ECONNRESET, ETIMEDOUT, EINVAL (no urgent byte).
Result<std::size_t> receive(int fd, std::span<char> buffer, RecvFlags flags = {});

// Sends and returns how many bytes the kernel took, perhaps not all. Blocks only if the socket
// does. Errors: EAGAIN, EPIPE, ECONNRESET.
Result<std::size_t> send(int fd, std::string_view bytes, SendFlags flags = {});

struct Datagram {
  std::size_t size_bytes = 0;
  Address sender;
};

// Receives one datagram and its sender; whatever doesn't fit into `buffer` is lost. Errors: EAGAIN,
// ECONNREFUSED.
Result<Datagram> receive_from(int fd, std::span<char> buffer, RecvFlags flags = {});

// Sends one datagram. Errors: EAGAIN, EMSGSIZE, ECONNREFUSED (an earlier one was refused).
Result<std::size_t> send_to(int fd, std::string_view bytes, const Address& receiver,
                            SendFlags flags = {});

// True if the next byte to read is at the urgent mark. Errors: ENOTTY. See: sockatmark(3).
[[nodiscard]] Result<bool> at_mark(int fd);

}  // namespace hpserver
