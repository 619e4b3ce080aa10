#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace hpserver {

// How urgent a line is, with syslog's own numbers. See: RFC 5424 section 6.2.1, table 2.
enum class Severity : std::uint8_t {
  emergency = 0,
  alert = 1,
  critical = 2,
  error = 3,
  warning = 4,
  notice = 5,
  informational = 6,
  debug = 7,
};

// Which part of the system logs, with syslog's own numbers. See: RFC 5424 section 6.2.1, table 1.
enum class Facility : std::uint8_t {
  user = 1,
  mail = 2,
  daemon = 3,
  auth = 4,
  lpr = 6,
  news = 7,
  cron = 9,
  authpriv = 10,
  ftp = 11,
  local0 = 16,
  local1 = 17,
  local2 = 18,
  local3 = 19,
  local4 = 20,
  local5 = 21,
  local6 = 22,
  local7 = 23,
};

// The number in the angle brackets of a syslog line.
[[nodiscard]] constexpr int priority_of(Facility facility, Severity severity) noexcept {
  return static_cast<int>(facility) * 8 + static_cast<int>(severity);
}

// Parses "daemon", "local0" and the other names of syslog.conf(5); nothing for any other word.
[[nodiscard]] constexpr std::optional<Facility> facility_of(std::string_view name) noexcept {
  using enum Facility;
  constexpr std::array<std::pair<std::string_view, Facility>, 17> kNames{{
      {"user", user},
      {"mail", mail},
      {"daemon", daemon},
      {"auth", auth},
      {"lpr", lpr},
      {"news", news},
      {"cron", cron},
      {"authpriv", authpriv},
      {"ftp", ftp},
      {"local0", local0},
      {"local1", local1},
      {"local2", local2},
      {"local3", local3},
      {"local4", local4},
      {"local5", local5},
      {"local6", local6},
      {"local7", local7},
  }};
  for (const auto& [known, facility] : kNames) {
    if (known == name) return facility;
  }
  return std::nullopt;
}

}  // namespace hpserver
