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

// The answer to one request: what it says; a ResponseWriter makes bytes of it. A handler sets
// status and fields, then answers in exactly one way: `send…`, a stream, or later (`defer`,
// `detach`). One that returns having done nothing is answered for with 500; a second answer is a
// bug (asserted) and is dropped. Date, Content-Length, Transfer-Encoding and Connection are the
// server's to write; the body of a HEAD, 204 or 304 answer is never sent. For the loop's thread,
// during one of its exchange's calls: on_request, a BodySink's, on_drained, a step of
// HttpService::resume or Responder::run.
class Response {
 public:
  explicit Response(HttpSession& session) noexcept : session_(session) {}
  Response(const Response&) = delete;
  Response& operator=(const Response&) = delete;

  // 200 to 999; 200 unless told.
  Response& status(std::uint16_t code) noexcept;
  // Adds a field. A name that is no token, a value with a control character, or a field that is the
  // server's own makes the answer a 500: no input can split a response. See: is_field_name,
  // is_field_value in message/field_syntax.h to test first. So do fields of more than
  // kMaxFieldBytes together. See: RFC 9110 section 5.5.
  Response& header(std::string_view name, std::string_view value);
  Response& content_type(std::string_view value);
  // The connection ends with this answer.
  Response& close_connection() noexcept;

  // Answers with a copy of `body`, in one piece.
  void send(std::string_view body);
  // Answers with bytes that `owner` keeps alive until they are sent: for big ones.
  void send_shared(std::shared_ptr<const void> owner, std::string_view body);
  // `send` as application/json.
  void send_json(std::string_view json);
  // Answers with a file of the service's StaticFiles, with everything that has to do with it:
  // conditions, ranges, 404. Status and fields that were set before go before the file's own; with
  // another status than 200 the whole file is sent. `path` is decoded and relative to the root:
  // "report.pdf".
  void send_file(std::string_view path);
  // Answers with a status and its name as a plain text; drops the fields set before.
  void send_error(std::uint16_t code);
  // Answers 503, since there is no room for the request; the log hears `why`.
  void refuse(std::string_view why);
  // Answers 503 with Retry-After, since the request has waited too long to be begun; likewise.
  void shed();

  // Answers piece by piece: with Content-Length if the length is known, else chunked, or for a 1.0
  // client up to the connection's end.
  void begin_stream(std::optional<std::uint64_t> length_bytes = std::nullopt);
  // Copies `bytes` to the output. False if the peer reads too slowly: go on when on_drained says
  // so; what is written all the same is queued, up to `max_unsent_bytes`, then cut off.
  bool write(std::string_view bytes);
  bool write_shared(std::shared_ptr<const void> owner, std::string_view bytes);
  // A stream of known length that ends short of it is cut off instead: the client must notice.
  void end();
  // Cuts the connection: the answer can't be completed honestly.
  void abort() noexcept;

  // Called whenever congested output is out, until the answer ends.
  void on_drained(std::function<void(Response&)> drained) { drained_ = std::move(drained); }
  // Called once if the connection is gone before the answer has ended; the exchange with it.
  void on_abort(std::function<void()> aborted) { aborted_ = std::move(aborted); }

  // Answers later, from any thread. A step of a Responder may defer again: then it is the new one
  // that answers. Allocates.
  [[nodiscard]] Responder defer();
  // Answers later, on the loop's thread, through HttpService::find and HttpService::resume; whoever
  // detaches promises to answer.
  [[nodiscard]] ExchangeId detach();

  [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
  // Of its body, as given so far.
  [[nodiscard]] std::uint64_t body_bytes() const noexcept { return body_bytes_; }
  // The head is on its way: status and fields can't be changed any more.
  [[nodiscard]] bool started() const noexcept { return state_ != State::open; }
  // The whole answer has been given.
  [[nodiscard]] bool ended() const noexcept { return state_ == State::ended; }

 private:
  friend class HttpSession;
  friend class Responder;
  friend class StaticFiles;

  enum class State : std::uint8_t { open, streaming, ended };

  void reset() noexcept;
  // `name` is one that may be there.
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

  // The second of the Date field.
  [[nodiscard]] std::time_t date() const noexcept;

  // For StaticFiles. `rendered` is a status line of 200 and fields that were rendered before; the
  // answer's own fields, Date, Connection and the empty line follow here.
  void send_rendered(std::string_view rendered, std::string_view body);
  void send_rendered(std::string_view rendered, const std::shared_ptr<const SharedFile>& file,
                     std::uint64_t length_bytes);
  bool write_file(const std::shared_ptr<const SharedFile>& file, off_t offset,
                  std::uint64_t length_bytes);

  HttpSession& session_;
  std::string fields_;  // rendered "Name: value\r\n"…; keeps its capacity from answer to answer
  std::uint64_t body_bytes_ = 0;  // as given so far
  ResponseWriter writer_;
  std::function<void(Response&)> drained_;
  std::function<void()> aborted_;
  std::uint32_t deferrals_ = 0;  // so far, of this exchange
  std::uint16_t status_ = 200;
  State state_ = State::open;
  bool invalid_ : 1 = false;   // a field was refused
  bool overfull_ : 1 = false;  // cut off: its stream took no notice of its client
  bool close_ : 1 = false;
};

}  // namespace hpserver::http
