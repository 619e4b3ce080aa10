#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "addon/exchange/exchange.h"
#include "addon/inline/exchange_host.h"
#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/exchange_id.h"
#include "hpserver/protocol/http/handler.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::binding {

// A request answered on the thread of its connection, which is JavaScript's own.
class LoopExchange final : public Exchange, public http::BodySink {
 public:
  LoopExchange(ExchangeTable& table, std::uint32_t slot) : Exchange(table, slot) {}

  // A request for a route of `host` has arrived. Its handler is called when the body is complete,
  // or is too large to wait for; in that case the rest of the body streams.
  void begin_request(ExchangeHost& host, std::uint32_t route, http::Request& request,
                     http::Response& response);
  // Calls the handler of a postponed exchange. Inside a turn.
  void call_postponed();

  void on_body(std::string_view bytes) override;
  void on_body_end() override;
  void on_body_abort() override;

  [[nodiscard]] std::string_view method() const override { return request_->method_name(); }
  [[nodiscard]] std::string_view target() const override { return request_->target(); }
  [[nodiscard]] std::string peer() override;
  [[nodiscard]] std::string_view id() const override { return request_->id(); }
  [[nodiscard]] std::string_view trace_parent() const override { return request_->trace_parent(); }
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const override;
  [[nodiscard]] std::string_view param(std::string_view name) const override {
    return request_->param(name);
  }
  Body take_body(std::string& piece) override;

  void send(const AnswerHead& head, Chunk& body) override;
  Result<void> send_file(const FileAnswer& answer) override;
  void begin(const AnswerHead& head, std::optional<std::uint64_t> length_bytes) override;
  bool write(Chunk& chunk) override;
  void end() override;
  void abort() override;

 private:
  // Marks one of the exchange's own calls, in which the response can be used directly.
  class Inside;

  // Gives the whole answer through `step(request, response)`.
  template <typename Step>
  void answer(const Step& step) {
    answered_ = true;
    with(step);
    give_up(ExchangeEvent::finished);
  }

  // Continues the answer through `step(request, response)`, directly or by way of the connection.
  template <typename Step>
  void with(const Step& step) {
    if (inside_) return step(*request_, *response_);
    host_->enter();
    host_->service().resume(id_, [&step](http::Request& request, http::Response& response) {
      step(request, response);
    });
  }

  void call_handler();
  void detach();
  void follow(http::Response& response);
  void tell(ExchangeEvent event) const { report(host_->calls(), event); }
  void give_up(ExchangeEvent last);
  void recycle_if_unused();

  ExchangeHost* host_ = nullptr;
  http::Request* request_ = nullptr;    // while live
  http::Response* response_ = nullptr;  // while live; used directly only if `inside_`
  http::ExchangeId id_;                 // once detached
  std::string body_;                    // received and not read yet
  std::uint32_t route_ = 0;
  bool inside_ = false;
  bool called_ = false;  // JavaScript knows the exchange, or will
  bool detached_ = false;
  bool answered_ = false;
  bool sink_ = false;  // the session still calls this object
  bool body_ended_ = false;
  bool body_paused_ = false;
  bool congested_ = false;
};

// The handler of a route implemented in JavaScript. For its loop's thread: each loop has its own
// router.
class JsHandler final : public http::Handler {
 public:
  JsHandler(ExchangeTable& exchanges, ExchangeHost& host, std::uint32_t route)
      : exchanges_(exchanges), host_(host), route_(route) {}

  void on_request(http::Request& request, http::Response& response) override {
    LoopExchange* const exchange = exchanges_.take<LoopExchange>();
    if (exchange == nullptr) return response.refuse("too many are in progress");
    exchange->begin_request(host_, route_, request, response);
  }

 private:
  ExchangeTable& exchanges_;
  ExchangeHost& host_;
  const std::uint32_t route_;
};

}  // namespace hpserver::binding
