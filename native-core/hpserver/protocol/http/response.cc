#include "hpserver/protocol/http/response.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "hpserver/connection/channel.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/message/status.h"
#include "hpserver/protocol/http/responder.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/protocol/http/session.h"

namespace hpserver::http {
namespace {

// Common content types, as they are sent: comparing with one of them replaces the checks.
constexpr std::array kTypeFields = std::to_array<std::string_view>(
    {"Content-Type: text/plain; charset=utf-8\r\n", "Content-Type: text/plain\r\n",
     "Content-Type: application/json\r\n", "Content-Type: application/octet-stream\r\n",
     "Content-Type: text/html; charset=utf-8\r\n"});
constexpr std::string_view kTypeName = "Content-Type";
constexpr std::size_t kPunctuationBytes = 4;  // ": " and CRLF
constexpr std::string_view kRequestId = "X-Request-Id";

bool is_servers_own(std::string_view name) noexcept {
  constexpr std::array kOwn = std::to_array<std::string_view>(
      {"connection", "content-length", "date", "keep-alive", "transfer-encoding"});
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [&](std::string_view own) { return equal_ignoring_case(own, name); });
}

}  // namespace

void Response::reset() noexcept {
  fields_.clear();
  body_bytes_ = 0;
  drop_callbacks();
  deferrals_ = 0;
  status_ = 200;
  state_ = State::open;
  invalid_ = false;
  overfull_ = false;
  close_ = false;
}

void Response::drop_callbacks() noexcept {
  if (drained_) drained_ = nullptr;
  if (aborted_) aborted_ = nullptr;
}

void Response::drop_fields() noexcept {
  fields_.clear();
  invalid_ = false;
}

// The whole line of a field; empty if there is none.
std::string_view Response::find_field(std::string_view name) const noexcept {
  std::string_view rest = fields_;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        equal_ignoring_case(line.substr(0, name.size()), name)) {
      return line;
    }
    rest.remove_prefix(line.size());
  }
  return {};
}

// Removes a field and returns its value; empty if there is none.
std::string Response::take_field(std::string_view name) {
  const std::string_view line = find_field(name);
  if (line.empty()) return {};
  std::string value(line.substr(name.size() + 2, line.size() - name.size() - kPunctuationBytes));
  fields_.erase(static_cast<std::size_t>(line.data() - fields_.data()), line.size());
  return value;
}

std::time_t Response::date() const noexcept {
  return session_.service_->date_.second(session_.channel_->now());
}

Response& Response::status(std::uint16_t code) noexcept {
  assert(!started() && code >= 200 && code <= 999);
  if (code < 200 || code > 999) {
    invalid_ = true;
  } else {
    status_ = code;
  }
  return *this;
}

Response& Response::header(std::string_view name, std::string_view value) {
  if (!is_field_name(name) || is_servers_own(name)) {
    assert(!started());
    invalid_ = true;
    return *this;
  }
  return add_field(name, value);
}

Response& Response::content_type(std::string_view value) {
  for (const std::string_view field : kTypeFields) {
    if (field.size() != kTypeName.size() + value.size() + kPunctuationBytes) continue;
    if (field.substr(kTypeName.size() + 2, value.size()) != value) continue;
    assert(!started());
    if (fields_.size() + field.size() > kMaxFieldBytes) break;
    fields_.append(field);
    return *this;
  }
  return add_field(kTypeName, value);
}

Response& Response::add_field(std::string_view name, std::string_view value) {
  assert(!started());
  const std::size_t size_bytes = name.size() + value.size() + kPunctuationBytes;
  if (!is_field_value(value) || fields_.size() + size_bytes > kMaxFieldBytes) {
    invalid_ = true;
    return *this;
  }
  const std::size_t before = fields_.size();
  fields_.resize(before + size_bytes);
  char* const at = std::copy(name.begin(), name.end(), fields_.data() + before);
  at[0] = ':';
  at[1] = ' ';
  char* const end = std::copy(value.begin(), value.end(), at + 2);
  end[0] = '\r';
  end[1] = '\n';
  return *this;
}

Response& Response::close_connection() noexcept {
  close_ = true;
  return *this;
}

void Response::send(std::string_view body) {
  if (!begin_answer()) return;
  writer_.send(*session_.channel_, head(), terms(), body);
  if (has_body()) body_bytes_ = body.size();
  state_ = State::ended;
}

void Response::send_shared(std::shared_ptr<const void> owner, std::string_view body) {
  if (body.size() <= kMaxJoinedBodyBytes) {
    send(body);
    return;
  }
  if (!begin_answer()) return;
  writer_.send_shared(*session_.channel_, head(), terms(), std::move(owner), body);
  if (has_body()) body_bytes_ = body.size();
  state_ = State::ended;
}

void Response::send_json(std::string_view json) {
  if (ResponseWriter::allows_body(status_)) content_type("application/json");
  send(json);
}

void Response::send_file(std::string_view path) {
  StaticFiles* const files = session_.service_->options_.files.get();
  if (files == nullptr) {
    send_error(404);
  } else {
    files->serve_path(path, session_.exchange_.request, *this);
  }
}

