#include "addon/inline/loop_exchange.h"

#include <utility>

#include "addon/exchange/body_limits.h"
#include "addon/exchange/content_type.h"
#include "addon/exchange/cut_off.h"
#include "addon/exchange/field_list.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/static_files.h"

namespace hpserver::binding {

namespace {

void add_fields(napi_env env, napi_value fields, http::Response& response) {
  each_field(env, fields,
             [&](std::string_view name, std::string_view value) { response.header(name, value); });
}

void add_head(const AnswerHead& head, http::Response& response) {
  response.status(head.status);
  const ContentType type(head.env, head.type);
  if (!type.view().empty()) response.content_type(type.view());
  if (head.fields != nullptr) add_fields(head.env, head.fields, response);
}

}  // namespace

class LoopExchange::Inside {
 public:
  explicit Inside(LoopExchange& exchange)
      : exchange_(exchange), before_(std::exchange(exchange.inside_, true)) {}
  ~Inside() {
    exchange_.inside_ = before_;
    exchange_.recycle_if_unused();
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  LoopExchange& exchange_;
  const bool before_;
};

void LoopExchange::begin_request(ExchangeHost& host, std::uint32_t route, http::Request& request,
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

void LoopExchange::on_body(std::string_view bytes) {
  const Inside inside(*this);
  if (!live()) return;
  body_.append(bytes);
  if (called_) {
    tell(ExchangeEvent::readable);
  } else if (body_.size() > kWholeBodyBytes) {
    call_handler();
  }
  if (!live() || !called_ || body_paused_ || body_.size() < kBodyWindowBytes) return;
  body_paused_ = true;
  request_->pause_body();
}

void LoopExchange::on_body_end() {
  const Inside inside(*this);
  sink_ = false;
  body_ended_ = true;
  if (!live()) return;
  if (called_) return tell(ExchangeEvent::readable);
  call_handler();
}

void LoopExchange::on_body_abort() {
  const Inside inside(*this);
  sink_ = false;
  if (answered_) return;
  give_up(cut_off_event(*response_));
}

std::string LoopExchange::peer() {
  std::string text;
  with([&text](const http::Request& request, http::Response&) {
    const auto address = request.peer();
    if (address) text = address->to_string();
  });
  return text;
}

std::optional<std::string> LoopExchange::header(std::string_view name) const {
  std::optional<std::string> list;
  for (std::size_t index = 0; index < request_->header_count(); ++index) {
    if (!http::equal_ignoring_case(request_->header_name(index), name)) continue;
    add_to_list(list, name, request_->header_value(index));
  }
  return list;
}

LoopExchange::Body LoopExchange::take_body(std::string& piece) {
  if (body_.empty()) return body_ended_ ? Body::ended : Body::pending;
  piece = std::move(body_);
  body_.clear();
  if (std::exchange(body_paused_, false)) {
    with([](http::Request& request, http::Response&) { request.resume_body(); });
  }
  return Body::piece;
}

void LoopExchange::send(const AnswerHead& head, Chunk& body) {
  answer([&](http::Request&, http::Response& response) {
    add_head(head, response);
    if (!body.shareable()) return response.send(body.view());
    const auto kept = body.keep();
    if (kept == nullptr) return response.refuse(kHoldTooMuch);
    response.send_shared(kept, kept->bytes);
  });
}

Result<void> LoopExchange::send_file(const FileAnswer& file) {
  http::StaticFiles* files = nullptr;
  if (file.root) {
    const auto opened = host_->files_below(*file.root);
    if (!opened) return opened.error();
    files = *opened;
  }
  answer([&](http::Request& request, http::Response& response) {
    add_head(file.head, response);
    if (files == nullptr) return response.send_file(file.path);
    files->serve_path(file.path, request, response);
  });
  return {};
}

void LoopExchange::begin(const AnswerHead& head, std::optional<std::uint64_t> length_bytes) {
  if (!detached_) detach();
  with([&](http::Request&, http::Response& response) {
    follow(response);
    add_head(head, response);
    response.begin_stream(length_bytes);
  });
}

bool LoopExchange::write(Chunk& chunk) {
  with([&](http::Request&, http::Response& response) {
    if (!chunk.shareable()) {
      congested_ = !response.write(chunk.view());
    } else {
      const auto kept = chunk.keep();
      if (kept == nullptr) return response.abort();
      congested_ = !response.write_shared(kept, kept->bytes);
    }
  });
  // If the bytes were sent at once, no event would follow.
  return !congested_;
}

void LoopExchange::end() {
  answer([](http::Request&, http::Response& response) { response.end(); });
}

void LoopExchange::abort() {
  answered_ = true;
  with([](http::Request&, http::Response& response) { response.abort(); });
  // Pending code must be told that the client no longer waits.
  give_up(ExchangeEvent::gone);
}

// A pipelined request may be read while JavaScript, having answered the previous one, is still on
// the stack.
void LoopExchange::call_handler() {
  called_ = true;
  if (host_->may_call_handler()) {
    host_->calls().on_request(route_, number());
    if (live() && !detached_) detach();
  } else {
    detach();
    host_->postpone(number());
  }
}

void LoopExchange::call_postponed() {
  // Resumes the exchange, so requests pipelined behind an immediate answer follow in this turn.
  with([this](http::Request&, http::Response&) {
    const Inside inside(*this);
    host_->calls().on_request(route_, number());
  });
}

void LoopExchange::detach() {
  detached_ = true;
  id_ = response_->detach();
  response_->on_abort([this, former = generation()] {
    if (former == generation()) give_up(cut_off_event(*response_));
  });
}

void LoopExchange::follow(http::Response& response) {
  response.on_drained([this](http::Response&) {
    const Inside inside(*this);
    congested_ = false;
    tell(ExchangeEvent::drained);
  });
}

void LoopExchange::give_up(ExchangeEvent last) {
  release(host_->calls(), last);
  recycle_if_unused();
}

void LoopExchange::recycle_if_unused() {
  if (!taken() || live() || inside_ || sink_) return;
  called_ = detached_ = answered_ = body_ended_ = false;
  body_paused_ = congested_ = false;
  body_ = {};
  put_back();
}

}  // namespace hpserver::binding
