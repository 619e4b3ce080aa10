#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hpserver::http {

// The head of an answer; its fields are views of bytes that the parser keeps until its next
// `reset`.
struct ResponseHead {
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  std::uint16_t status = 0;
  int version_minor = 1;
  bool chunked = false;
  // With neither this nor `chunked`, the body ends with the connection, or there is none.
  std::optional<std::uint64_t> content_length;
  // The connection may carry another answer after this one.
  bool keep_alive = false;
  std::vector<Field> fields;
};

// A strict parser of HTTP/1.x answers for clients of an upstream server: it can be stopped and
// resumed at every byte. It pulls, like RequestParser; it copies the head but not the body. It
// refuses anything ambiguous (both framings, two lengths, a folded line, a bare line feed), since
// answers of several exchanges share a connection. See: RFC 9112.
class ResponseParser {
 public:
  enum class Found : std::uint8_t { nothing, head, body, end, error };

  struct Step {
    Found found = Found::nothing;
    std::size_t consumed = 0;
    std::string_view body = {};  // with Found::body: a piece, inside the bytes fed
  };

  static constexpr std::size_t kMaxHeadBytes = std::size_t{16} * 1024;
  static constexpr std::size_t kMaxChunkLineBytes = 256;
  static constexpr std::size_t kMaxTrailerBytes = std::size_t{8} * 1024;

  // Prepares for the answer to the next request. An answer to HEAD has no body, whatever its fields
  // say.
  void reset(bool is_answer_to_head = false);

  // Parses up to the end of `bytes` or to the first thing found. Feed the rest again, even if it is
  // empty, until nothing is found (wait for more), the end, or an error, which is final until
  // `reset`. Skips interim answers (1xx).
  Step feed(std::string_view bytes);

  // Whether this answer is complete if the upstream server has closed the connection.
  [[nodiscard]] bool ends_with_connection() const noexcept { return stage_ == Stage::until_close; }

  // Valid from Found::head to the next `reset`.
  [[nodiscard]] const ResponseHead& head() const noexcept { return head_; }
  // Whether no byte of the answer has come yet.
  [[nodiscard]] bool untouched() const noexcept { return stage_ == Stage::head && text_.empty(); }

 private:
  enum class Stage : std::uint8_t {
    head,
    length,
    until_close,
    chunk_size,
    chunk,
    chunk_end,
    trailer,
    end,
    failed
  };

  Step read_on(std::string_view bytes);
  Step feed_head(std::string_view bytes);
  Step feed_line(std::string_view bytes);
  Step take_body(std::string_view bytes);
  Step fail(std::size_t consumed);
  [[nodiscard]] bool read_head();
  [[nodiscard]] bool read_status_line(std::string_view line);
  [[nodiscard]] bool read_field(std::string_view line);
  [[nodiscard]] bool read_framing_field(std::string_view name, std::string_view value);
  void choose_framing();
  [[nodiscard]] bool take_line(std::string_view line);
  [[nodiscard]] bool read_chunk_size(std::string_view line);

  Stage stage_ = Stage::head;
  bool is_answer_to_head_ = false;
  std::uint64_t remaining_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::string text_;  // the head as received
  std::string line_;  // a line of the chunk framing, so far
  ResponseHead head_;
};

}  // namespace hpserver::http
