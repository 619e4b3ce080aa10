#include "hpserver/protocol/http/access/apache_format.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "hpserver/log/printable.h"

namespace hpserver::http {
namespace {

constexpr std::array<const char*, 12> kMonthNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// "\\x1b"
constexpr std::size_t kMostPerByte = 4;

struct LocalStamp {
  std::time_t second = -1;
  std::string text;  // "[30/Nov/2026:08:11:52 +0100]"
};

void refresh(LocalStamp& stamp, std::time_t second) {
  std::tm local{};
  ::localtime_r(&second, &local);
  const long minutes = local.tm_gmtoff / 60;
  const long distance = minutes < 0 ? -minutes : minutes;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "[%02d/%s/%04d:%02d:%02d:%02d %c%02ld%02ld]",
                local.tm_mday, kMonthNames.at(static_cast<std::size_t>(local.tm_mon)),
                local.tm_year + 1900, local.tm_hour, local.tm_min, local.tm_sec,
                minutes < 0 ? '-' : '+', distance / 60, distance % 60);
  stamp = {.second = second, .text = text.data()};
}

// localtime_r costs more than the rest of the line: once per second and thread.
void append_stamp(std::string& line, std::chrono::system_clock::time_point time) {
  thread_local LocalStamp stamp;
  const std::time_t second =
      std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  if (second != stamp.second) refresh(stamp, second);
  line.append(stamp.text);
}

void append_letter(std::string& line, char letter) {
  constexpr std::string_view kNamed = "\b\n\r\t\v\"\\";
  constexpr std::string_view kNames = "bnrtv\"\\";
  const std::size_t index = kNamed.find(letter);
  if (index == std::string_view::npos) return append_escape(line, letter);
  line.append(1, '\\').append(1, kNames[index]);
}

void append_escaped(std::string& line, std::string_view text, std::size_t limit) {
  const std::size_t begin = line.size();
  while (!text.empty()) {
    const std::size_t room = limit - std::min(limit, line.size() - begin);
    if (room < kMostPerByte) {
      line.append("...");
      return;
    }
    std::size_t plain = 0;
    while (plain < text.size() && plain < room && is_plain(text[plain])) ++plain;
    line.append(text.substr(0, plain));
    if (plain == 0) append_letter(line, text.front());
    text.remove_prefix(plain == 0 ? 1 : plain);
  }
}

// Without its port; "-" for a UNIX socket, whose clients have no address.
std::string_view host_of(std::string_view peer) noexcept {
  if (peer.starts_with("unix:")) return "-";
  if (peer.starts_with('[')) return peer.substr(1, peer.find(']') - 1);
  return peer.substr(0, peer.rfind(':'));
}

void append_up_to_bytes(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms) {
  line.append(host_of(entry.peer)).append(" - - ");
  append_stamp(line, terms.began);
  line.append(" \"");
  append_escaped(line, entry.method, terms.field_bytes);
  if (!entry.protocol.empty()) {
    line.append(1, ' ');
    append_escaped(line, entry.target, terms.field_bytes);
    line.append(1, ' ').append(entry.protocol);
  }
  line.append("\" ");
  append_number(line, static_cast<std::uint64_t>(status_of(entry)));
  line.append(1, ' ');
  if (entry.body_bytes == 0) {
    line.append(1, '-');
  } else {
    append_number(line, entry.body_bytes);
  }
}

void append_quoted(std::string& line, std::string_view text, std::size_t limit) {
  line.append(" \"");
  append_escaped(line, text.empty() ? "-" : text, limit);
  line.append(1, '"');
}

}  // namespace

void append_ncsa(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms) {
  append_up_to_bytes(line, entry, terms);
  line.append(1, '\n');
}

void append_combined(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms) {
  append_up_to_bytes(line, entry, terms);
  append_quoted(line, entry.referer, terms.field_bytes);
  append_quoted(line, entry.agent, terms.field_bytes);
  line.append(1, '\n');
}

}  // namespace hpserver::http
