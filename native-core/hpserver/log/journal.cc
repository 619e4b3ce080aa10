#include "hpserver/log/journal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "hpserver/base/result.h"
#include "hpserver/log/printable.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

void append_length(std::string& out, std::uint64_t length) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    out += static_cast<char>((length >> shift) & 0xffU);
  }
}

void append_field(std::string& out, std::string_view key, std::string_view value) {
  out.append(key);
  if (value.find('\n') == std::string_view::npos) {
    out.append(1, '=').append(value).append(1, '\n');
    return;
  }
  out.append(1, '\n');
  append_length(out, value.size());
  out.append(value).append(1, '\n');
}

// journald trusts only memory that can no longer change.
Result<Fd> sealed(std::string_view bytes) {
  Fd fd(::memfd_create("log-record", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return last_error("memfd_create");
  for (std::string_view left = bytes; !left.empty();) {
    const auto written =
        retry_on_eintr([&] { return ::write(fd.get(), left.data(), left.size()); });
    if (written == -1) return last_error("write");
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (::fcntl(fd.get(), F_ADD_SEALS, kSeals) == -1) return last_error("fcntl");
  return fd;
}

}  // namespace

void Journal::append(std::string& datagram, const LogRecord& record) {
  text_.clear();
  append_printable(text_, record.text, kMaxTextBytes, LineBreaks::kept);
  append_field(datagram, "MESSAGE", text_);
  append_field(datagram, "PRIORITY", std::to_string(static_cast<int>(record.severity)));
  append_field(datagram, "SYSLOG_FACILITY", std::to_string(static_cast<int>(source_.facility)));
  append_field(datagram, "SYSLOG_IDENTIFIER", source_.program);
  append_field(datagram, "SYSLOG_PID", std::to_string(::getpid()));
}

LogSocket::Outcome Journal::send_long(LogSocket& socket, std::string_view datagram) {
  const auto fd = sealed(datagram);
  if (!fd) return {.code = fd.error().code};
  const int number = fd->get();
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof number)]{};
  msghdr message{};
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof number);
  std::memcpy(CMSG_DATA(header), &number, sizeof number);
  return socket.send(message);
}

}  // namespace hpserver
