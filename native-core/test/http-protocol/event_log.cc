#include "event_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "protocol_case.h"

namespace hpserver::http::test {
namespace {

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

/** What no accepted head may hold, however it came: the seeds of request smuggling. */
void expect_harmless(const RequestHead& head, std::string_view bytes) {
  EXPECT_TRUE(bytes.ends_with("\r\n\r\n"));
  EXPECT_EQ(bytes.find("\r\n\r\n"), bytes.size() - 4) << "an empty line inside";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    EXPECT_TRUE(byte != '\r' || bytes[i + 1] == '\n');
    EXPECT_TRUE(byte != '\n' || (i > 0 && bytes[i - 1] == '\r'));
    EXPECT_TRUE(byte >= 0x20 || byte == '\t' || byte == '\r' || byte == '\n') << int{byte};
    EXPECT_NE(byte, 0x7f);
  }
  std::size_t lengths = 0;
  std::size_t codings = 0;
  for (std::size_t i = 0; i < head.field_count; ++i) {
    lengths += head.fields[i].id == HeaderId::content_length ? 1 : 0;
    codings += head.fields[i].id == HeaderId::transfer_encoding ? 1 : 0;
  }
  EXPECT_LE(lengths + codings, 1U);
  EXPECT_EQ(head.has_content_length, lengths == 1);
  EXPECT_EQ(head.chunked, codings == 1);
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
  EXPECT_LE(result.consumed, piece.size());
  if (!head_seen_) head_bytes_.append(bytes.substr(0, result.consumed));
  request_bytes_ += result.consumed;
  piece.remove_prefix(result.consumed);

  const bool body_goes_on =
      result.progress == Progress::body_data || result.progress == Progress::need_more;
  if (!body_goes_on) flush_body();
  switch (result.progress) {
    case Progress::need_more:
      EXPECT_TRUE(piece.empty());
      return false;
    case Progress::head_complete:
      EXPECT_EQ(parser_.head().size_bytes, request_bytes_);
      head_seen_ = true;
      note_head(block.get());
      return true;
    case Progress::body_data:
      EXPECT_FALSE(result.body.empty());
      EXPECT_GE(result.body.data(), bytes.data());
      EXPECT_LE(result.body.data() + result.body.size(), bytes.data() + result.consumed);
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
  EXPECT_EQ(error.reason, result.reason);
  events_ += "error " + std::to_string(error.status) + " " + std::string(error.name) + " at " +
             std::to_string(request_bytes_) + "\n";
  return false;
}

void EventLog::note_head(const char* base) {
  const RequestHead& head = parser_.head();
  expect_harmless(head, {base, head.size_bytes});
  events_ += head_text(head, base);
  for (std::size_t i = 0; i < head.field_count; ++i) {
    events_ += field_text(head.fields[i], base);
    EXPECT_TRUE(head.has(head.fields[i].id));
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
