#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/request_parser.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/router.h"
#include "hpserver/service/service.h"

namespace hpserver::http {

class HttpService;
class HttpSession;

// A request and its answer.
struct Exchange {
  explicit Exchange(HttpSession& session) noexcept : request(session), response(session) {}

  Request request;
  Response response;
};

// One conversation: request after request, pipelined ones out of one input and into one output.
// Pooled by its service; about 3 KiB, which a connection gives back whenever it idles.
class HttpSession final : public Session {
 public:
  explicit HttpSession(HttpService& service);

  std::size_t on_input(std::string_view input, Channel& channel) override;
  void on_end_of_input(Channel& channel) override;
  void on_drained(Channel& channel) override;
  void on_timeout(Channel& channel) override;
  void on_close() override;
  void on_drain() override;
  [[nodiscard]] Phase phase() const override;

 private:
  friend class HttpService;
  friend class Request;
  friend class Response;

  enum class Stage : std::uint8_t {
    head,     // of the next request
    body,     // to be buffered, then the handler is called
    stream,   // the handler was called; the body goes to its sink
    discard,  // the answer was given; what is left of the body is dropped
    answer,   // the request is complete, the answer is not
    closing,  // the last answer was given
  };

  // Each returns how many bytes of `input` it is done with.
  std::size_t read_head(std::string_view input);
  std::size_t read_body(std::string_view input);

  std::size_t begin_exchange(std::string_view input, std::size_t head_bytes);
  std::size_t begin_buffered(std::string_view input, std::size_t head_bytes);
  std::size_t begin_streamed(std::string_view input, std::size_t head_bytes);
  void dispatch();
  void answer_without_route();
  void answer_options(std::string_view allow);
  void take_body(std::string_view bytes);
  void end_body();
  void refuse_body(std::uint16_t status);
  void refuse(const ParseError& error);
  void keep_request();
  void settle();
  void finish_exchange();
  void abort_exchange();
  void log_exchange();
  void send_continue();

  HttpService& service_;
  Channel* channel_ = nullptr;  // during a call only
  RequestParser parser_;
  Exchange exchange_;
  const Route::Target* target_ = nullptr;
  BodySink* sink_ = nullptr;
  std::uint64_t body_bytes_ = 0;  // received or discarded so far
  std::string head_copy_;         // the head, once the input that held it is gone
  std::string body_;              // likewise, and what is buffered
  std::string peer_;              // for the access log
  Token token_;                   // while detached
  std::uint32_t sequence_ = 0;
  Deadline began_;
  Stage stage_ = Stage::head;
  bool close_ : 1 = false;  // after this answer
  bool body_paused_ : 1 = false;
  bool continue_owed_ : 1 = false;  // the client waits for 100 before it sends the body
  bool registered_ : 1 = false;     // with the service, by `detach`
};

}  // namespace hpserver::http
