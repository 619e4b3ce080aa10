#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Where a filter puts the bytes that are to travel to the peer; for the length of one call.
class SealedOutput {
 public:
  virtual ~SealedOutput() = default;

  // Room for `size_bytes` (≤ kBlockBytes) contiguous bytes, to be filled and committed. Null where
  // the memory limits say so: the filter answers ENOBUFS, and its connection is closed.
  [[nodiscard]] virtual char* reserve(std::size_t size_bytes) = 0;
  virtual void commit(std::size_t size_bytes) = 0;
};

// What a filter has made of bytes that have arrived.
struct Opened {
  std::size_t taken_bytes = 0;   // of those that have arrived
  std::size_t opened_bytes = 0;  // put into the room
  bool ended = false;            // the peer has said in order that no more follows
};

// What stands between the bytes of a connection as they travel and those that its session sees,
// such as TLS. It moves no bytes itself: the same filter serves readiness, completion and blocking
// calls. One per connection (Service::make_filter); called by one executor at a time, which need
// not be the same thread every time. After an error it is not called again, and the connection is
// closed without a further word.
class StreamFilter {
 public:
  virtual ~StreamFilter() = default;

  // Nothing can be sealed yet: the deadline is that of Phase::handshake, and whoever is to be sent
  // away is so without a word.
  [[nodiscard]] virtual bool is_handshaking() const noexcept = 0;

  // `arrived` are the bytes that follow those taken so far, and may be none. Puts what they mean to
  // the session into `room`, and what the peer is to hear in return into `out`. Takes them all,
  // unless `room` is full: then it is called again, with what it has left. Errors: EPROTO (they
  // mean nothing), ENOBUFS.
  virtual Result<Opened> open(std::string_view arrived, std::span<char> room,
                              SealedOutput& out) = 0;

  // FIN has come. Errors: ECONNABORTED, where it cuts something off.
  virtual Result<void> end_of_arrivals() = 0;

  // Bytes of the session's, all of them. Not called while it `is_handshaking`. Errors: ENOBUFS.
  virtual Result<void> seal(std::string_view plain, SealedOutput& out) = 0;

  // Once, after all else: what goes before our FIN. Errors: ENOBUFS.
  virtual Result<void> close(SealedOutput& out) = 0;

  // From here on bytes travel as they are, both ways: nobody needs it any more.
  [[nodiscard]] virtual bool is_over() const noexcept { return false; }
  // Once it is over: whose connection it is, where that is not who is at the socket's other end.
  [[nodiscard]] virtual const Address* peer() const noexcept { return nullptr; }
  // The deadline of its handshake has passed: its connection is closed next.
  virtual void on_timeout() {}
};

}  // namespace hpserver
