#include "hpserver/protocol/http/request.h"

#include <algorithm>
#include <cerrno>

#include "hpserver/connection/channel.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/message/uri.h"
#include "hpserver/protocol/http/router.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/protocol/http/session.h"

namespace hpserver::http {

std::optional<std::string> Request::decoded_path() const {
  std::string decoded;
  if (!percent_decode(path(), decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::string> Request::query_value(std::string_view name) const {
  return http::query_value(query(), name);
}

std::string_view Request::pattern() const noexcept {
  return route_ == nullptr ? std::string_view{} : route_->pattern;
}

std::string_view Request::param(std::string_view name) const noexcept {
  if (route_ == nullptr) return {};
  for (std::size_t i = 0; i < route_->param_names.size(); ++i) {
    if (route_->param_names[i] == name) return path().substr(params_[i].offset, params_[i].length);
  }
  return {};
}

std::optional<std::string> Request::decoded_param(std::string_view name) const {
  std::string decoded;
  if (!percent_decode(param(name), decoded)) return std::nullopt;
  return decoded;
}

std::string_view Request::header(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < header_count(); ++i) {
    if (equal_ignoring_case(header_name(i), name)) return header_value(i);
  }
  return {};
}

std::optional<std::uint64_t> Request::content_length() const noexcept {
  if (!head_->has_content_length) return std::nullopt;
  return head_->content_length;
}

void Request::stream_body(BodySink& sink) noexcept {
  session_.sink_ = &sink;
}

void Request::pause_body() noexcept {
  session_.body_paused_ = true;
}

void Request::resume_body() noexcept {
  session_.body_paused_ = false;
}

std::stop_token Request::stop_token() {
  if (!session_.stop_.stop_possible()) session_.stop_ = std::stop_source();
  return session_.stop_.get_token();
}

std::string_view Request::id() const noexcept {
  return session_.name_.id;
}

std::string_view Request::trace_parent() const noexcept {
  return session_.name_.trace_parent;
}

bool Request::may_be_shed() const {
  return session_.service_->may_shed(path());
}

Result<Address> Request::peer() const {
  if (session_.channel_ == nullptr) return Error{ENOTCONN, "getpeername"};
  return session_.channel_->peer();
}

std::string_view Request::host() const noexcept {
  const std::string_view target = this->target();
  if (head_->target_form == TargetForm::authority) return target;
  if (head_->target_form != TargetForm::absolute) return header(HeaderId::host);
  const std::size_t begin = target.find("://") + 3;
  return target.substr(begin, target.find_first_of("/?", begin) - begin);
}

void Request::set_head(const char* base, const RequestHead& head) {
  base_ = base;
  head_ = &head;
  body_ = {};
  route_ = nullptr;
  const std::string_view target = head.target(base);
  std::size_t begin = 0;
  if (head.target_form == TargetForm::absolute) {
    begin = target.find("://") + 3;
    const std::size_t slash = target.find_first_of("/?", begin);
    // "http://host" has no path, which means "/". The view may point to any slash, such as the
    // scheme's.
    const bool has_path = slash != target.npos && target[slash] == '/';
    if (!has_path) {
      path_offset_ = static_cast<std::uint16_t>(head.target_offset + begin - 1);
      path_length_ = 1;
      has_escapes_ = false;
      set_query(target.find('?', begin));
      return;
    }
    begin = slash;
  }
  const std::size_t question = target.find('?', begin);
  path_offset_ = static_cast<std::uint16_t>(head.target_offset + begin);
  path_length_ = static_cast<std::uint16_t>(std::min(question, target.size()) - begin);
  set_query(question);
  note_escapes();
}

// Few paths have escapes. A path without any stays where it was received.
void Request::note_escapes() {
  has_escapes_ = false;
  const std::string_view written = path();
  if (written.find('%') == written.npos) return;
  normalize_escapes(written, normal_path_);
  has_escapes_ = true;
}

void Request::set_query(std::size_t question) noexcept {
  const bool found = question != std::string_view::npos;
  const std::size_t begin = found ? question + 1 : head_->target_length;
  query_offset_ = static_cast<std::uint16_t>(head_->target_offset + begin);
  query_length_ = static_cast<std::uint16_t>(head_->target_length - begin);
}

}  // namespace hpserver::http
