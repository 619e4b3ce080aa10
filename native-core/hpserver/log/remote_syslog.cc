#include "hpserver/log/remote_syslog.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>

#include "hpserver/log/printable.h"
#include "hpserver/log/severity.h"

namespace hpserver {
namespace {

constexpr std::size_t kMaxHostBytes = 255;
constexpr std::size_t kMaxProgramBytes = 48;

// PRINTUSASCII, or "-" if nothing is left of it. See: RFC 5424 section 6.
std::string word_of(std::string_view text, std::size_t limit) {
  std::string word;
  for (const char letter : text.substr(0, limit)) {
    if (letter > ' ' && letter <= '~') word += letter;
  }
  return word.empty() ? "-" : word;
}

std::string host_name() {
  std::array<char, kMaxHostBytes + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string utc_stamp(std::time_t second) {
  std::tm utc{};
  ::gmtime_r(&second, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", utc.tm_year + 1900,
                utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text.data();
}

}  // namespace

RemoteSyslog::RemoteSyslog(const LogSource& source)
    : source_{.program = word_of(source.program, kMaxProgramBytes), .facility = source.facility},
      host_(word_of(host_name(), kMaxHostBytes)) {}

void RemoteSyslog::append(std::string& datagram, const LogRecord& record) {
  using std::chrono::floor;
  const auto whole = floor<std::chrono::seconds>(record.time);
  const auto rest = floor<std::chrono::microseconds>(record.time - whole);
  const std::time_t second = whole.time_since_epoch().count();
  if (second != second_ || stamp_.empty()) {
    stamp_ = utc_stamp(second);
    second_ = second;
  }
  std::array<char, 16> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%06dZ ", static_cast<int>(rest.count()));
  datagram.append(1, '<').append(std::to_string(priority_of(source_.facility, record.severity)));
  datagram.append(">1 ").append(stamp_).append(fraction.data()).append(host_).append(1, ' ');
  // Queried each time: a forked child has its parent's sink.
  datagram.append(source_.program).append(1, ' ').append(std::to_string(::getpid()));
  datagram.append(" - - ");
  append_printable(datagram, record.text, kMaxTextBytes);
}

LogSocket::Outcome RemoteSyslog::send_long(LogSocket&, std::string_view) {
  return {.code = EMSGSIZE};
}

}  // namespace hpserver
