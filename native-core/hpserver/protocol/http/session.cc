#include "hpserver/protocol/http/session.h"

#include <functional>
#include <string>
#include <utility>

#include "hpserver/connection/channel.h"
#include "hpserver/protocol/http/answer_unrouted.h"
#include "hpserver/protocol/http/message/status.h"
#include "hpserver/protocol/http/notices.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::http {
namespace {

// Memory that an exchange may leave allocated for the next one.
constexpr std::size_t kMaxKeptBytes = std::size_t{64} * 1024;

// How many heads, or parts of a body, to handle for one client before others get their turn.
constexpr int kStepsPerTurn = 64;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

void give_back(std::string& buffer) {
  if (buffer.capacity() > kMaxKeptBytes) {
    std::string().swap(buffer);
  } else {
    buffer.clear();
  }
}

}  // namespace

HttpSession::Call::Call(HttpSession& session, Channel& channel) : session_(session) {
  session.channel_ = &channel;
  session.service_ = static_cast<HttpService*>(&channel.service());
}

HttpSession::HttpSession(HttpService& service, std::shared_ptr<const HttpLimits> limits)
    : service_(&service), limits_(std::move(limits)), parser_(limits_->parse), exchange_(*this) {
  exchange_.response.fields_.reserve(256);
}

std::size_t HttpSession::on_input(std::string_view input, Channel& channel) {
  const Call call(*this, channel);
  if (has_body_to_come()) pace_.note_arrival(channel.now());
  std::size_t consumed = 0;
  for (int steps = 0; consumed < input.size() && is_reading(); ++steps) {
    if (steps == kStepsPerTurn) {
      channel.yield();
      break;
    }
    const std::string_view rest = input.substr(consumed);
    const std::size_t step = stage_ == Stage::head ? read_head(rest) : read_body(rest);
    consumed += step;
    if (step == 0 || channel.congested()) break;
  }
  if (has_body_to_come() &&
      pace_.is_below(limits_->min_body_rate, limits_->body_grace, body_bytes_)) {
    refuse(408);
  }
  if (in_exchange_) keep_request();
  return stage_ == Stage::closing ? input.size() : consumed;
}

std::size_t HttpSession::read_head(std::string_view input) {
  const ParseResult result = parser_.feed(input.substr(parser_.head().size_bytes));
  switch (result.progress) {
    case Progress::head_complete:
      return begin_exchange(input);
    case Progress::error:
      refuse(result.reason);
      return input.size();
    default:
      return 0;
  }
}

std::size_t HttpSession::begin_exchange(std::string_view input) {
  const RequestHead& head = parser_.head();
  // Copied, since answering may end the exchange, which resets the parser.
  const std::size_t head_bytes = head.size_bytes;
  Request& request = exchange_.request;
  ++service_->counters_.requests;
  request.set_head(input.data(), head);
  exchange_.response.reset();
  id_.sequence = service_->next_sequence();
  in_exchange_ = true;
  kept_ = false;
  sink_ = nullptr;
  body_bytes_ = 0;
  if (head.has_body()) pace_ = {};
  continue_owed_ = head.expect_continue && head.has_body();
  note_beginning();

  const Route* const route = service_->router_->match(request);
  target_ = route == nullptr ? nullptr : route->find(request.method());
  stage_ = head.has_body() ? Stage::stream : Stage::answer;
  if (const std::uint16_t status = refusal_status(head); status != 0) {
    close_ = true;
    exchange_.response.send_error(status);
  } else if (channel_->is_late() && request.may_be_shed()) {
    exchange_.response.shed();
  } else if (target_ == nullptr) {
    answer_unrouted(request, exchange_.response, route, service_->options_.files.get());
  } else if (target_->options.body_mode == BodyMode::buffered && head.has_body()) {
    return begin_buffered(input);
  } else {
    const bool returned =
        call_out([&] { target_->handler->on_request(request, exchange_.response); });
    if (sink_ != nullptr && continue_owed_ && !exchange_.response.started()) send_continue();
    if (sink_ != nullptr && !head.has_body() && returned) end_sink();
  }
  settle();
  return head_bytes;
}

// The status with which the head alone gets the request refused; 0 if it isn't refused.
std::uint16_t HttpSession::refusal_status(const RequestHead& head) const noexcept {
  // RFC 9110 section 10.1.1: 100-continue is the only expectation defined.
  if (head.has(HeaderId::expect) && !head.expect_continue && head.version_minor == 1) return 417;
  if (head.content_length > service_->max_body_bytes(target_, *limits_)) return 413;
  return 0;
}

// A body that arrived with its head is read where it was received.
std::size_t HttpSession::begin_buffered(std::string_view input) {
  const RequestHead& head = parser_.head();
  const std::string_view rest = input.substr(head.size_bytes);
  if (!head.chunked && rest.size() >= head.content_length) {
    const std::size_t size_bytes = head.size_bytes + static_cast<std::size_t>(head.content_length);
    exchange_.request.body_ = rest.substr(0, static_cast<std::size_t>(head.content_length));
    stage_ = Stage::answer;
    dispatch();
    return size_bytes;
  }
  stage_ = Stage::body;
  if (continue_owed_ && rest.empty()) send_continue();
  continue_owed_ = false;
  return head.size_bytes;
}

