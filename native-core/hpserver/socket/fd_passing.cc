#include "hpserver/socket/fd_passing.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstring>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

// One byte of payload, since a stream can't carry only ancillary data, and room for one descriptor.
struct FdMessage {
  char byte = 0;
  iovec vector{&byte, sizeof byte};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))]{};
  msghdr message{};

  FdMessage() noexcept {
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
  }
  FdMessage(const FdMessage&) = delete;
  FdMessage& operator=(const FdMessage&) = delete;
};

}  // namespace

Result<void> send_fd(int socket_fd, int fd) {
  FdMessage parcel;
  cmsghdr* const header = CMSG_FIRSTHDR(&parcel.message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
  const auto sent =
      retry_on_eintr([&] { return ::sendmsg(socket_fd, &parcel.message, MSG_NOSIGNAL); });
  if (sent == -1) return last_error("sendmsg");
  return {};
}

Result<Fd> receive_fd(int socket_fd) {
  FdMessage parcel;
  const auto got =
      retry_on_eintr([&] { return ::recvmsg(socket_fd, &parcel.message, MSG_CMSG_CLOEXEC); });
  if (got == -1) return last_error("recvmsg");
  if (got == 0) return Fd{};
  const cmsghdr* const header = CMSG_FIRSTHDR(&parcel.message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(sizeof(int))) {
    return Error{EBADMSG, "recvmsg"};
  }
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return Fd{fd};
}

}  // namespace hpserver
