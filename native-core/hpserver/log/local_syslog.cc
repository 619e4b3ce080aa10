#include "hpserver/log/local_syslog.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>

#include "hpserver/log/printable.h"
#include "hpserver/log/severity.h"

namespace hpserver {
namespace {

// The process's locale may use other names.
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string local_stamp(std::time_t second) {
  std::tm local{};
  ::localtime_r(&second, &local);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%s %2d %02d:%02d:%02d",
                kMonths.at(static_cast<std::size_t>(local.tm_mon)), local.tm_mday, local.tm_hour,
                local.tm_min, local.tm_sec);
  return text.data();
}

}  // namespace

void LocalSyslog::append(std::string& datagram, const LogRecord& record) {
  const std::time_t second = std::chrono::system_clock::to_time_t(record.time);
  if (second != second_ || stamp_.empty()) {
    stamp_ = local_stamp(second);
    second_ = second;
  }
  datagram.append(1, '<').append(std::to_string(priority_of(source_.facility, record.severity)));
  datagram.append(1, '>').append(stamp_).append(1, ' ').append(source_.program);
  // Queried each time: a forked child has its parent's sink.
  datagram.append(1, '[').append(std::to_string(::getpid())).append("]: ");
  append_printable(datagram, record.text, kMaxTextBytes);
}

LogSocket::Outcome LocalSyslog::send_long(LogSocket&, std::string_view) {
  return {.code = EMSGSIZE};
}

}  // namespace hpserver
