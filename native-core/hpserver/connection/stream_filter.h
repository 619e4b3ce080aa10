#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Where a filter writes bytes for the peer; valid for one call.
class SealedOutput {
 public:
  virtual ~SealedOutput() = default;

  // Returns room for `size_bytes` (≤ kBlockBytes) contiguous bytes, to be filled and committed.
  // Null at the memory limits: the filter returns ENOBUFS, and its connection is closed.
  [[nodiscard]] virtual char* reserve(std::size_t size_bytes) = 0;
  virtual void commit(std::size_t size_bytes) = 0;
};

// What a filter did with arrived bytes.
struct Opened {
  std::size_t taken_bytes = 0;   // how many of the arrived bytes it took
  std::size_t opened_bytes = 0;  // how many it put into the room
  bool ended = false;            // the peer has properly announced the end
};

// Converts between the bytes on the wire and the bytes that the session sees, as TLS does. It moves
// no bytes itself, so the same filter works with readiness, completion and blocking calls. One per
// connection (Service::make_filter); called by one executor at a time, not always on the same
// thread. After an error it isn't called again, and the connection is closed with nothing more
// sent.
class StreamFilter {
 public:
  virtual ~StreamFilter() = default;

  // Nothing can be sealed yet: the deadline is that of Phase::handshake, and a refused client gets
  // no reply.
  [[nodiscard]] virtual bool is_handshaking() const noexcept = 0;

  // `arrived` are the bytes after those taken so far, perhaps none. Puts what the session must see
  // into `room`, and what the peer must get in return into `out`. Takes all bytes unless `room` is
  // full; then `open` is called again with the remaining bytes. Errors: EPROTO (invalid), ENOBUFS.
  virtual Result<Opened> open(std::string_view arrived, std::span<char> room,
                              SealedOutput& out) = 0;

  // The peer's FIN has arrived. Errors: ECONNABORTED, if it cuts something off.
  virtual Result<void> end_of_arrivals() = 0;

  // Seals all bytes of the session. Not called while it `is_handshaking`. Errors: ENOBUFS.
  virtual Result<void> seal(std::string_view plain, SealedOutput& out) = 0;

  // Called once, at the end: writes what must precede our FIN. Errors: ENOBUFS.
  virtual Result<void> close(SealedOutput& out) = 0;

  // From now on, bytes pass unchanged in both directions, and the filter is no longer needed.
  [[nodiscard]] virtual bool is_over() const noexcept { return false; }
  // Once the filter is over: the client's address, if it isn't that of the socket's other end.
  [[nodiscard]] virtual const Address* peer() const noexcept { return nullptr; }
  // The deadline of its handshake has passed; its connection is closed next.
  virtual void on_timeout() {}
};

}  // namespace hpserver
