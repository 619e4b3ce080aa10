#include <functional>
#include <string>
#include <utility>

#include "hpserver/net/channel.h"
#include "hpserver/protocol/http/message/status.h"
#include "hpserver/protocol/http/notices.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/protocol/http/session.h"

// The ends of exchanges that nobody wishes for.
namespace hpserver::http {

void HttpSession::refuse(ParseReason reason) {
  ++service_->counters_.bad_requests;
  const ParseError& error = kParseErrors[static_cast<std::size_t>(reason)];
  refuse(error.status, error.text);
}

// An answer that the handler has no part in, if it isn't too late for one; then the end.
void HttpSession::refuse(std::uint16_t status, std::string_view text) {
  Response& response = exchange_.response;
  if (stage_ == Stage::head) begin_unreadable_exchange();
  close_ = true;
  if (response.started()) {
    abort_exchange();
    close_now();
    return;
  }
  const std::function<void()> cut_off = take_cut_off();
  response.drop_fields();
  response.status(status).content_type("text/plain; charset=utf-8");
  response.send(std::string(text.empty() ? reason_phrase(status) : text) + '\n');
  finish_exchange();
  if (cut_off) call_off(cut_off);
}

// As if the handler had answered so, unless it has answered already.
void HttpSession::fail_exchange() {
  Response& response = exchange_.response;
  if (!in_exchange_ || response.ended()) return;
  ++service_->counters_.handler_errors;
  if (response.started()) {
    response.abort();
  } else {
    response.send_error(500);
  }
}

void HttpSession::begin_unreadable_exchange() {
  exchange_.request.set_head("", kNoRequestHead);
  exchange_.response.reset();
  in_exchange_ = true;
  note_beginning();
}

void HttpSession::abort_exchange() {
  if (!in_exchange_) return;
  Response& response = exchange_.response;
  const std::function<void()> cut_off = take_cut_off();
  if (!response.started()) response.status_ = 0;
  if (channel_ != nullptr && response.started()) channel_->abort();
  end_exchange();
  if (cut_off) call_off(cut_off);
}

// What is to hear that the exchange was cut off, once that is done.
std::function<void()> HttpSession::take_cut_off() {
  std::function<void()> aborted = std::move(exchange_.response.aborted_);
  if (!stop_.stop_possible()) return aborted;
  return [stop = stop_, aborted = std::move(aborted)]() mutable {
    stop.request_stop();
    if (aborted) aborted();
  };
}

void HttpSession::on_end_of_input(Channel& channel) {
  const Call call(*this, channel);
  // A request that stays incomplete gets no answer; one that was answered needs none.
  abort_exchange();
  close_now();
}

void HttpSession::on_timeout(Channel& channel) {
  const Call call(*this, channel);
  if (phase() == Phase::respond) {
    note_overdue(channel, exchange_.request);
    ++service_->counters_.overdue;
    refuse(503);
  } else if (stage_ == Stage::head || has_body_to_come()) {
    refuse(408);
  }
}

void HttpSession::on_close() {
  abort_exchange();
}

}  // namespace hpserver::http
