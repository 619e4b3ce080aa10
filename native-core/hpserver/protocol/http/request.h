#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/request_head.h"
#include "hpserver/socket/address.h"

namespace hpserver::http {

class BodySink;
class HttpSession;
struct Route;

inline constexpr std::size_t kMaxParams = 8;

// One request as a handler sees it: a view of bytes that its session keeps until the exchange is
// over, even if its answer is deferred. Everything is looked up on demand; nothing is copied or
// decoded in advance. For the loop's thread.
class Request {
 public:
  explicit Request(HttpSession& session) noexcept : session_(session) {}
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  [[nodiscard]] Method method() const noexcept { return head_->method; }
  // As the client wrote it: "GET".
  [[nodiscard]] std::string_view method_name() const noexcept { return head_->method_name(base_); }
  // 0 or 1: HTTP/1.0 or HTTP/1.1.
  [[nodiscard]] int version_minor() const noexcept { return head_->version_minor; }
  [[nodiscard]] bool keep_alive() const noexcept { return head_->keep_alive; }

  // "/search/a%20b?q=1", or another form that the client wrote ("http://host/…", "*").
  [[nodiscard]] std::string_view target() const noexcept { return head_->target(base_); }
  // "/search/a%20b": always begins with '/' except for "*" and CONNECT. Not decoded, but
  // normalized, so equivalent paths are equal: "/%61" is "/a" and "/%c3" is "/%C3". See: RFC 3986
  // section 6.2.2.
  [[nodiscard]] std::string_view path() const noexcept {
    if (has_escapes_) return normal_path_;
    return {base_ + path_offset_, path_length_};
  }
  // "example.com:8080": the host that the client wants, from the target's authority, or else the
  // Host field; empty if neither names one. See: RFC 9112 section 3.2.2.
  [[nodiscard]] std::string_view host() const noexcept;
  // The percent-decoded path. Nothing if an escape is malformed or would encode NUL. Allocates.
  [[nodiscard]] std::optional<std::string> decoded_path() const;
  // "q=1": what follows the '?', undecoded.
  [[nodiscard]] std::string_view query() const noexcept {
    return {base_ + query_offset_, query_length_};
  }
  // The first value of a query parameter, decoded ('+' is a space). Allocates.
  [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
  // The pattern of the request's route, "/users/:id"; empty if no route matches.
  [[nodiscard]] std::string_view pattern() const noexcept;
  // The part of the path that matched ":name" in the route's pattern ("*" for its wildcard), not
  // decoded; empty if the pattern has no such name.
  [[nodiscard]] std::string_view param(std::string_view name) const noexcept;
  // The same part, percent-decoded; nothing if an escape is malformed. Allocates.
  [[nodiscard]] std::optional<std::string> decoded_param(std::string_view name) const;

  // The value of the first field with this id; empty if there is none.
  [[nodiscard]] std::string_view header(HeaderId id) const noexcept {
    const HeaderField* field = head_->find(id);
    return field == nullptr ? std::string_view{} : field->value(base_);
  }
  // The value of a field that may occur only once; nothing if it is missing or ambiguous.
  [[nodiscard]] std::optional<std::string_view> only_header(HeaderId id) const noexcept {
    const HeaderField* field = head_->find_only(id);
    if (field == nullptr) return std::nullopt;
    return field->value(base_);
  }
  // The value of the first field with this name, in any case.
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
  [[nodiscard]] bool has_header(HeaderId id) const noexcept { return head_->has(id); }
  // All fields in the order received.
  [[nodiscard]] std::size_t header_count() const noexcept { return head_->field_count; }
  [[nodiscard]] HeaderId header_id(std::size_t index) const noexcept {
    return head_->fields[index].id;
  }
  [[nodiscard]] std::string_view header_name(std::size_t index) const noexcept {
    return head_->fields[index].name(base_);
  }
  [[nodiscard]] std::string_view header_value(std::size_t index) const noexcept {
    return head_->fields[index].value(base_);
  }

  // The whole body, if the route buffers it; else empty.
  [[nodiscard]] std::string_view body() const noexcept { return body_; }
  // Whether the head announces a body; and its length, if it is known.
  [[nodiscard]] bool has_body() const noexcept { return head_->has_body(); }
  [[nodiscard]] std::optional<std::uint64_t> content_length() const noexcept;

  // Passes the body to `sink` as it arrives; on a route with a streamed body, during on_request.
  // The caller keeps the sink, which must live until its on_body_end or on_body_abort was called.
  // Without a sink the body is dropped. If the request has no body, on_body_end is called at once.
  void stream_body(BodySink& sink) noexcept;
  // Stops on_body until `resume_body`; TCP itself then makes the peer wait. Call `resume_body`
  // within one of the exchange's own calls, or else through HttpService::resume.
  void pause_body() noexcept;
  void resume_body() noexcept;

  // Stopped if the exchange is cut off before its answer was given: its client has disconnected,
  // the rest of its body was refused, or `handler_timeout` has passed. Any thread may query the
  // token; its callbacks run on the loop's thread. The first call allocates.
  [[nodiscard]] std::stop_token stop_token();

  // The request's name in the logs of all servers involved, and the client's trace parent, if any.
  // Empty if the server doesn't name requests: HttpOptions::namer.
  [[nodiscard]] std::string_view id() const noexcept;
  [[nodiscard]] std::string_view trace_parent() const noexcept;
  // Whether an overloaded server may refuse this request; a health check must be answered.
  [[nodiscard]] bool may_be_shed() const;

  // The client's address; each call costs a system call. Errors: ENOTCONN (disconnected already).
  [[nodiscard]] Result<Address> peer() const;

 private:
  friend class HttpSession;
  friend class MeterNote;
  friend class Router;

  struct Param {
    std::uint16_t offset = 0;  // from the first byte of the path
    std::uint16_t length = 0;
  };

  void set_head(const char* base, const RequestHead& head);
  void set_query(std::size_t question) noexcept;
  void note_escapes();

  HttpSession& session_;
  const char* base_ = nullptr;  // the first byte of the head
  const RequestHead* head_ = nullptr;
  std::string_view body_;
  std::uint16_t path_offset_ = 0;  // relative to `base_`, so the head can move
  std::uint16_t path_length_ = 0;
  std::uint16_t query_offset_ = 0;
  std::uint16_t query_length_ = 0;
  bool has_escapes_ = false;  // if so, `normal_path_` is the path
  std::string normal_path_;
  const Route* route_ = nullptr;
  std::array<Param, kMaxParams> params_{};
};

}  // namespace hpserver::http
