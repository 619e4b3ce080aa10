#pragma once

#include <chrono>
#include <memory>

#include "hpserver/base/clock.h"
#include "hpserver/connection/transport.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/spare_descriptor.h"
#include "hpserver/transport/blocking_loop.h"

namespace hpserver {

// Accepts connections from one blocking listening socket, asleep in accept4(2). When the process is
// out of descriptors it sheds with a spare one and rests, so that neither the loop spins nor the
// client hangs. For the loop's thread.
class BlockingAcceptor final : public Listener {
 public:
  // Makes the socket blocking. Errors: EMFILE, ENFILE (the spare descriptor).
  static Result<std::unique_ptr<BlockingAcceptor>> create(BlockingLoop& loop, Fd listen_fd,
                                                          OnAccept on_accept);
  ~BlockingAcceptor() override;

  // Sleeps until a connection has come, at most `limit`. True: it is here, for `hand_on`.
  bool accept_within(std::chrono::milliseconds limit);
  // Hands on what was accepted, if anything was.
  void hand_on();
  // Out of descriptors: not to be asked just now.
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
  std::chrono::milliseconds limit_{0};  // as the socket has it; zero: not set yet
  Deadline rest_end_;
};

}  // namespace hpserver
