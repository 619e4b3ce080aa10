#include "hpserver/protocol/http/access/json_format.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "hpserver/log/printable.h"
#include "hpserver/protocol/http/access/line_writer.h"

namespace hpserver::http {
namespace {

// "\\u001b"
constexpr std::size_t kMostPerCharacter = 6;

struct UtcStamp {
  std::time_t second = -1;
  std::string text;  // "2026-11-30T08:11:52."
};

void refresh(UtcStamp& stamp, std::time_t second) {
  std::tm utc{};
  ::gmtime_r(&second, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.", utc.tm_year + 1900,
                utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
  stamp = {.second = second, .text = text.data()};
}

// Rendered once per second and thread, except the milliseconds.
void put_time(LineWriter& line, std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  thread_local UtcStamp stamp;
  const auto whole = floor<seconds>(time);
  const std::time_t second = whole.time_since_epoch().count();
  if (second != stamp.second) refresh(stamp, second);
  line.put(stamp.text);
  line.put_digits(static_cast<std::uint64_t>(floor<milliseconds>(time - whole).count()), 3);
  line.put('Z');
}

void put_unit(LineWriter& line, char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  line.put("\\u00");
  line.put(kDigits[value >> 4U]);
  line.put(kDigits[value & 15U]);
}

// Writes the first character of `text` and returns its size in bytes.
std::size_t put_character(LineWriter& line, std::string_view text) {
  const char letter = text.front();
  if (letter == '"' || letter == '\\') {
    line.put('\\');
    line.put(letter);
    return 1;
  }
  const std::size_t length = utf8_length(text);
  // Like those below U+0020, the characters from U+0080 to U+009F control terminals.
  const bool is_control = length == 2 && letter == '\xc2' && text[1] < '\xa0';
  if (length < 2 || is_control) {
    put_unit(line, is_control ? text[1] : letter);
  } else {
    line.put(text.substr(0, length));
  }
  return length == 0 ? 1 : length;
}

void put_text(LineWriter& line, std::string_view text, std::size_t limit) {
  const std::size_t begin = line.written_bytes();
  while (!text.empty()) {
    const std::size_t room = limit - std::min(limit, line.written_bytes() - begin);
    if (room < kMostPerCharacter) {
      line.put("...");
      return;
    }
    const std::size_t plain = line.put_plain(text, room);
    text.remove_prefix(plain == 0 ? put_character(line, text) : plain);
  }
}

// Writes a member, or null for an empty value. `key` includes the punctuation: `,"peer":`.
template <std::size_t N>
void put_member(LineWriter& line, const char (&key)[N], std::string_view value, std::size_t limit) {
  line.put(key);
  if (value.empty()) {
    line.put("null");
    return;
  }
  line.put('"');
  put_text(line, value, limit);
  line.put('"');
}

}  // namespace

void append_json(std::string& text, const AccessEntry& entry, const AccessLineTerms& terms) {
  const std::size_t limit = terms.field_bytes;
  LineWriter line(text, kLineFrameBytes + client_bytes(entry));
  line.put(R"({"time":")");
  put_time(line, terms.began);
  line.put('"');
  put_member(line, R"(,"peer":)", entry.peer, limit);
  const bool is_readable = !entry.protocol.empty();
  put_member(line, R"(,"method":)", is_readable ? entry.method : std::string_view{}, limit);
  put_member(line, R"(,"target":)", is_readable ? entry.target : std::string_view{}, limit);
  put_member(line, R"(,"protocol":)", entry.protocol, limit);
  line.put(R"(,"status":)");
  line.put_number(static_cast<std::uint64_t>(status_of(entry)));
  line.put(R"(,"bytes":)");
  line.put_number(entry.body_bytes);
  line.put(R"(,"duration":)");
  const auto duration_us = static_cast<std::uint64_t>(entry.duration.count());
  line.put_number(duration_us / 1'000'000);
  line.put('.');
  line.put_digits(duration_us, 6);
  put_member(line, R"(,"referer":)", entry.referer, limit);
  put_member(line, R"(,"agent":)", entry.agent, limit);
  put_member(line, R"(,"request_id":)", entry.request_id, limit);
  if (!entry.trace_parent.empty()) {
    put_member(line, R"(,"traceparent":)", entry.trace_parent, limit);
  }
  put_member(line, R"(,"route":)", entry.route, limit);
  line.put("}\n");
}

}  // namespace hpserver::http
