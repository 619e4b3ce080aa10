#include "hpserver/protocol/http/request_parser.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

#include "hpserver/protocol/http/message/field_syntax.h"

namespace hpserver::http {
namespace {

static_assert(std::is_trivially_copyable_v<RequestHead>);
static_assert(sizeof(RequestParser) <= 3 * 1024, "sits in every session of a pool");
static_assert(kHeaderNames.size() <= 32, "RequestHead::present has a bit for each");

/** " HTTP/1.1\r\n": what comes between the target and the first field. */
constexpr std::size_t kAfterTargetBytes = 11;

bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

HeadRecord& record_of(http_request_fsm_t* fsm) {
  return *static_cast<HeadRecord*>(fsm->data);
}

/** Heads end at `ParseLimits::head_bytes`, so 16 bits hold every offset. */
std::uint16_t offset_of(const HeadRecord& record, const unsigned char* at) {
  return static_cast<std::uint16_t>(reinterpret_cast<const char*>(at) - record.origin);
}

std::uint16_t distance(std::size_t begin, std::size_t end) {
  return static_cast<std::uint16_t>(end - begin);
}

}  // namespace

/** The actions of the grammar: each is called at the position in its name. */
extern "C" {

int http_request_fsm_on_target_begin(http_request_fsm_t* fsm, const unsigned char* at,
                                     const unsigned char*) {
  HeadRecord& record = record_of(fsm);
  record.head.target_offset = offset_of(record, at);
  return 0;
}

/** Refuses a target that is too long, even if its line has room. */
int http_request_fsm_on_target_end(http_request_fsm_t* fsm, const unsigned char* at,
                                   const unsigned char*) {
  HeadRecord& record = record_of(fsm);
  const std::size_t end = offset_of(record, at);
  record.head.target_length = distance(record.head.target_offset, end);
  record.next_name_offset = static_cast<std::uint16_t>(end + kAfterTargetBytes);
  return record.head.target_length > record.limits.target_bytes ? 1 : 0;
}

int http_request_fsm_on_ipv6_begin(http_request_fsm_t* fsm, const unsigned char* at,
                                   const unsigned char*) {
  HeadRecord& record = record_of(fsm);
  record.address_offset = offset_of(record, at);
  return 0;
}

/** `at` is the closing bracket; the grammar has accepted only digits, colons and dots. */
int http_request_fsm_on_ipv6_end(http_request_fsm_t* fsm, const unsigned char* at,
                                 const unsigned char*) {
  const HeadRecord& record = record_of(fsm);
  const std::size_t length = offset_of(record, at) - std::size_t{record.address_offset};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (length >= text.size()) return 1;
  std::memcpy(text.data(), record.origin + record.address_offset, length);
  in6_addr address{};
  return ::inet_pton(AF_INET6, text.data(), &address) == 1 ? 0 : 1;
}

/** `at` is after the colon; refuses a field beyond the limit. */
int http_request_fsm_on_name_end(http_request_fsm_t* fsm, const unsigned char* at,
                                 const unsigned char*) {
  HeadRecord& record = record_of(fsm);
  if (record.head.field_count == record.limits.fields) return 1;
  HeaderField& field = record.head.fields[record.head.field_count];
  field.name_offset = record.next_name_offset;
  field.name_length = distance(record.next_name_offset + 1U, offset_of(record, at));
  field.id = static_cast<HeaderId>(fsm->header);
  return 0;
}

int http_request_fsm_on_value_begin(http_request_fsm_t* fsm, const unsigned char* at,
                                    const unsigned char*) {
  HeadRecord& record = record_of(fsm);
  record.head.fields[record.head.field_count].value_offset = offset_of(record, at);
  return 0;
}

int http_request_fsm_on_plain_value(http_request_fsm_t* fsm, const unsigned char* at,
                                    const unsigned char* end) {
  const auto size_bytes = static_cast<std::size_t>(end - at);
  fsm->leap = static_cast<std::uint32_t>(
      plain_prefix_bytes({reinterpret_cast<const char*>(at), size_bytes}));
  return 0;
}

/** `at` is the carriage return: trims trailing white space by looking back. */
int http_request_fsm_on_value_end(http_request_fsm_t* fsm, const unsigned char* at,
                                  const unsigned char*) {
  HeadRecord& record = record_of(fsm);
  HeaderField& field = record.head.fields[record.head.field_count];
  const std::uint16_t line_end = offset_of(record, at);
  std::size_t end = line_end;
  while (end > field.value_offset && is_blank(record.origin[end - 1])) --end;
  field.value_length = distance(field.value_offset, end);
  record.next_name_offset = static_cast<std::uint16_t>(line_end + 2U);
  record.head.present |= 1U << static_cast<unsigned>(field.id);
  ++record.head.field_count;
  return 0;
}

}  // extern "C"

RequestParser::RequestParser(ParseLimits limits) : record_{.limits = limits} {
  record_.limits.fields = std::min<std::uint16_t>(limits.fields, kMaxHeaders);
  reset();
}

ParseResult RequestParser::feed(std::string_view bytes) {
  switch (stage_) {
    case Stage::head:
      return feed_head(bytes);
    case Stage::body:
    case Stage::chunk:
      return take_body(bytes, 0);
    case Stage::chunk_line:
    case Stage::trailer:
      return feed_chunk_framing(bytes);
    case Stage::complete:
      return {Progress::message_complete, ParseReason::none, 0, {}};
    case Stage::failed:
      break;
  }
  return {Progress::error, reason_, 0, {}};
}

void RequestParser::reset() {
  http_request_fsm_init(&fsm_);
  stage_ = Stage::head;
  reason_ = ParseReason::none;
  framing_bytes_ = 0;
  record_.head.size_bytes = 0;
  record_.head.field_count = 0;
  record_.head.present = 0;
}

/** Shows the machine no byte beyond a limit, so the verdict never depends on how bytes arrive. */
ParseResult RequestParser::feed_head(std::string_view bytes) {
  RequestHead& head = record_.head;
  std::size_t consumed = 0;
  while (consumed < bytes.size()) {
    const bool in_fields = fsm_.in_fields != 0;
    const std::size_t limit = in_fields ? record_.limits.head_bytes : line_limit();
    record_.origin = bytes.data() + consumed - head.size_bytes;
    int stop = 0;
    const std::size_t advanced = run(bytes.substr(consumed, limit - head.size_bytes), stop);
    consumed += advanced;
    head.size_bytes = static_cast<std::uint16_t>(head.size_bytes + advanced);
    if (stop == machine::kStopHeadComplete) {
      finish_head();
      return {Progress::head_complete, ParseReason::none, consumed, {}};
    }
    if (stop != 0) return fail(static_cast<ParseReason>(stop), consumed);
    if (head.size_bytes == limit && (in_fields || fsm_.in_fields == 0)) {
      return fail(in_fields ? ParseReason::head_too_large : ParseReason::request_line_too_long,
                  consumed);
    }
  }
  return {Progress::need_more, ParseReason::none, consumed, {}};
}

void RequestParser::finish_head() {
  RequestHead& head = record_.head;
  const auto raised = [this](unsigned flag) { return (fsm_.flags & flag) != 0; };
  head.method = static_cast<Method>(fsm_.method);
  head.method_offset = fsm_.method_offset;
  head.method_length = distance(head.method_offset, head.target_offset - 1U);
  head.target_form = static_cast<TargetForm>(fsm_.target_form);
  head.version_minor = fsm_.minor;
  head.keep_alive =
      !raised(machine::kFlagClose) && (head.version_minor == 1 || raised(machine::kFlagKeepAlive));
  head.has_content_length = raised(machine::kFlagContentLength);
  head.chunked = raised(machine::kFlagChunked);
  // RFC 9110 section 10.1.1: a 1.0 client doesn't understand 100 Continue.
  head.expect_continue = head.version_minor == 1 && raised(machine::kFlagExpectContinue);
  head.upgrade = raised(machine::kFlagUpgradeToken) && raised(machine::kFlagUpgradeField);
  head.content_length = fsm_.length;
  remaining_bytes_ = head.content_length;
  stage_ = head.chunked               ? Stage::chunk_line
           : head.content_length != 0 ? Stage::body
                                      : Stage::complete;
}

std::size_t RequestParser::line_limit() const {
  return std::min<std::size_t>(record_.limits.target_bytes + kBesideTargetBytes,
                               record_.limits.head_bytes);
}

ParseResult RequestParser::take_body(std::string_view bytes, std::size_t begin) {
  const std::string_view body = bytes.substr(
      begin,
      static_cast<std::size_t>(std::min<std::uint64_t>(remaining_bytes_, bytes.size() - begin)));
  if (body.empty()) return {Progress::need_more, ParseReason::none, begin, {}};
  remaining_bytes_ -= body.size();
  if (remaining_bytes_ == 0) {
    stage_ = stage_ == Stage::chunk ? Stage::chunk_line : Stage::complete;
  }
  return {Progress::body_data, ParseReason::none, begin + body.size(), body};
}

ParseResult RequestParser::feed_chunk_framing(std::string_view bytes) {
  std::size_t consumed = 0;
  for (;;) {
    const bool in_trailer = stage_ == Stage::trailer;
    const std::uint16_t limit =
        in_trailer ? record_.limits.trailer_bytes : record_.limits.chunk_line_bytes;
    int stop = 0;
    const std::size_t advanced = run(bytes.substr(consumed, limit - framing_bytes_), stop);
    consumed += advanced;
    framing_bytes_ = static_cast<std::uint16_t>(framing_bytes_ + advanced);
    switch (stop) {
      case 0:
        if (framing_bytes_ < limit) return {Progress::need_more, ParseReason::none, consumed, {}};
        return fail(in_trailer ? ParseReason::trailer_too_large : ParseReason::chunk_line_too_long,
                    consumed);
      case machine::kStopChunkBegin:
        stage_ = Stage::chunk;
        framing_bytes_ = 0;
        remaining_bytes_ = fsm_.length;
        return take_body(bytes, consumed);
      case machine::kStopLastChunk:
        stage_ = Stage::trailer;
        framing_bytes_ = 0;
        break;
      case machine::kStopMessageComplete:
        stage_ = Stage::complete;
        return {Progress::message_complete, ParseReason::none, consumed, {}};
      default:
        return fail(static_cast<ParseReason>(stop), consumed);
    }
  }
}

/** Runs the machine and returns how many bytes it consumed; `stop` is 0 if it wants more. */
std::size_t RequestParser::run(std::string_view bytes, int& stop) {
  fsm_.data = &record_;
  stop = http_request_fsm_execute(&fsm_, bytes.data(), bytes.data() + bytes.size());
  if (stop == 0) return bytes.size();
  fsm_.error = 0;
  return static_cast<std::size_t>(fsm_.error_pos - bytes.data());
}

ParseResult RequestParser::fail(ParseReason reason, std::size_t consumed) {
  stage_ = Stage::failed;
  reason_ = reason;
  return {Progress::error, reason, consumed, {}};
}

}  // namespace hpserver::http
