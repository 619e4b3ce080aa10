#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/base/clock.h"
#include "hpserver/connection/channel.h"
#include "hpserver/connection/memory_budget.h"
#include "hpserver/connection/service.h"
#include "hpserver/event/call_watch.h"
#include "hpserver/event/foreign_call.h"
#include "hpserver/protocol/http/access_log.h"
#include "hpserver/protocol/http/body_pace.h"
#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/http_limits.h"
#include "hpserver/protocol/http/identity/request_namer.h"
#include "hpserver/protocol/http/meter_note.h"
#include "hpserver/protocol/http/notices.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/request_parser.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/router.h"

namespace hpserver::http {

class HttpService;
class HttpSession;

// A request and its answer.
struct Exchange {
  explicit Exchange(HttpSession& session) noexcept : request(session), response(session) {}

  Request request;
  Response response;
};

// One conversation: request after request, pipelined ones from one input into one output. Pooled by
// its service: a connection gives it back whenever it is idle.
class HttpSession final : public Session {
 public:
  HttpSession(HttpService& service, std::shared_ptr<const HttpLimits> limits);

  std::size_t on_input(std::string_view input, Channel& channel) override;
  void on_end_of_input(Channel& channel) override;
  void on_drained(Channel& channel) override;
  void on_timeout(Channel& channel) override;
  void on_close() override;
  [[nodiscard]] Phase phase() const override;

 private:
  friend class HttpService;
  friend class Request;
  friend class Response;
  friend class StaticFiles;

  enum class Stage : std::uint8_t {
    head,     // of the next request
    body,     // being buffered; then the handler is called
    stream,   // the handler was called; the body goes to its sink
    discard,  // the answer was given; the rest of the body is dropped
    answer,   // the request is complete, the answer isn't
    closing,  // the last answer was given
  };

  // Sets the channel for one call; at its end, input is paused if the exchange asks for that.
  class Call {
   public:
    Call(HttpSession& session, Channel& channel);
    ~Call() {
      session_.update_pause();
      if (session_.has_body_to_come()) {
        session_.pace_.note_wait(session_.is_waiting_for_body(), session_.channel_->now());
      }
      session_.channel_ = nullptr;
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    HttpSession& session_;
  };

  // Takes the place of a head that could not be read.
  static constexpr RequestHead kNoRequestHead = [] {
    RequestHead head{};
    head.version_minor = 1;
    head.keep_alive = true;  // the client hasn't asked for anything else
    return head;
  }();

  // Each returns how many bytes of `input` it has consumed; 0 if it needs more.
  std::size_t read_head(std::string_view input);
  std::size_t read_body(std::string_view input);
  // False while the peer doesn't read: an unread answer keeps the next request waiting.
  [[nodiscard]] bool is_reading() const noexcept {
    return stage_ != Stage::answer && stage_ != Stage::closing && !body_paused_;
  }
  [[nodiscard]] bool has_body_to_come() const noexcept {
    return stage_ == Stage::body || stage_ == Stage::stream || stage_ == Stage::discard;
  }
  [[nodiscard]] bool is_announced_body_too_long() const noexcept;
  [[nodiscard]] bool is_waiting_for_body() const noexcept;

  // The steps of an exchange.
  std::size_t begin_exchange(std::string_view input);
  std::size_t begin_buffered(std::string_view input);
  void dispatch();
  void take_body(std::string_view bytes);
  void buffer_body(std::string_view bytes);
  void end_body();
  void settle();
  void finish_exchange();
  void end_exchange();
  void next_request();
  void close_now();

  // Calls a handler's code: an exception affects only its own exchange, which is answered 500, or
  // cut off if the answer has begun. False if it has thrown.
  template <typename Step>
  [[nodiscard]] bool call_out(Step&& step) {
    // There is a route: without one, no handler is called.
    const CallMark::Call call(channel_->call_mark(), target_->name.c_str());
    return call_foreign(std::forward<Step>(step), [this](const char* what) {
      note_exception(*channel_, exchange_.request, what);
      fail_exchange();
    });
  }
  // Does the same for the last calls of an exchange, whose result no longer matters. Without a
  // channel the connection is closed already, and the code that closed it handles the exception.
  template <typename Step>
  void call_off(Step&& step) {
    if (channel_ == nullptr) return step();
    static_cast<void>(call_foreign(std::forward<Step>(step), [this](const char* what) {
      note_exception(*channel_, exchange_.request, what);
    }));
  }
  void end_sink() {
    BodySink* const sink = std::exchange(sink_, nullptr);
    static_cast<void>(call_out([&] { sink->on_body_end(); }));
  }
  void fail_exchange();

  // Premature ends.
  [[nodiscard]] std::uint16_t refusal_status(const RequestHead& head) const noexcept;
  void refuse(ParseReason reason);
  void refuse(std::uint16_t status, std::string_view text = {});
  void begin_unreadable_exchange();
  [[nodiscard]] std::function<void()> take_cut_off();
  void abort_exchange();
  [[nodiscard]] bool is_last_answer(bool answer_goes_on) const noexcept;
  [[nodiscard]] bool can_discard() const noexcept;

  // For the service.
  bool resume(ExchangeId id, Channel& channel,
              const std::function<void(Request&, Response&)>& step);
  void detach();
  void clear();

  void keep_request();
  void send_continue();
  void update_pause();
  void note_beginning();
  void note_end() const;

  HttpService* service_;        // the executor's, which may differ between calls
  Channel* channel_ = nullptr;  // only during a call
  std::shared_ptr<const HttpLimits> limits_;
  RequestParser parser_;
  Exchange exchange_;
  const Route::Target* target_ = nullptr;
  BodySink* sink_ = nullptr;
  std::uint64_t body_bytes_ = 0;             // received so far
  std::uint64_t discarded_bytes_ = 0;        // of these, since the answer ended
  std::string head_copy_;                    // the head, once its input is gone
  std::string body_;                         // the body, if buffered or once its input is gone
  MemoryClaim body_claim_;                   // for a long body
  std::stop_source stop_{std::nostopstate};  // once its token was requested
  AccessNote access_note_;
  MeterNote meter_note_;
  RequestName name_;  // empty if requests have none
  BodyPace pace_;
  ExchangeId id_;  // its connection is set once detached
  Stage stage_ = Stage::head;
  bool in_exchange_ : 1 = false;    // a request was read and its answer has not ended
  bool kept_ : 1 = false;           // head and body are in our own memory
  bool close_ : 1 = false;          // after this answer
  bool detached_ : 1 = false;       // the service can find it by its id
  bool body_paused_ : 1 = false;    // by the handler
  bool drain_wanted_ : 1 = false;   // a stream must wait for on_drained
  bool continue_owed_ : 1 = false;  // the client waits for 100 before sending the body
};

}  // namespace hpserver::http
