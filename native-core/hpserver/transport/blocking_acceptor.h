#pragma once

#include <chrono>
#include <memory>

#include "hpserver/base/clock.h"
#include "hpserver/connection/transport.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/spare_descriptor.h"
#include "hpserver/transport/blocking_loop.h"

namespace hpserver {

// Accepts connections from one blocking listening socket by sleeping in accept4(2). If the process
// is out of descriptors, uses a spare one to shed a connection, and pauses, so the loop doesn't
// spin and the client doesn't hang. For the loop's thread.
class BlockingAcceptor final : public Listener {
 public:
  // Makes the socket blocking. Errors: EMFILE, ENFILE (the spare descriptor).
  static Result<std::unique_ptr<BlockingAcceptor>> create(BlockingLoop& loop, Fd listen_fd,
                                                          OnAccept on_accept);
  ~BlockingAcceptor() override;

  // Sleeps until a connection has come, for at most `limit`. True: there is one for `hand_on`.
  bool accept_within(std::chrono::milliseconds limit);
  // Hands on the accepted connection, if there is one.
  void hand_on();
  // Out of descriptors: don't accept for now.
  [[nodiscard]] bool rests() const { return Clock::now() < rest_end_; }

  void close(Listening after) override;

  [[nodiscard]] int fd() const noexcept { return listen_fd_.get(); }

 private:
  BlockingAcceptor(BlockingLoop& loop, Fd listen_fd, SpareDescriptor spare, OnAccept on_accept);

  BlockingLoop& loop_;
  Fd listen_fd_;
  SpareDescriptor spare_;
  OnAccept on_accept_;
  Fd accepted_;
  std::chrono::milliseconds limit_{0};  // as set on the socket; zero: not set yet
  Deadline rest_end_;
};

}  // namespace hpserver
