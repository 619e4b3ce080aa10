#include "hpserver/socket/vector_io.h"

#include <limits.h>
#include <sys/socket.h>

#include <algorithm>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

constexpr std::size_t kMaxPerCall = IOV_MAX;

int batch_size(std::span<const iovec> vectors) noexcept {
  return static_cast<int>(std::min(vectors.size(), kMaxPerCall));
}

Result<std::size_t> transferred(std::span<iovec>& vectors, ssize_t count, const char* operation) {
  if (count == -1) return last_error(operation);
  const auto bytes = static_cast<std::size_t>(count);
  advance(vectors, bytes);
  return bytes;
}

}  // namespace

void advance(std::span<iovec>& vectors, std::size_t bytes) noexcept {
  // Empty buffers count as done, so an empty span means that nothing is left.
  while (!vectors.empty() && bytes >= vectors.front().iov_len) {
    bytes -= vectors.front().iov_len;
    vectors = vectors.subspan(1);
  }
  if (bytes == 0) return;
  iovec& first = vectors.front();
  first.iov_base = static_cast<char*>(first.iov_base) + bytes;
  first.iov_len -= bytes;
}

Result<std::size_t> read_vectors(int fd, std::span<iovec>& vectors) {
  const auto count =
      retry_on_eintr([&] { return ::readv(fd, vectors.data(), batch_size(vectors)); });
  return transferred(vectors, count, "readv");
}

Result<std::size_t> write_vectors(int fd, std::span<iovec>& vectors) {
  const auto count =
      retry_on_eintr([&] { return ::writev(fd, vectors.data(), batch_size(vectors)); });
  return transferred(vectors, count, "writev");
}

Result<std::size_t> send_vectors(int fd, std::span<iovec>& vectors, SendFlags flags) {
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = static_cast<std::size_t>(batch_size(vectors));
  const auto count = retry_on_eintr([&] { return ::sendmsg(fd, &message, to_native(flags)); });
  return transferred(vectors, count, "sendmsg");
}

}  // namespace hpserver
