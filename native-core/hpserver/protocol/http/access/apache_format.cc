#include "hpserver/protocol/http/access/apache_format.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "hpserver/log/printable.h"
#include "hpserver/protocol/http/access/line_writer.h"

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

// localtime_r costs more than the rest of the line, so call it once per second and thread.
void put_stamp(LineWriter& line, std::chrono::system_clock::time_point time) {
  thread_local LocalStamp stamp;
  const std::time_t second =
      std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  if (second != stamp.second) refresh(stamp, second);
  line.put(stamp.text);
}

void put_letter(LineWriter& line, char letter) {
  constexpr std::string_view kNamed = "\b\n\r\t\v\"\\";
  constexpr std::string_view kNames = "bnrtv\"\\";
  const std::size_t index = kNamed.find(letter);
  if (index == std::string_view::npos) {
    std::string escape;
    append_escape(escape, letter);
    return line.put(escape);
  }
  line.put('\\');
  line.put(kNames[index]);
}

void put_escaped(LineWriter& line, std::string_view text, std::size_t limit) {
  const std::size_t begin = line.written_bytes();
  while (!text.empty()) {
    const std::size_t room = limit - std::min(limit, line.written_bytes() - begin);
    if (room < kMostPerByte) {
      line.put("...");
      return;
    }
    const std::size_t plain = line.put_plain(text, room);
    if (plain == 0) put_letter(line, text.front());
    text.remove_prefix(plain == 0 ? 1 : plain);
  }
}

// The client's address without its port; "-" for a UNIX socket, whose clients have no address.
std::string_view host_of(std::string_view peer) noexcept {
  if (peer.starts_with("unix:")) return "-";
  if (peer.starts_with('[')) return peer.substr(1, peer.find(']') - 1);
  return peer.substr(0, peer.rfind(':'));
}

void put_up_to_bytes(LineWriter& line, const AccessEntry& entry, const AccessLineTerms& terms) {
  line.put(host_of(entry.peer));
  line.put(" - - ");
  put_stamp(line, terms.began);
  line.put(" \"");
  put_escaped(line, entry.method, terms.field_bytes);
  if (!entry.protocol.empty()) {
    line.put(' ');
    put_escaped(line, entry.target, terms.field_bytes);
    line.put(' ');
    line.put(entry.protocol);
  }
  line.put("\" ");
  line.put_number(static_cast<std::uint64_t>(status_of(entry)));
  line.put(' ');
  if (entry.body_bytes == 0) {
    line.put('-');
  } else {
    line.put_number(entry.body_bytes);
  }
}

void put_quoted(LineWriter& line, std::string_view text, std::size_t limit) {
  line.put(" \"");
  put_escaped(line, text.empty() ? "-" : text, limit);
  line.put('"');
}

}  // namespace

void append_ncsa(std::string& text, const AccessEntry& entry, const AccessLineTerms& terms) {
  LineWriter line(text, kLineFrameBytes + client_bytes(entry));
  put_up_to_bytes(line, entry, terms);
  line.put('\n');
}

void append_combined(std::string& text, const AccessEntry& entry, const AccessLineTerms& terms) {
  LineWriter line(text, kLineFrameBytes + client_bytes(entry));
  put_up_to_bytes(line, entry, terms);
  put_quoted(line, entry.referer, terms.field_bytes);
  put_quoted(line, entry.agent, terms.field_bytes);
  line.put('\n');
}

}  // namespace hpserver::http