void HttpSession::dispatch() {
  static_cast<void>(
      call_out([&] { target_->handler->on_request(exchange_.request, exchange_.response); }));
  settle();
}

std::size_t HttpSession::read_body(std::string_view input) {
  std::size_t consumed = 0;
  while (has_body_to_come()) {
    // The end of a body of announced length needs no further bytes.
    const bool all_received =
        !parser_.head().chunked && body_bytes_ == parser_.head().content_length;
    if (!all_received && (body_paused_ || channel_->congested())) break;
    const ParseResult result = parser_.feed(input.substr(consumed));
    consumed += result.consumed;
    if (result.progress == Progress::error) {
      refuse(result.reason);
      return input.size();
    }
    if (is_announced_body_too_long()) {
      if (stage_ == Stage::discard) {
        close_now();
      } else {
        refuse(413);
      }
      return input.size();
    }
    if (result.progress == Progress::need_more) break;
    if (result.progress == Progress::message_complete) {
      end_body();
      break;
    }
    take_body(result.body);
  }
  return consumed;
}

// Counts the bytes received, and those announced by a chunk's size: no need to wait for the latter.
bool HttpSession::is_announced_body_too_long() const noexcept {
  const bool is_unwanted = stage_ == Stage::discard;
  const std::uint64_t limit =
      is_unwanted ? limits_->max_discard_bytes : service_->max_body_bytes(target_, *limits_);
  const std::uint64_t received = is_unwanted ? discarded_bytes_ : body_bytes_;
  return received <= limit && parser_.announced_bytes() > limit - received;
}

bool HttpSession::is_waiting_for_body() const noexcept {
  return has_body_to_come() && !body_paused_ && !drain_wanted_ && !channel_->congested();
}

void HttpSession::take_body(std::string_view bytes) {
  body_bytes_ += bytes.size();
  continue_owed_ = false;
  if (stage_ == Stage::discard) {
    discarded_bytes_ += bytes.size();
    if (discarded_bytes_ > limits_->max_discard_bytes) close_now();
  } else if (body_bytes_ > service_->max_body_bytes(target_, *limits_)) {
    refuse(413);
  } else if (stage_ == Stage::body) {
    buffer_body(bytes);
  } else if (sink_ != nullptr) {
    static_cast<void>(call_out([&] { sink_->on_body(bytes); }));
    settle();
  }
}

// Every connection may buffer a short body without asking; longer bodies share a budget.
void HttpSession::buffer_body(std::string_view bytes) {
  body_.append(bytes);
  if (body_.capacity() <= MemoryBudget::kFreeBytes) return;
  if (body_claim_.grow_to(channel_->memory_budget(), body_.capacity())) return;
  note_no_memory(*channel_, exchange_.request);
  refuse(503);
}

void HttpSession::end_body() {
  switch (stage_) {
    case Stage::body:
      stage_ = Stage::answer;
      exchange_.request.body_ = body_;
      dispatch();
      break;
    case Stage::stream:
      stage_ = Stage::answer;
      if (sink_ != nullptr) end_sink();
      settle();
      break;
    default:
      next_request();
  }
}

// Called after each of the exchange's calls. Fails an exchange that no one can answer any more, and
// finishes one whose answer is complete.
void HttpSession::settle() {
  Response& response = exchange_.response;
  if (!in_exchange_) return;
  const bool is_awaited = detached_ || (drain_wanted_ && response.drained_);
  // No one is left who could answer.
  if (stage_ == Stage::answer && !is_awaited) fail_exchange();
  if (response.ended()) finish_exchange();
}

void HttpSession::finish_exchange() {
  const bool body_to_come = has_body_to_come();
  if (!body_to_come && !exchange_.request.keep_alive()) channel_->expect_nothing_more();
  end_exchange();
  if (body_to_come) {
    if (!close_ && can_discard()) {
      stage_ = Stage::discard;
      discarded_bytes_ = 0;
      body_paused_ = false;
      return;
    }
    close_ = true;
  }
  // An answer that began before a drain has promised to keep the connection.
  if (close_) {
    close_now();
  } else {
    next_request();
  }
}

// Common to all ways in which an exchange ends.
void HttpSession::end_exchange() {
  in_exchange_ = false;
  drain_wanted_ = false;
  detached_ = false;
  note_end();
  exchange_.response.drop_callbacks();
  if (stop_.stop_possible()) stop_ = std::stop_source(std::nostopstate);
  if (BodySink* const sink = std::exchange(sink_, nullptr)) {
    call_off([&] { sink->on_body_abort(); });
  }
}

void HttpSession::next_request() {
  parser_.reset();
  stage_ = Stage::head;
  body_paused_ = false;
  give_back(head_copy_);
  if (body_bytes_ > 0) {
    give_back(body_);
    body_claim_.reset();
  }
}

void HttpSession::close_now() {
  stage_ = Stage::closing;
  body_paused_ = false;
  channel_->close_after_output();
}

