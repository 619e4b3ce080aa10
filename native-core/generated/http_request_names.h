// Generated from native-core/fsm/http/names.ts.
// Do not edit: change the source and regenerate this file.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hpserver::http {

/** Request methods; `other` is any other token, to be read from the head's bytes. */
enum class Method : std::uint8_t {
  other,
  get,
  head,
  post,
  put,
  delete_,
  connect,
  options,
  trace,
  patch,
};

/** The fields that a server looks up; `other` is found by its name. */
enum class HeaderId : std::uint8_t {
  other,
  host,
  connection,
  content_length,
  transfer_encoding,
  expect,
  upgrade,
  range,
  if_none_match,
  if_modified_since,
  if_range,
  if_match,
  if_unmodified_since,
  accept_encoding,
  content_type,
  cookie,
  user_agent,
  authorization,
  origin,
  sec_websocket_key,
  sec_websocket_version,
};

/** How the target is written. See: RFC 9112 section 3.2. */
enum class TargetForm : std::uint8_t {
  origin,
  absolute,
  authority,
  asterisk,
};

/** Why a request was refused, one value per rule. */
enum class ParseReason : std::uint8_t {
  none,
  bare_line_feed,
  bare_carriage_return,
  invalid_method,
  invalid_target,
  unknown_scheme,
  https_without_tls,
  target_form_mismatch,
  invalid_version,
  unsupported_version,
  request_line_too_long,
  empty_field_name,
  invalid_field_name,
  space_before_colon,
  folded_field,
  invalid_field_value,
  too_many_fields,
  head_too_large,
  missing_host,
  duplicate_host,
  invalid_host,
  invalid_content_length,
  content_length_overflow,
  duplicate_content_length,
  ambiguous_framing,
  invalid_transfer_encoding,
  duplicate_transfer_encoding,
  unknown_transfer_coding,
  transfer_encoding_in_1_0,
  invalid_chunk_size,
  chunk_size_overflow,
  invalid_chunk_extension,
  chunk_line_too_long,
  chunk_without_line_end,
  trailer_too_large,
};

/** What to answer to a refused request. */
struct ParseError {
  ParseReason reason;
  std::uint16_t status;
  /** For logs and counters. */
  std::string_view name;
  /** For people. */
  std::string_view text;
};

/** Indexed by `ParseReason`. */
inline constexpr std::array<ParseError, 35> kParseErrors{{
    {ParseReason::none, 200, "none", "no error"},
    {ParseReason::bare_line_feed, 400, "bare_line_feed", "line feed without carriage return"},
    {ParseReason::bare_carriage_return, 400, "bare_carriage_return", "carriage return without line feed"},
    {ParseReason::invalid_method, 400, "invalid_method", "method is not a token"},
    {ParseReason::invalid_target, 400, "invalid_target", "malformed request target"},
    {ParseReason::unknown_scheme, 400, "unknown_scheme", "only http URLs are served here"},
    {ParseReason::https_without_tls, 421, "https_without_tls", "https is not served without TLS"},
    {ParseReason::target_form_mismatch, 400, "target_form_mismatch", "request target does not fit the method"},
    {ParseReason::invalid_version, 400, "invalid_version", "malformed protocol version"},
    {ParseReason::unsupported_version, 505, "unsupported_version", "only HTTP/1.0 and HTTP/1.1 are spoken here"},
    {ParseReason::request_line_too_long, 414, "request_line_too_long", "request line too long"},
    {ParseReason::empty_field_name, 400, "empty_field_name", "field without a name"},
    {ParseReason::invalid_field_name, 400, "invalid_field_name", "field name is not a token"},
    {ParseReason::space_before_colon, 400, "space_before_colon", "white space between field name and colon"},
    {ParseReason::folded_field, 400, "folded_field", "line folding is obsolete"},
    {ParseReason::invalid_field_value, 400, "invalid_field_value", "control character in a field value"},
    {ParseReason::too_many_fields, 431, "too_many_fields", "too many header fields"},
    {ParseReason::head_too_large, 431, "head_too_large", "request head too large"},
    {ParseReason::missing_host, 400, "missing_host", "HTTP/1.1 request without Host"},
    {ParseReason::duplicate_host, 400, "duplicate_host", "more than one Host"},
    {ParseReason::invalid_host, 400, "invalid_host", "malformed Host"},
    {ParseReason::invalid_content_length, 400, "invalid_content_length", "Content-Length is not one number"},
    {ParseReason::content_length_overflow, 400, "content_length_overflow", "Content-Length does not fit 64 bits"},
    {ParseReason::duplicate_content_length, 400, "duplicate_content_length", "more than one Content-Length"},
    {ParseReason::ambiguous_framing, 400, "ambiguous_framing", "Content-Length beside Transfer-Encoding"},
    {ParseReason::invalid_transfer_encoding, 400, "invalid_transfer_encoding", "malformed Transfer-Encoding"},
    {ParseReason::duplicate_transfer_encoding, 400, "duplicate_transfer_encoding", "more than one Transfer-Encoding"},
    {ParseReason::unknown_transfer_coding, 501, "unknown_transfer_coding", "only the chunked coding is understood"},
    {ParseReason::transfer_encoding_in_1_0, 400, "transfer_encoding_in_1_0", "Transfer-Encoding in HTTP/1.0"},
    {ParseReason::invalid_chunk_size, 400, "invalid_chunk_size", "chunk size is not hexadecimal"},
    {ParseReason::chunk_size_overflow, 400, "chunk_size_overflow", "chunk size does not fit 64 bits"},
    {ParseReason::invalid_chunk_extension, 400, "invalid_chunk_extension", "malformed chunk extension"},
    {ParseReason::chunk_line_too_long, 400, "chunk_line_too_long", "chunk size line too long"},
    {ParseReason::chunk_without_line_end, 400, "chunk_without_line_end", "chunk not followed by a line end"},
    {ParseReason::trailer_too_large, 431, "trailer_too_large", "trailer section too large"},
}};

/** Indexed by `HeaderId`; lower case. */
inline constexpr std::array<std::string_view, 21> kHeaderNames{{
    "other",
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "expect",
    "upgrade",
    "range",
    "if-none-match",
    "if-modified-since",
    "if-range",
    "if-match",
    "if-unmodified-since",
    "accept-encoding",
    "content-type",
    "cookie",
    "user-agent",
    "authorization",
    "origin",
    "sec-websocket-key",
    "sec-websocket-version",
}};

/** Indexed by `Method`. */
inline constexpr std::array<std::string_view, 10> kMethodNames{{
    "other",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "CONNECT",
    "OPTIONS",
    "TRACE",
    "PATCH",
}};

namespace machine {

inline constexpr unsigned kFlagHost = 0x1;
inline constexpr unsigned kFlagContentLength = 0x2;
inline constexpr unsigned kFlagChunked = 0x4;
inline constexpr unsigned kFlagClose = 0x8;
inline constexpr unsigned kFlagKeepAlive = 0x10;
inline constexpr unsigned kFlagUpgradeToken = 0x20;
inline constexpr unsigned kFlagUpgradeField = 0x40;
inline constexpr unsigned kFlagExpectContinue = 0x80;

inline constexpr int kStopHeadComplete = 0x100;
inline constexpr int kStopChunkBegin = 0x101;
inline constexpr int kStopLastChunk = 0x102;
inline constexpr int kStopMessageComplete = 0x103;

}  // namespace machine

}  // namespace hpserver::http
