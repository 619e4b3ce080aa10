#include "event_log.h"

#include <algorithm>
#include <memory>

#include "protocol_case.h"
#include "test/rules.h"

namespace hpserver::http::test {
namespace {

using hpserver::testing::require;

std::string_view form_name(TargetForm form) {
  switch (form) {
    case TargetForm::origin:
      return "origin";
    case TargetForm::absolute:
      return "absolute";
    case TargetForm::authority:
      return "authority";
    case TargetForm::asterisk:
      return "asterisk";
  }
  return "unknown";
}

/** What no accepted head may contain, however it arrived: this is how requests are smuggled. */
void require_harmless(const RequestHead& head, std::string_view bytes) {
  require(bytes.ends_with("\r\n\r\n"), "a head ends with an empty line");
  require(bytes.find("\r\n\r\n") == bytes.size() - 4, "there is no empty line inside");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    require(byte != '\r' || bytes[i + 1] == '\n', "no carriage return stands alone");
    require(byte != '\n' || (i > 0 && bytes[i - 1] == '\r'), "no line feed stands alone");
    require((byte >= 0x20 && byte != 0x7f) || byte == '\t' || byte == '\r' || byte == '\n',
            "there is no control character");
  }
  std::size_t lengths = 0;
  std::size_t codings = 0;
  for (std::size_t i = 0; i < head.field_count; ++i) {
    lengths += head.fields[i].id == HeaderId::content_length ? 1 : 0;
    codings += head.fields[i].id == HeaderId::transfer_encoding ? 1 : 0;
  }
  require(lengths + codings <= 1, "there is one framing at most");
  require(head.has_content_length == (lengths == 1), "a length is announced by its field");
  require(head.chunked == (codings == 1), "chunks are announced by their field");
}

std::string method_text(const RequestHead& head, const char* base) {
  const std::string written = escaped(head.method_name(base));
  const std::string_view known = kMethodNames[static_cast<std::size_t>(head.method)];
  return written == known ? written : written + "(" + std::string(known) + ")";
}

std::string field_text(const HeaderField& field, const char* base) {
  const std::string value = escaped(field.value(base));
  return "field " + std::string(kHeaderNames[static_cast<std::size_t>(field.id)]) + " " +
         escaped(field.name(base)) + ":" + (value.empty() ? "" : " ") + value + "\n";
}

std::string head_text(const RequestHead& head, const char* base) {
  std::string text = "head " + method_text(head, base) + " " + escaped(head.target(base)) + " 1." +
                     std::to_string(head.version_minor) + " ";
  text += form_name(head.target_form);
  text += head.keep_alive ? " keep-alive" : " close";
  if (head.has_content_length) text += " length=" + std::to_string(head.content_length);
  if (head.chunked) text += " chunked";
  if (head.expect_continue) text += " expect";
  if (head.upgrade) text += " upgrade";
  return text + "\n";
}

}  // namespace

void EventLog::receive(std::string_view piece) {
  while (!failed_ && feed(piece)) {
  }
}

bool EventLog::feed(std::string_view& piece) {
  const std::size_t before = head_seen_ ? 0 : head_bytes_.size();
  const auto block = std::make_unique<char[]>(before + piece.size());
  std::copy_n(head_bytes_.data(), before, block.get());
  std::copy_n(piece.data(), piece.size(), block.get() + before);
  const std::string_view bytes{block.get() + before, piece.size()};

  const ParseResult result = parser_.feed(bytes);
  require(result.consumed <= piece.size(), "no more is consumed than was fed");
  if (!head_seen_) head_bytes_.append(bytes.substr(0, result.consumed));
  request_bytes_ += result.consumed;
  piece.remove_prefix(result.consumed);

  const bool body_goes_on =
      result.progress == Progress::body_data || result.progress == Progress::need_more;
  if (!body_goes_on) flush_body();
  switch (result.progress) {
    case Progress::need_more:
      require(piece.empty(), "who wants more has consumed all");
      return false;
    case Progress::head_complete:
      require(parser_.head().size_bytes == request_bytes_, "a head knows its size");
      head_seen_ = true;
      note_head(block.get());
      return true;
    case Progress::body_data:
      require(!result.body.empty(), "a piece of a body has bytes");
      require(result.body.data() >= bytes.data() &&
                  result.body.data() + result.body.size() <= bytes.data() + result.consumed,
              "a piece of a body stands in what was fed");
      body_ += result.body;
      return true;
    case Progress::message_complete:
      events_ += "complete\n";
      parser_.reset();
      head_bytes_.clear();
      request_bytes_ = 0;
      head_seen_ = false;
      return !piece.empty();
    case Progress::error:
      failed_ = true;
      break;
  }
  const ParseError& error = kParseErrors[static_cast<std::size_t>(result.reason)];
  require(error.reason == result.reason, "an error stands where its reason points");
  events_ += "error " + std::to_string(error.status) + " " + std::string(error.name) + " at " +
             std::to_string(request_bytes_) + "\n";
  return false;
}

void EventLog::note_head(const char* base) {
  const RequestHead& head = parser_.head();
  require_harmless(head, {base, head.size_bytes});
  events_ += head_text(head, base);
  for (std::size_t i = 0; i < head.field_count; ++i) {
    events_ += field_text(head.fields[i], base);
    require(head.has(head.fields[i].id), "a field that is there is known to be");
  }
}

void EventLog::flush_body() {
  if (body_.empty()) return;
  events_ += "body " + escaped(body_) + "\n";
  body_.clear();
}

std::string EventLog::finish() {
  flush_body();
  if (!failed_ && !parser_.idle()) events_ += "waiting\n";
  return events_;
}

std::string events_of(std::string_view input, ParseLimits limits) {
  EventLog log(limits);
  log.receive(input);
  return log.finish();
}

std::string events_of_halves(std::string_view input, std::size_t cut, ParseLimits limits) {
  EventLog log(limits);
  log.receive(input.substr(0, cut));
  log.receive(input.substr(cut));
  return log.finish();
}

std::string events_of_bytes(std::string_view input, ParseLimits limits) {
  EventLog log(limits);
  for (std::size_t i = 0; i < input.size(); ++i) log.receive(input.substr(i, 1));
  return log.finish();
}

}  // namespace hpserver::http::test
