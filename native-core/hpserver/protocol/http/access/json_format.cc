#include "hpserver/protocol/http/access/json_format.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "hpserver/log/printable.h"

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

// `count` digits, with zeros before them.
void append_digits(std::string& line, std::uint64_t number, std::size_t count) {
  const std::size_t begin = line.size();
  line.append(count, '0');
  for (std::size_t index = begin + count; index > begin; number /= 10) {
    line[--index] = static_cast<char>('0' + number % 10);
  }
}

// Once per second and thread, but for the milliseconds.
void append_time(std::string& line, std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  thread_local UtcStamp stamp;
  const auto whole = floor<seconds>(time);
  const std::time_t second = whole.time_since_epoch().count();
  if (second != stamp.second) refresh(stamp, second);
  line.append(stamp.text);
  append_digits(line, static_cast<std::uint64_t>(floor<milliseconds>(time - whole).count()), 3);
  line.append(1, 'Z');
}

void append_unit(std::string& line, char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  line.append("\\u00").append(1, kDigits[value >> 4U]).append(1, kDigits[value & 15U]);
}

// One character at the beginning of `text`; how many bytes it was.
std::size_t append_character(std::string& line, std::string_view text) {
  const char letter = text.front();
  if (letter == '"' || letter == '\\') {
    line.append(1, '\\').append(1, letter);
    return 1;
  }
  const std::size_t length = utf8_length(text);
  // U+0080 to U+009F steer terminals, as do those below U+0020.
  const bool is_control = length == 2 && letter == '\xc2' && text[1] < '\xa0';
  if (length < 2 || is_control) {
    append_unit(line, is_control ? text[1] : letter);
  } else {
    line.append(text.substr(0, length));
  }
  return length == 0 ? 1 : length;
}

void append_text(std::string& line, std::string_view text, std::size_t limit) {
  const std::size_t begin = line.size();
  while (!text.empty()) {
    const std::size_t room = limit - std::min(limit, line.size() - begin);
    if (room < kMostPerCharacter) {
      line.append("...");
      return;
    }
    std::size_t plain = 0;
    while (plain < text.size() && plain < room && is_plain(text[plain])) ++plain;
    line.append(text.substr(0, plain));
    text.remove_prefix(plain == 0 ? append_character(line, text) : plain);
  }
}

// `key`: `,"peer":`. Null for what isn't there.
void append_member(std::string& line, std::string_view key, std::string_view value,
                   std::size_t limit) {
  line.append(key);
  if (value.empty()) {
    line.append("null");
    return;
  }
  line.push_back('"');
  append_text(line, value, limit);
  line.push_back('"');
}

}  // namespace

void append_json(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms) {
  const std::size_t limit = terms.field_bytes;
  line.append(R"({"time":")");
  append_time(line, terms.began);
  line.push_back('"');
  append_member(line, R"(,"peer":)", entry.peer, limit);
  const bool is_readable = !entry.protocol.empty();
  append_member(line, R"(,"method":)", is_readable ? entry.method : std::string_view{}, limit);
  append_member(line, R"(,"target":)", is_readable ? entry.target : std::string_view{}, limit);
  append_member(line, R"(,"protocol":)", entry.protocol, limit);
  line.append(R"(,"status":)");
  append_number(line, static_cast<std::uint64_t>(status_of(entry)));
  line.append(R"(,"bytes":)");
  append_number(line, entry.body_bytes);
  line.append(R"(,"duration":)");
  const auto duration_us = static_cast<std::uint64_t>(entry.duration.count());
  append_number(line, duration_us / 1'000'000);
  line.push_back('.');
  append_digits(line, duration_us % 1'000'000, 6);
  append_member(line, R"(,"referer":)", entry.referer, limit);
  append_member(line, R"(,"agent":)", entry.agent, limit);
  append_member(line, R"(,"request_id":)", entry.request_id, limit);
  if (!entry.trace_parent.empty()) {
    append_member(line, R"(,"traceparent":)", entry.trace_parent, limit);
  }
  append_member(line, R"(,"route":)", entry.route, limit);
  line.append("}\n");
}

}  // namespace hpserver::http