void HttpSession::refuse(ParseReason reason) {
  ++service_->counters_.bad_requests;
  const ParseError& error = kParseErrors[static_cast<std::size_t>(reason)];
  refuse(error.status, error.text);
}

// Answers without the handler, if it isn't too late for that; then ends the exchange.
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

// Answers 500 for the handler, unless it has answered already.
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

// Returns the callbacks to run once the exchange is cut off.
std::function<void()> HttpSession::take_cut_off() {
  std::function<void()> aborted = std::move(exchange_.response.aborted_);
  if (!stop_.stop_possible()) return aborted;
  return [stop = stop_, aborted = std::move(aborted)]() mutable {
    stop.request_stop();
    if (aborted) aborted();
  };
}

// Decided when the answer's head is written, since the head announces it. `answer_goes_on`: the
// answer is a stream, during which the rest of the body may arrive.
bool HttpSession::is_last_answer(bool answer_goes_on) const noexcept {
  if (close_ || exchange_.response.close_ || service_->draining_.load(std::memory_order_relaxed))
    return true;
  if (!exchange_.request.keep_alive()) return true;
  const bool body_is_wanted = answer_goes_on && sink_ != nullptr;
  return has_body_to_come() && !body_is_wanted && !can_discard();
}

// Whether the rest of an unwanted body may be small enough to read and drop; if it is chunked, only
// reading shows its size. A client that waits for 100 Continue may or may not send its body, so it
// would be unclear what the next bytes are.
bool HttpSession::can_discard() const noexcept {
  const RequestHead& head = parser_.head();
  if (continue_owed_) return false;
  if (head.chunked) return !is_announced_body_too_long();
  return head.content_length - body_bytes_ <= limits_->max_discard_bytes;
}

void HttpSession::on_end_of_input(Channel& channel) {
  const Call call(*this, channel);
  // An incomplete request gets no answer; one that was answered needs none.
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

void HttpSession::on_drained(Channel& channel) {
  const Call call(*this, channel);
  const bool drain_wanted = drain_wanted_;
  drain_wanted_ = false;
  if (!drain_wanted || !in_exchange_) return;
  Response& response = exchange_.response;
  if (response.drained_) {
    // Copied first: the callback may replace itself.
    const std::function<void(Response&)> drained = response.drained_;
    static_cast<void>(call_out([&] { drained(response); }));
  }
  settle();
}

Phase HttpSession::phase() const {
  switch (stage_) {
    case Stage::head:
      return parser_.idle() ? Phase::idle : Phase::head;
    case Stage::body:
    case Stage::stream:
    case Stage::discard:
      if (!body_paused_) return Phase::body;
      [[fallthrough]];
    case Stage::answer:
      return exchange_.response.started() ? Phase::stream : Phase::respond;
    case Stage::closing:
      break;
  }
  return Phase::idle;
}

bool HttpSession::resume(ExchangeId id, Channel& channel,
                         const std::function<void(Request&, Response&)>& step) {
  if (!detached_ || id_ != id) return false;
  if (channel_ != nullptr) {
    // This call comes from within another call of the exchange, which goes on afterwards.
    static_cast<void>(call_out([&] { step(exchange_.request, exchange_.response); }));
    return true;
  }
  const Call call(*this, channel);
  static_cast<void>(call_out([&] { step(exchange_.request, exchange_.response); }));
  settle();
  return true;
}

void HttpSession::detach() {
  if (detached_) return;
  id_.connection = channel_->token();
  service_->know(*channel_);
  detached_ = true;
}

void HttpSession::clear() {
  next_request();
  close_ = false;
  if (service_->options_.access_log != nullptr) access_note_.forget_peer();
}

// Copies what the exchange still needs of the input, which is gone when the call returns.
void HttpSession::keep_request() {
  if (kept_) return;
  kept_ = true;
  Request& request = exchange_.request;
  head_copy_.assign(request.base_, parser_.head().size_bytes);
  request.base_ = head_copy_.data();
  if (!request.body_.empty() && request.body_.data() != body_.data()) {
    body_.assign(request.body_);
    request.body_ = body_;
  }
}

void HttpSession::send_continue() {
  continue_owed_ = false;
  channel_->write(kContinue);
}

void HttpSession::update_pause() {
  if (stage_ == Stage::answer || body_paused_ || drain_wanted_) {
    channel_->pause_input();
  } else {
    channel_->resume_input();
  }
}

void HttpSession::note_beginning() {
  meter_note_.begin(channel_->meter(), channel_->now());
  if (service_->options_.namer != nullptr) service_->options_.namer->name(exchange_.request, name_);
  if (service_->options_.access_log != nullptr) access_note_.begin(exchange_.request);
}

void HttpSession::note_end() const {
  const bool is_readable = exchange_.request.head_ != &kNoRequestHead;
  const Request* const request = is_readable ? &exchange_.request : nullptr;
  meter_note_.end(request, exchange_.response);
  AccessLog* const log = service_->options_.access_log;
  if (log != nullptr) access_note_.end(*log, request, exchange_.response);
}

}  // namespace hpserver::http
