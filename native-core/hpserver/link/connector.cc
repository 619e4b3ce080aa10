#include "hpserver/link/connector.h"

#include <utility>

#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {

Result<void> Connector::start(const Address& address, std::chrono::milliseconds timeout,
                              Connected connected) {
  stop();
  auto fd = start_connect(address);
  if (!fd) return fd.error();
  if (address.is_ip()) {
    static_cast<void>(set_option(fd->get(), option::NoDelay{true}));
    static_cast<void>(set_option(fd->get(), option::KeepAlive{true}));
  }
  const auto watched = watch_.want(fd->get(), {.writable = true});
  if (!watched) return watched;
  fd_ = std::move(*fd);
  connected_ = std::move(connected);
  loop_.schedule(*this, Clock::now() + timeout);
  return {};
}

void Connector::stop() {
  unlink();
  watch_.stop();
  fd_.reset();
}

void Connector::on_ready(Ready) {
  const auto connected = take_error(fd_.get(), "connect");
  if (connected) {
    watch_.stop();
    tell(std::move(fd_));
  } else {
    tell(connected.error());
  }
}

void Connector::on_timer() {
  tell(Error{ETIMEDOUT, "connect"});
}

void Connector::tell(Result<Fd> result) {
  stop();
  // Moved out first: the callback may destroy the connector.
  const Connected connected = std::exchange(connected_, nullptr);
  connected(std::move(result));
}

}  // namespace hpserver
