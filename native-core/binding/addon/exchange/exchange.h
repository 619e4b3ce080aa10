#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "addon/exchange/exchange_host.h"
#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/exchange_id.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::binding {

class ExchangeTable;

// A request in the hands of JavaScript, which knows it by a number: answered in place, or at any
// time later. Pooled by its table. For its loop's thread.
class Exchange final : public http::BodySink {
 public:
  Exchange(ExchangeTable& table, std::uint32_t slot) : table_(table), slot_(slot) {}

  // A request for a route of `host` has come. Its handler is called when the body is complete, or
  // has become too big to wait for: the rest streams.
  void begin(ExchangeHost& host, std::uint32_t route, http::Request& request,
             http::Response& response);

  void on_body(std::string_view bytes) override;
  void on_body_end() override;
  void on_body_abort() override;

  [[nodiscard]] const http::Request& request() const noexcept { return *request_; }
  [[nodiscard]] ExchangeHost& host() const noexcept { return *host_; }
  [[nodiscard]] double number() const noexcept;

  // Gives the whole answer by `step(request, response)`: the number means nothing from here on.
  template <typename Step>
  void answer(const Step& step) {
    answered_ = true;
    with(step);
    release(ExchangeEvent::finished);
  }

  // Begins to answer by `step`: `drained` is reported when congested output is out.
  template <typename Step>
  void begin_answer(const Step& step) {
    if (!detached_) detach();
    with([&](http::Request& request, http::Response& response) {
      follow(response);
      step(request, response);
    });
  }

  // Lets `step(request, response)` go on with the answer, in place or by way of the connection.
  template <typename Step>
  void with(const Step& step) {
    if (inside_) return step(*request_, *response_);
    host_->enter();
    host_->service().resume(id_, [&step](http::Request& request, http::Response& response) {
      step(request, response);
    });
  }

  // Goes on with a stream by `write(response)`, which tells whether there is room for more. False:
  // wait for `drained`.
  template <typename Write>
  bool stream(const Write& write) {
    with([&](http::Request&, http::Response& response) { congested_ = !write(response); });
    // What was sent at once is out already: nothing would come to wait for.
    return !congested_;
  }

  enum class Body : std::uint8_t { piece, ended, pending };
  // Takes what has come of the body.
  Body take_body(std::string& piece);

  // Its end is to be reported.
  void watch() noexcept { watched_ = true; }

 private:
  friend class ExchangeTable;

  // One of the exchange's own calls is under way: the response can be used directly.
  class Inside;

  void call_handler();
  void detach();
  void follow(http::Response& response);
  void report(ExchangeEvent event) const;
  void release(ExchangeEvent last);
  void recycle_if_unused();

  ExchangeTable& table_;
  ExchangeHost* host_ = nullptr;
  http::Request* request_ = nullptr;    // while `live_`
  http::Response* response_ = nullptr;  // likewise; used directly while `inside_` only
  http::ExchangeId id_;                 // once detached
  std::string body_;                    // received and not read yet
  const std::uint32_t slot_;
  std::uint32_t generation_ = 0;
  std::uint32_t route_ = 0;
  bool taken_ = false;
  bool live_ = false;  // neither answered nor given up
  bool inside_ = false;
  bool called_ = false;  // JavaScript knows of it
  bool detached_ = false;
  bool answered_ = false;
  bool sink_ = false;  // the session still calls this object
  bool body_ended_ = false;
  bool body_paused_ = false;
  bool congested_ = false;
  bool watched_ = false;
};

}  // namespace hpserver::binding
