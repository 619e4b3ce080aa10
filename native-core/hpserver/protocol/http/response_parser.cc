#include "hpserver/protocol/http/response_parser.h"

#include <algorithm>
#include <charconv>

#include "hpserver/protocol/http/message/field_syntax.h"

namespace hpserver::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

// Whether all of `text` is one number.
template <typename Number>
bool read_number(std::string_view text, Number& number, int base = 10) noexcept {
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, base);
  return read.ec == std::errc{} && read.ptr == end;
}

}  // namespace

void ResponseParser::reset(bool is_answer_to_head) {
  stage_ = Stage::head;
  is_answer_to_head_ = is_answer_to_head;
  trailer_bytes_ = 0;
  text_.clear();
  line_.clear();
  head_ = {};
}

ResponseParser::Step ResponseParser::feed(std::string_view bytes) {
  std::size_t consumed = 0;
  while (true) {
    Step step = read_on(bytes.substr(consumed));
    consumed += step.consumed;
    if (step.found != Found::nothing || step.consumed == 0) {
      step.consumed = consumed;
      return step;
    }
  }
}

ResponseParser::Step ResponseParser::read_on(std::string_view bytes) {
  switch (stage_) {
    case Stage::head:
      return feed_head(bytes);
    case Stage::length:
    case Stage::chunk:
    case Stage::until_close:
      return take_body(bytes);
    case Stage::chunk_size:
    case Stage::chunk_end:
    case Stage::trailer:
      return feed_line(bytes);
    case Stage::end:
      return {.found = Found::end};
    case Stage::failed:
      break;
  }
  return {.found = Found::error};
}

ResponseParser::Step ResponseParser::feed_head(std::string_view bytes) {
  const std::size_t before = text_.size();
  text_.append(bytes.substr(0, kMaxHeadBytes - before));
  // The end may be split between earlier bytes and these.
  const std::size_t from = before - std::min(before, kHeadEnd.size() - 1);
  const std::size_t end = text_.find(kHeadEnd, from);
  if (end == text_.npos) {
    if (text_.size() == kMaxHeadBytes) return fail(bytes.size());
    return {.consumed = bytes.size()};
  }
  text_.resize(end + kHeadEnd.size());
  const std::size_t consumed = text_.size() - before;
  if (!read_head()) return fail(consumed);
  // RFC 9110 section 15.2. 101 would switch to another protocol, which we never request.
  if (head_.status < 200) {
    if (head_.status == 101) return fail(consumed);
    reset(is_answer_to_head_);
    return {.consumed = consumed};
  }
  choose_framing();
  return {.found = Found::head, .consumed = consumed};
}

bool ResponseParser::read_head() {
  std::string_view rest = text_;
  bool is_status_line = true;
  // The last line is empty.
  while (rest.size() > kLineEnd.size()) {
    const std::size_t end = rest.find(kLineEnd);
    const std::string_view line = rest.substr(0, end);
    if (!(is_status_line ? read_status_line(line) : read_field(line))) return false;
    is_status_line = false;
    rest.remove_prefix(end + kLineEnd.size());
  }
  // Two framings are an attack, or a mistake that could become one: RFC 9112 section 6.3.
  return !is_status_line && !(head_.chunked && head_.content_length.has_value());
}

// "HTTP/1.1 200 OK"
bool ResponseParser::read_status_line(std::string_view line) {
  constexpr std::string_view kVersion = "HTTP/1.";
  constexpr std::size_t kStatusAt = kVersion.size() + 2;
  constexpr std::size_t kPhraseAt = kStatusAt + 3;
  if (!line.starts_with(kVersion) || line.size() < kPhraseAt || !is_field_value(line)) return false;
  const char minor = line[kVersion.size()];
  if (minor < '0' || minor > '9' || line[kStatusAt - 1] != ' ') return false;
  if (line.size() > kPhraseAt && line[kPhraseAt] != ' ') return false;
  // RFC 9110 section 2.5: treats a later minor version as the highest one that we know.
  head_.version_minor = minor == '0' ? 0 : 1;
  head_.keep_alive = head_.version_minor == 1;
  return read_number(line.substr(kStatusAt, 3), head_.status) && head_.status >= 100;
}

