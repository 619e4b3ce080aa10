#include "hpserver/protocol/http/response_writer.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "hpserver/connection/channel.h"
#include "hpserver/protocol/http/message/status.h"

namespace hpserver::http {
namespace {

// The longest possible head, not counting its fields.
constexpr std::size_t kMaxRenderedBytes = 256;

constexpr std::string_view kClose = "Connection: close\r\n";
constexpr std::string_view kKeepAlive = "Connection: keep-alive\r\n";

char* put(char* at, std::string_view text) noexcept {
  return std::copy(text.begin(), text.end(), at);
}

char* put_number(char* at, std::uint64_t number) noexcept {
  return std::to_chars(at, at + 20, number).ptr;
}

char* put_status_line(char* at, std::uint16_t code) noexcept {
  const std::string_view line = status_line(code);
  if (!line.empty()) return put(at, line);
  // RFC 9112 section 4: the phrase may be missing; the space before it may not.
  return put(put_number(put(at, "HTTP/1.1 "), code), " \r\n");
}

char* put_end_of_head(char* at, const AnswerTerms& terms) noexcept {
  at = put(at, terms.date_line);
  if (terms.close) {
    at = put(at, kClose);
  } else if (terms.version_minor == 0) {
    at = put(at, kKeepAlive);
  }
  return put(at, "\r\n");
}

}  // namespace

void ResponseWriter::send(Channel& channel, const AnswerHead& head, const AnswerTerms& terms,
                          std::string_view body) {
  const bool with_body = has_body(head.status, terms.answers_head);
  const bool joined = with_body && body.size() <= kMaxJoinedBodyBytes;
  char* const begin =
      channel.reserve(kMaxRenderedBytes + head.fields.size() + (joined ? body.size() : 0));
  const Framing framing = allows_body(head.status) ? Framing::length : Framing::none;
  char* end = render_head(begin, head, terms, framing, body.size());
  if (joined) end = put(end, body);
  channel.commit(static_cast<std::size_t>(end - begin));
  if (with_body && !joined) channel.write(body);
}

void ResponseWriter::send_shared(Channel& channel, const AnswerHead& head, const AnswerTerms& terms,
                                 std::shared_ptr<const void> owner, std::string_view body) {
  write_head(channel, head, terms, allows_body(head.status) ? Framing::length : Framing::none,
             body.size());
  if (has_body(head.status, terms.answers_head)) channel.write_shared(std::move(owner), body);
}

void ResponseWriter::send_rendered(Channel& channel, std::string_view rendered,
                                   const AnswerHead& head, const AnswerTerms& terms,
                                   std::string_view body) {
  const bool joined = body.size() <= kMaxJoinedBodyBytes;
  char* const begin = channel.reserve(kMaxRenderedBytes + rendered.size() + head.fields.size() +
                                      (joined ? body.size() : 0));
  char* end = put_end_of_head(put(put(begin, rendered), head.fields), terms);
  if (joined) end = put(end, body);
  channel.commit(static_cast<std::size_t>(end - begin));
  if (!joined) channel.write(body);
}

char* ResponseWriter::render_head(char* at, const AnswerHead& head, const AnswerTerms& terms,
                                  Framing framing, std::uint64_t length_bytes) {
  at = put(put_status_line(at, head.status), head.fields);
  if (framing == Framing::length) {
    at = put(put_number(put(at, "Content-Length: "), length_bytes), "\r\n");
  } else if (framing == Framing::chunked) {
    at = put(at, "Transfer-Encoding: chunked\r\n");
  }
  return put_end_of_head(at, terms);
}

void ResponseWriter::write_head(Channel& channel, const AnswerHead& head, const AnswerTerms& terms,
                                Framing framing, std::uint64_t length_bytes) {
  char* const begin = channel.reserve(kMaxRenderedBytes + head.fields.size());
  char* const end = render_head(begin, head, terms, framing, length_bytes);
  channel.commit(static_cast<std::size_t>(end - begin));
}

bool ResponseWriter::begin_stream(Channel& channel, const AnswerHead& head, AnswerTerms terms,
                                  std::optional<std::uint64_t> length_bytes) {
  if (!allows_body(head.status)) {
    framing_ = Framing::none;
  } else if (length_bytes.has_value()) {
    framing_ = Framing::length;
  } else {
    framing_ = terms.version_minor == 1 ? Framing::chunked : Framing::until_close;
  }
  const bool ends_connection = framing_ == Framing::until_close;
  terms.close = terms.close || ends_connection;
  remaining_bytes_ = length_bytes.value_or(0);
  write_head(channel, head, terms, framing_, remaining_bytes_);
  return ends_connection;
}

bool ResponseWriter::begin_piece(Channel& channel, std::uint64_t size_bytes) {
  if (framing_ == Framing::length) {
    if (size_bytes > remaining_bytes_) return false;
    remaining_bytes_ -= size_bytes;
  } else if (framing_ == Framing::chunked) {
    constexpr std::size_t kMaxSizeLineBytes = 18;
    char* const begin = channel.reserve(kMaxSizeLineBytes);
    char* end = std::to_chars(begin, begin + kMaxSizeLineBytes - 2, size_bytes, 16).ptr;
    end = put(end, "\r\n");
    channel.commit(static_cast<std::size_t>(end - begin));
  }
  return true;
}

void ResponseWriter::end_piece(Channel& channel) {
  if (framing_ == Framing::chunked) channel.write("\r\n");
}

bool ResponseWriter::end_stream(Channel& channel) {
  if (framing_ == Framing::length && remaining_bytes_ > 0) return false;
  if (framing_ == Framing::chunked) channel.write("0\r\n\r\n");
  return true;
}

}  // namespace hpserver::http
