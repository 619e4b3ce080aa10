#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/connection/input_buffer.h"
#include "hpserver/connection/output_queue.h"
#include "hpserver/connection/stream_filter.h"
#include "hpserver/connection/workspace.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// The bytes of one connection on their way through its filter: arrived bytes to be opened, and
// sealed bytes to be sent. Holds no memory while there are none. For one executor at a time; must
// be cleared before it is destroyed.
class FilteredStream {
 public:
  // `next` replaces `filter` when `filter` is over; null: no filter does.
  explicit FilteredStream(std::unique_ptr<StreamFilter> filter,
                          std::unique_ptr<StreamFilter> next = nullptr)
      : filter_(std::move(filter)), next_(std::move(next)) {}

  [[nodiscard]] bool is_handshaking() const noexcept { return filter_->is_handshaking(); }
  // Nothing is on its way, and no filter is needed any more.
  [[nodiscard]] bool is_over() const noexcept {
    return filter_->is_over() && !holds_more_ && rest_.empty();
  }
  // Returns the client's address once a filter has found it; null if that is the socket's own, or
  // was already taken.
  [[nodiscard]] std::unique_ptr<Address> take_peer() noexcept { return std::move(peer_); }
  void on_timeout() { filter_->on_timeout(); }
  // What the transport sends.
  [[nodiscard]] OutputQueue& sealed() noexcept { return sealed_; }
  [[nodiscard]] const OutputQueue& sealed() const noexcept { return sealed_; }
  // There is more to process without reading the socket: the last room was too small, or the peer
  // has ended properly.
  [[nodiscard]] bool holds_more() const noexcept { return holds_more_ || ended_; }

  // Opens what was left or has arrived, and returns how many bytes of `room` the session may read.
  // 0: no more will follow. Errors: EAGAIN (nothing yet); those of StreamFilter::open; ENOBUFS (the
  // block pool).
  Result<std::size_t> open_rest(Workspace& workspace, std::span<char> room);
  Result<std::size_t> open(Workspace& workspace, std::string_view arrived, std::span<char> room);
  Result<void> end_of_arrivals() { return filter_->end_of_arrivals(); }

  // Seals a piece of `plain`, unless sealed bytes are already waiting. Reads files, which may block
  // on a slow disk. `shrunk`: a file is shorter than announced. Errors: those of
  // StreamFilter::seal; ENOTCONN (it is handshaking); those of read_at.
  Result<Flush> seal(Workspace& workspace, OutputQueue& plain);

  // Seals the last bytes; only the first call does anything. Errors: those of StreamFilter::close.
  Result<void> close(Workspace& workspace);

  void clear(Workspace& workspace);

 private:
  [[nodiscard]] Result<std::size_t> begin_next(Workspace& workspace, std::string_view plain,
                                               std::span<char> room);

  std::unique_ptr<StreamFilter> filter_;
  std::unique_ptr<StreamFilter> next_;
  std::unique_ptr<Address> peer_;
  InputBuffer rest_;  // arrived, not processed yet
  OutputQueue sealed_;
  bool told_ = false;  // the client's address was taken
  bool holds_more_ = false;
  bool ended_ = false;
  bool closed_ = false;
};

}  // namespace hpserver