bool ResponseParser::read_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return false;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_field_name(name) || !is_field_value(value)) return false;
  head_.fields.push_back({name, value});
  return read_framing_field(name, value);
}

bool ResponseParser::read_framing_field(std::string_view name, std::string_view value) {
  if (equal_ignoring_case(name, "content-length")) {
    std::uint64_t length = 0;
    if (!read_number(value, length)) return false;
    if (head_.content_length.value_or(length) != length) return false;
    head_.content_length = length;
  } else if (equal_ignoring_case(name, "transfer-encoding")) {
    // No other coding was offered (TE), and this one must be the last.
    if (head_.chunked || !equal_ignoring_case(value, "chunked")) return false;
    head_.chunked = true;
  } else if (equal_ignoring_case(name, "connection")) {
    while (!value.empty()) {
      const std::string_view option = next_list_element(value);
      if (equal_ignoring_case(option, "close")) head_.keep_alive = false;
    }
  }
  return true;
}

// RFC 9112 section 6.3.
void ResponseParser::choose_framing() {
  if (is_answer_to_head_ || head_.status == 204 || head_.status == 304) {
    stage_ = Stage::end;
  } else if (head_.chunked) {
    stage_ = Stage::chunk_size;
  } else if (head_.content_length) {
    remaining_bytes_ = *head_.content_length;
    stage_ = remaining_bytes_ == 0 ? Stage::end : Stage::length;
  } else {
    head_.keep_alive = false;
    stage_ = Stage::until_close;
  }
}

ResponseParser::Step ResponseParser::take_body(std::string_view bytes) {
  if (stage_ != Stage::until_close) {
    bytes = bytes.substr(
        0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), remaining_bytes_)));
    remaining_bytes_ -= bytes.size();
    if (remaining_bytes_ == 0) stage_ = stage_ == Stage::chunk ? Stage::chunk_end : Stage::end;
  }
  if (bytes.empty()) return {};
  return {.found = Found::body, .consumed = bytes.size(), .body = bytes};
}

ResponseParser::Step ResponseParser::feed_line(std::string_view bytes) {
  const std::size_t line_feed = bytes.find('\n');
  const std::size_t consumed = line_feed == bytes.npos ? bytes.size() : line_feed + 1;
  const std::size_t limit =
      stage_ == Stage::trailer ? kMaxTrailerBytes - trailer_bytes_ : kMaxChunkLineBytes;
  if (line_.size() + consumed > limit) return fail(consumed);
  line_.append(bytes.substr(0, consumed));
  if (line_feed == bytes.npos) return {.consumed = consumed};
  if (!line_.ends_with(kLineEnd)) return fail(consumed);
  if (stage_ == Stage::trailer) trailer_bytes_ += line_.size();
  const bool taken = take_line(std::string_view(line_).substr(0, line_.size() - kLineEnd.size()));
  line_.clear();
  return taken ? Step{.consumed = consumed} : fail(consumed);
}

bool ResponseParser::take_line(std::string_view line) {
  switch (stage_) {
    case Stage::chunk_size:
      return read_chunk_size(line);
    case Stage::chunk_end:
      stage_ = Stage::chunk_size;
      return line.empty();
    default:
      // Skips trailer fields.
      if (line.empty()) stage_ = Stage::end;
      return is_field_value(line);
  }
}

// "1f;name=value": ignores extensions.
bool ResponseParser::read_chunk_size(std::string_view line) {
  const std::string_view size = line.substr(0, line.find_first_of(" \t;"));
  if (!read_number(size, remaining_bytes_, 16)) return false;
  if (!are_chunk_extensions(line.substr(size.size()))) return false;
  stage_ = remaining_bytes_ == 0 ? Stage::trailer : Stage::chunk;
  return true;
}

ResponseParser::Step ResponseParser::fail(std::size_t consumed) {
  stage_ = Stage::failed;
  return {.found = Found::error, .consumed = consumed};
}

}  // namespace hpserver::http
