#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hpserver/connection/segment.h"
#include "hpserver/protocol/http/exchange_id.h"
#include "hpserver/protocol/http/response_writer.h"

namespace hpserver::http {

class HttpSession;
class Responder;
class StaticFiles;

inline constexpr std::size_t kMaxFieldBytes = std::size_t{8} * 1024;

// The content of the answer to one request; a ResponseWriter turns it into bytes. A handler sets
// status and fields, then answers in exactly one way: `send…`, a stream, or later (`defer`,
// `detach`). If it returns without any of these, the answer is a 500; a second answer is a bug
// (asserted) and is dropped. The server itself writes Date, Content-Length, Transfer-Encoding and
// Connection, and never sends the body of a HEAD, 204 or 304 answer. Use it on the loop's thread,
// during a call that belongs to its exchange: on_request, a BodySink's calls, on_drained, a step of
// HttpService::resume or Responder::run.
class Response {
 public:
  explicit Response(HttpSession& session) noexcept : session_(session) {}
  Response(const Response&) = delete;
  Response& operator=(const Response&) = delete;

  // 200 to 999; 200 by default.
  Response& status(std::uint16_t code) noexcept;
  // Adds a field. An invalid name, a value with a control character, one of the server's own
  // fields, or more than kMaxFieldBytes of fields make the answer a 500, so no input can split a
  // response. To check first, see is_field_name and is_field_value in message/field_syntax.h. See:
  // RFC 9110 section 5.5.
  Response& header(std::string_view name, std::string_view value);
  Response& content_type(std::string_view value);
  // Closes the connection after this answer.
  Response& close_connection() noexcept;

  // Answers with a copy of `body`, in one piece.
  void send(std::string_view body);
  // Answers with bytes that `owner` keeps alive until they are sent: for large bodies.
  void send_shared(std::shared_ptr<const void> owner, std::string_view body);
  // `send` as application/json.
  void send_json(std::string_view json);
  // Answers with a file of the service's StaticFiles, including conditions, ranges and 404. Status
  // and fields set before take precedence over the file's own; with a status other than 200 the
  // whole file is sent. `path` is decoded and relative to the root: "report.pdf".
  void send_file(std::string_view path);
  // Answers with a status and its name as plain text; drops the fields set before.
  void send_error(std::uint16_t code);
  // Answers 503 for lack of room, and logs `why`.
  void refuse(std::string_view why);
  // Answers 503 with Retry-After, since the request has waited too long to be begun, and logs it.
  void shed();

  // Answers piece by piece: with Content-Length if the length is known, else chunked, or for a 1.0
  // client up to the end of the connection.
  void begin_stream(std::optional<std::uint64_t> length_bytes = std::nullopt);
  // Copies `bytes` to the output. False if the peer reads too slowly: continue in on_drained; what
  // is written anyway is queued, up to `max_unsent_bytes`, beyond which the answer is cut off.
  bool write(std::string_view bytes);
  bool write_shared(std::shared_ptr<const void> owner, std::string_view bytes);
  // Ends the stream. If fewer bytes were written than announced, cuts the connection off, so the
  // client notices.
  void end();
  // Cuts the connection off: the answer can't be completed correctly.
  void abort() noexcept;

  // Called whenever congested output has been sent, until the answer ends.
  void on_drained(std::function<void(Response&)> drained) { drained_ = std::move(drained); }
  // Called once if the connection closes before the answer has ended; the exchange is over then.
  void on_abort(std::function<void()> aborted) { aborted_ = std::move(aborted); }

  // Answers later, from any thread. A step of a Responder may defer again; then only the new
  // Responder can answer. Allocates.
  [[nodiscard]] Responder defer();
  // Answers later, on the loop's thread, through HttpService::find and HttpService::resume; the
  // caller must then answer.
  [[nodiscard]] ExchangeId detach();

  [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
  // The size of the body given so far.
  [[nodiscard]] std::uint64_t body_bytes() const noexcept { return body_bytes_; }
  // The head is being sent: status and fields can't be changed any more.
  [[nodiscard]] bool started() const noexcept { return state_ != State::open; }
  // The whole answer has been given.
  [[nodiscard]] bool ended() const noexcept { return state_ == State::ended; }

 private:
  friend class HttpSession;
  friend class Responder;
  friend class StaticFiles;

  enum class State : std::uint8_t { open, streaming, ended };

  void reset() noexcept;
  // `name` must be allowed.
  Response& add_field(std::string_view name, std::string_view value);
  void drop_fields() noexcept;
  [[nodiscard]] std::string_view find_field(std::string_view name) const noexcept;
  [[nodiscard]] std::string take_field(std::string_view name);
  void drop_callbacks() noexcept;
  [[nodiscard]] bool begin_answer(bool goes_on = false);
  [[nodiscard]] bool has_body() const noexcept;
  // For the writer.
  [[nodiscard]] AnswerHead head() const noexcept { return {status_, fields_}; }
  [[nodiscard]] AnswerTerms terms() const noexcept;
  [[nodiscard]] bool begin_piece(std::uint64_t size_bytes);
  bool end_piece();

  // The time in the Date field.
  [[nodiscard]] std::time_t date() const noexcept;

  // For StaticFiles. `rendered` is a status line of 200 and fields rendered earlier; the answer's
  // own fields, Date, Connection and the empty line are added here.
  void send_rendered(std::string_view rendered, std::string_view body);
  void send_rendered(std::string_view rendered, const std::shared_ptr<const SharedFile>& file,
                     std::uint64_t length_bytes);
  bool write_file(const std::shared_ptr<const SharedFile>& file, off_t offset,
                  std::uint64_t length_bytes);

  HttpSession& session_;
  std::string fields_;            // rendered "Name: value\r\n"…; keeps its capacity between answers
  std::uint64_t body_bytes_ = 0;  // given so far
  ResponseWriter writer_;
  std::function<void(Response&)> drained_;
  std::function<void()> aborted_;
  std::uint32_t deferrals_ = 0;  // in this exchange so far
  std::uint16_t status_ = 200;
  State state_ = State::open;
  bool invalid_ : 1 = false;   // a field was refused
  bool overfull_ : 1 = false;  // cut off: its stream ignored that its client is slow
  bool close_ : 1 = false;
};

}  // namespace hpserver::http