void Response::send_error(std::uint16_t code) {
  assert(!started());
  if (started()) return;
  drop_fields();
  status(code).content_type("text/plain; charset=utf-8");
  std::array<char, 64> text{};
  const std::string_view phrase = reason_phrase(code).substr(0, text.size() - 1);
  *std::copy(phrase.begin(), phrase.end(), text.begin()) = '\n';
  send({text.data(), phrase.size() + 1});
}

void Response::refuse(std::string_view why) {
  if (session_.channel_ != nullptr) {
    note_refused(*session_.channel_, session_.exchange_.request, why);
  }
  send_error(503);
}

void Response::shed() {
  ++session_.service_->counters_.shed;
  if (session_.channel_ != nullptr) note_shed(*session_.channel_, session_.exchange_.request);
  drop_fields();
  status(503).header("Retry-After", "1").content_type("text/plain; charset=utf-8");
  send(std::string(reason_phrase(503)) + '\n');
}

// False if the handler has answered already, or its answer is invalid.
bool Response::begin_answer(bool goes_on) {
  assert(!started() && session_.channel_ != nullptr);
  if (started() || session_.channel_ == nullptr) return false;
  if (invalid_) {
    ++session_.service_->counters_.handler_errors;
    send_error(500);
    return false;
  }
  session_.close_ = session_.is_last_answer(goes_on);
  // If the handler has set a request id of its own, it stays.
  const std::string_view id = session_.name_.id;
  if (!id.empty() && find_field(kRequestId).empty()) add_field(kRequestId, id);
  return true;
}

bool Response::has_body() const noexcept {
  return ResponseWriter::has_body(status_, session_.exchange_.request.method() == Method::head);
}

AnswerTerms Response::terms() const noexcept {
  const Request& request = session_.exchange_.request;
  return {.answers_head = request.method() == Method::head,
          .version_minor = request.version_minor(),
          .close = session_.close_,
          .date_line = session_.service_->date_.field(session_.channel_->now())};
}

void Response::begin_stream(std::optional<std::uint64_t> length_bytes) {
  if (!begin_answer(true)) return;
  const bool ends_connection =
      writer_.begin_stream(*session_.channel_, head(), terms(), length_bytes);
  if (ends_connection) session_.close_ = true;
  state_ = State::streaming;
}

// Counts a piece of the stream and writes its framing; false if nothing is sent.
bool Response::begin_piece(std::uint64_t size_bytes) {
  assert((state_ == State::streaming || overfull_) && session_.channel_ != nullptr);
  if (state_ != State::streaming || session_.channel_ == nullptr) return false;
  if (size_bytes == 0 || !has_body()) return false;
  if (session_.channel_->overfull()) {
    note_overfull(*session_.channel_, session_.exchange_.request);
    overfull_ = true;
    abort();
    return false;
  }
  if (!writer_.begin_piece(*session_.channel_, size_bytes)) {
    abort();
    return false;
  }
  body_bytes_ += size_bytes;
  return true;
}

bool Response::end_piece() {
  writer_.end_piece(*session_.channel_);
  session_.drain_wanted_ = session_.channel_->congested();
  return !session_.drain_wanted_;
}

bool Response::write(std::string_view bytes) {
  if (!begin_piece(bytes.size())) return !overfull_;
  session_.channel_->write(bytes);
  return end_piece();
}

bool Response::write_shared(std::shared_ptr<const void> owner, std::string_view bytes) {
  if (!begin_piece(bytes.size())) return !overfull_;
  session_.channel_->write_shared(std::move(owner), bytes);
  return end_piece();
}

void Response::end() {
  assert((state_ == State::streaming || overfull_) && session_.channel_ != nullptr);
  if (state_ != State::streaming || session_.channel_ == nullptr) return;
  if (has_body() && !writer_.end_stream(*session_.channel_)) {
    abort();
    return;
  }
  state_ = State::ended;
}

void Response::abort() noexcept {
  assert(session_.channel_ != nullptr);
  if (ended() || session_.channel_ == nullptr) return;
  session_.channel_->abort();
  session_.close_ = true;
  state_ = State::ended;
}

Responder Response::defer() {
  const ExchangeId id = detach();
  return {session_.service_->link(), id, ++deferrals_};
}

ExchangeId Response::detach() {
  assert(!ended() && session_.channel_ != nullptr);
  session_.detach();
  return session_.id_;
}

bool Response::write_file(const std::shared_ptr<const SharedFile>& file, off_t offset,
                          std::uint64_t length_bytes) {
  if (!begin_piece(length_bytes)) return !overfull_;
  session_.channel_->write_file(file, offset, length_bytes);
  return end_piece();
}

void Response::send_rendered(std::string_view rendered, std::string_view body) {
  if (!begin_answer()) return;
  if (!has_body()) body = {};
  writer_.send_rendered(*session_.channel_, rendered, head(), terms(), body);
  body_bytes_ = body.size();
  state_ = State::ended;
}

void Response::send_rendered(std::string_view rendered,
                             const std::shared_ptr<const SharedFile>& file,
                             std::uint64_t length_bytes) {
  send_rendered(rendered, std::string_view{});
  if (status_ != 200 || !has_body()) return;
  session_.channel_->write_file(file, 0, length_bytes);
  body_bytes_ = length_bytes;
}

}  // namespace hpserver::http
