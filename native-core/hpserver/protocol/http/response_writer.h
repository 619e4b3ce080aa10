#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "hpserver/connection/segment.h"

namespace hpserver {
class Channel;
}

namespace hpserver::http {

// What an answer says before its body.
struct AnswerHead {
  std::uint16_t status = 200;
  std::string_view fields;  // "Name: value\r\n"…, except the server's own
};

// What else determines how an answer is written.
struct AnswerTerms {
  bool answers_head = false;  // it answers a HEAD, so it has no body
  int version_minor = 1;
  bool close = false;          // the connection is closed after it
  std::string_view date_line;  // "Date: …\r\n"
};

// Turns an answer into the bytes of HTTP/1: head, framing, body and end. Response decides what an
// answer says, and whether it may. One per exchange at a time. See: RFC 9112.
class ResponseWriter {
 public:
  // Writes the whole answer: head, and a body of known length. Copies `body`, or sends it from
  // `owner`.
  void send(Channel& channel, const AnswerHead& head, const AnswerTerms& terms,
            std::string_view body);
  void send_shared(Channel& channel, const AnswerHead& head, const AnswerTerms& terms,
                   std::shared_ptr<const void> owner, std::string_view body);
  // Does the same with `rendered`, which contains a status line and fields, including the length.
  void send_rendered(Channel& channel, std::string_view rendered, const AnswerHead& head,
                     const AnswerTerms& terms, std::string_view body);

  // Writes the head for a body in pieces: with Content-Length if the length is known, else chunked,
  // or for a 1.0 client up to the end of the connection (true: it must be closed after this
  // answer).
  [[nodiscard]] bool begin_stream(Channel& channel, const AnswerHead& head, AnswerTerms terms,
                                  std::optional<std::uint64_t> length_bytes);
  // Writes the framing around a piece of `size_bytes`, not 0. False if the body would become longer
  // than announced: the client would take the surplus for the next answer.
  [[nodiscard]] bool begin_piece(Channel& channel, std::uint64_t size_bytes);
  void end_piece(Channel& channel);
  // False: the body is shorter than announced.
  [[nodiscard]] bool end_stream(Channel& channel);

  // Whether bytes of a body follow this head. See: RFC 9110, section 6.4.1.
  [[nodiscard]] static bool has_body(std::uint16_t status, bool answers_head) noexcept {
    return allows_body(status) && !answers_head;
  }
  [[nodiscard]] static bool allows_body(std::uint16_t status) noexcept {
    return status >= 200 && status != 204 && status != 304;
  }

 private:
  enum class Framing : std::uint8_t { none, length, chunked, until_close };

  static char* render_head(char* at, const AnswerHead& head, const AnswerTerms& terms,
                           Framing framing, std::uint64_t length_bytes);
  void write_head(Channel& channel, const AnswerHead& head, const AnswerTerms& terms,
                  Framing framing, std::uint64_t length_bytes);

  std::uint64_t remaining_bytes_ = 0;  // for a stream of known length
  Framing framing_ = Framing::none;    // for a stream
};

// A body up to this size is copied after its head, so both leave the cork in one piece.
inline constexpr std::size_t kMaxJoinedBodyBytes = std::size_t{4} * 1024;

}  // namespace hpserver::http
