#include "addon/exchange/exchange.h"

#include <utility>

#include "addon/exchange/exchange_table.h"

namespace hpserver::binding {

namespace {

// So much of a body is waited for: a handler finds a smaller one complete, and one that is
// malformed or cut off before never gets to it.
constexpr std::size_t kWholeBodyBytes = std::size_t{64} * 1024;
// What waits for JavaScript to read it; beyond, the client is made to wait.
constexpr std::size_t kBodyWindowBytes = std::size_t{128} * 1024;

}  // namespace

class Exchange::Inside {
 public:
  explicit Inside(Exchange& exchange)
      : exchange_(exchange), before_(std::exchange(exchange.inside_, true)) {}
  ~Inside() {
    exchange_.inside_ = before_;
    exchange_.recycle_if_unused();
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  Exchange& exchange_;
  const bool before_;
};

void Exchange::begin(ExchangeHost& host, std::uint32_t route, http::Request& request,
                     http::Response& response) {
  const Inside inside(*this);
  host_ = &host;
  route_ = route;
  request_ = &request;
  response_ = &response;
  body_ended_ = !request.has_body();
  if (body_ended_) return call_handler();
  sink_ = true;
  request.stream_body(*this);
}

void Exchange::on_body(std::string_view bytes) {
  const Inside inside(*this);
  if (!live_) return;
  body_.append(bytes);
  if (called_) {
    report(ExchangeEvent::readable);
  } else if (body_.size() > kWholeBodyBytes) {
    call_handler();
  }
  if (!live_ || !called_ || body_paused_ || body_.size() < kBodyWindowBytes) return;
  body_paused_ = true;
  request_->pause_body();
}

void Exchange::on_body_end() {
  const Inside inside(*this);
  sink_ = false;
  body_ended_ = true;
  if (!live_) return;
  if (called_) return report(ExchangeEvent::readable);
  call_handler();
}

void Exchange::on_body_abort() {
  const Inside inside(*this);
  sink_ = false;
  if (!answered_) release(ExchangeEvent::gone);
}

double Exchange::number() const noexcept {
  return ExchangeTable::number_of(slot_, generation_);
}

Exchange::Body Exchange::take_body(std::string& piece) {
  if (body_.empty()) return body_ended_ ? Body::ended : Body::pending;
  piece = std::move(body_);
  body_.clear();
  if (std::exchange(body_paused_, false)) {
    with([](http::Request& request, http::Response&) { request.resume_body(); });
  }
  return Body::piece;
}

void Exchange::call_handler() {
  called_ = true;
  host_->calls().on_request(route_, number());
  if (live_ && !detached_) detach();
}

void Exchange::detach() {
  detached_ = true;
  id_ = response_->detach();
  response_->on_abort([this, generation = generation_] {
    if (generation == generation_) release(ExchangeEvent::gone);
  });
}

void Exchange::follow(http::Response& response) {
  response.on_drained([this](http::Response&) {
    const Inside inside(*this);
    congested_ = false;
    report(ExchangeEvent::drained);
  });
}

void Exchange::report(ExchangeEvent event) const {
  if (watched_) host_->calls().on_event(number(), event);
}

void Exchange::release(ExchangeEvent last) {
  if (!live_) return;
  const double former = number();
  live_ = false;
  ++generation_;
  if (watched_) host_->calls().on_event(former, last);
  recycle_if_unused();
}

void Exchange::recycle_if_unused() {
  if (!taken_ || live_ || inside_ || sink_) return;
  taken_ = called_ = detached_ = answered_ = body_ended_ = false;
  body_paused_ = congested_ = watched_ = false;
  body_ = {};
  table_.put_back(slot_);
}

}  // namespace hpserver::binding
