#include "hpserver/protocol/http/message/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

namespace hpserver::http {
namespace {

constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

char* put_text(char* out, std::string_view text) noexcept {
  return std::copy(text.begin(), text.end(), out);
}

char* put_two(char* out, int number) noexcept {
  *out++ = static_cast<char>('0' + number / 10);
  *out++ = static_cast<char>('0' + number % 10);
  return out;
}

// Reads the parts of a date from the front of `rest`; once one is missing, `ok` stays false.
struct DateReader {
  std::string_view rest;
  bool ok = true;

  void expect(std::string_view text) noexcept {
    ok = ok && rest.starts_with(text);
    if (ok) rest.remove_prefix(text.size());
  }

  int number(std::size_t digits) noexcept {
    ok = ok && rest.size() >= digits;
    int value = 0;
    for (std::size_t i = 0; ok && i < digits; ++i) {
      ok = rest[i] >= '0' && rest[i] <= '9';
      value = value * 10 + (rest[i] - '0');
    }
    if (ok) rest.remove_prefix(digits);
    return value;
  }

  int month() noexcept {
    ok = ok && rest.size() >= 3;
    const std::size_t at = ok ? kMonths.find(rest.substr(0, 3)) : kMonths.npos;
    ok = ok && at != kMonths.npos && at % 3 == 0;
    if (ok) rest.remove_prefix(3);
    return static_cast<int>(at / 3);
  }

  // asctime writes days below ten with a space.
  int padded_day() noexcept {
    if (!rest.starts_with(' ')) return number(2);
    rest.remove_prefix(1);
    return number(1);
  }

  void time_of_day(std::tm& time) noexcept {
    time.tm_hour = number(2);
    expect(":");
    time.tm_min = number(2);
    expect(":");
    time.tm_sec = number(2);
    ok = ok && time.tm_hour < 24 && time.tm_min < 60 && time.tm_sec <= 60;
  }
};

// "06 Nov 1994 08:49:37 GMT"
bool read_fixdate(DateReader& reader, std::tm& time) noexcept {
  time.tm_mday = reader.number(2);
  reader.expect(" ");
  time.tm_mon = reader.month();
  reader.expect(" ");
  time.tm_year = reader.number(4) - 1900;
  reader.expect(" ");
  reader.time_of_day(time);
  reader.expect(" GMT");
  return reader.ok;
}

// "06-Nov-94 08:49:37 GMT": a year that seems more than 50 years ahead is in the last century.
bool read_rfc850_date(DateReader& reader, std::tm& time) noexcept {
  time.tm_mday = reader.number(2);
  reader.expect("-");
  time.tm_mon = reader.month();
  reader.expect("-");
  const int year = reader.number(2);
  reader.expect(" ");
  reader.time_of_day(time);
  reader.expect(" GMT");
  const std::time_t now = std::time(nullptr);
  std::tm today{};
  ::gmtime_r(&now, &today);
  time.tm_year = today.tm_year - today.tm_year % 100 + year;
  if (time.tm_year > today.tm_year + 50) time.tm_year -= 100;
  return reader.ok;
}

// "Nov  6 08:49:37 1994"
bool read_asctime_date(DateReader& reader, std::tm& time) noexcept {
  time.tm_mon = reader.month();
  reader.expect(" ");
  time.tm_mday = reader.padded_day();
  reader.expect(" ");
  reader.time_of_day(time);
  reader.expect(" ");
  time.tm_year = reader.number(4) - 1900;
  return reader.ok;
}

// timegm would turn "30 Feb" into the first or second of March.
int days_of_month(const std::tm& time) noexcept {
  constexpr std::array kDaysOfMonth{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = time.tm_year + 1900;
  const bool is_leap_year = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days = kDaysOfMonth[static_cast<std::size_t>(time.tm_mon)];
  return time.tm_mon == 1 && is_leap_year ? days + 1 : days;
}

}  // namespace

void render_date(std::time_t time, char* out) noexcept {
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  const int year = std::clamp(parts.tm_year + 1900, 0, 9999);
  out = put_text(out, kDays.substr(static_cast<std::size_t>(parts.tm_wday) * 3, 3));
  out = put_text(out, ", ");
  out = put_two(out, parts.tm_mday);
  *out++ = ' ';
  out = put_text(out, kMonths.substr(static_cast<std::size_t>(parts.tm_mon) * 3, 3));
  *out++ = ' ';
  out = put_two(out, year / 100);
  out = put_two(out, year % 100);
  *out++ = ' ';
  out = put_two(out, parts.tm_hour);
  *out++ = ':';
  out = put_two(out, parts.tm_min);
  *out++ = ':';
  out = put_two(out, parts.tm_sec);
  put_text(out, " GMT");
}

std::optional<std::time_t> parse_date(std::string_view text) noexcept {
  // The day's name adds nothing to the date; its length tells the format.
  const std::size_t comma = text.find(',');
  std::tm time{};
  DateReader reader{text};
  bool read = false;
  if (comma == 3 && text.size() == kDateBytes && text[4] == ' ') {
    reader.rest.remove_prefix(5);
    read = read_fixdate(reader, time);
  } else if (comma != text.npos && comma > 3 && text.size() > comma + 2 && text[comma + 1] == ' ') {
    reader.rest.remove_prefix(comma + 2);
    read = read_rfc850_date(reader, time);
  } else if (comma == text.npos && text.size() == 24 && text[3] == ' ') {
    reader.rest.remove_prefix(4);
    read = read_asctime_date(reader, time);
  }
  if (!read || !reader.rest.empty() || time.tm_mday < 1) return std::nullopt;
  if (time.tm_mday > days_of_month(time)) return std::nullopt;
  return ::timegm(&time);
}

void DateCache::refresh(Deadline now) noexcept {
  timespec wall{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  char* const date = put_text(text_.data(), "Date: ");
  render_date(wall.tv_sec, date);
  second_ = wall.tv_sec;
  put_text(date + kDateBytes, "\r\n");
  // Due when the wall clock's second ends, not a second from now.
  next_ = now + std::chrono::nanoseconds(1'000'000'000 - wall.tv_nsec);
}

}  // namespace hpserver::http
