#include "hpserver/log/log_socket.h"

#include <sys/uio.h>

#include <cerrno>
#include <utility>

#include "hpserver/os/syscall.h"
#include "hpserver/socket/socket.h"

namespace hpserver {
namespace {

// Whether the server has gone away, so we must look for its successor.
bool means_gone(int code) noexcept {
  return code == ECONNREFUSED || code == ECONNRESET || code == ENOTCONN || code == EPIPE ||
         code == EDESTADDRREQ;
}

}  // namespace

LogSocket::Outcome LogSocket::send(std::string_view datagram) {
  // sendmsg doesn't write to it.
  iovec bytes{.iov_base = const_cast<char*>(datagram.data()), .iov_len = datagram.size()};
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  return send(message);
}

LogSocket::Outcome LogSocket::send(const msghdr& message) {
  Outcome outcome;
  // Try a second time after finding that the server has gone, but never a third time.
  for (int attempts = 0; attempts < 2; ++attempts) {
    if (!fd_ && (outcome.code = connect_now()) != 0) return outcome;
    constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
    const auto sent = retry_on_eintr([&] { return ::sendmsg(fd_.get(), &message, kFlags); });
    outcome.code = sent == -1 ? errno : 0;
    if (!means_gone(outcome.code)) return outcome;
    // Over UDP the error belongs to an earlier datagram and says nothing about this one.
    if (address_.is_ip()) {
      outcome.earlier_code = outcome.code;
    } else {
      fd_.reset();
    }
  }
  return outcome;
}

int LogSocket::connect_now() {
  const auto now = Clock::now();
  if (now < tries_again_) return refusal_;
  auto fd = datagram_socket(address_.family());
  if (!fd) {
    refusal_ = fd.error().code;
  } else {
    const int status = ::connect(fd->get(), address_.data(), address_.size());
    refusal_ = status == -1 ? errno : 0;
  }
  if (refusal_ == 0) {
    fd_ = std::move(*fd);
  } else {
    tries_again_ = now + kRetryPeriod;
  }
  return refusal_;
}

}  // namespace hpserver
