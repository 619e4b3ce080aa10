// The request parser: it finds the same things however its input is cut; and a request written
// again from what it has understood means the same.

#include "hpserver/protocol/http/request_parser.h"
#include "target.h"
#include "test/http-protocol/event_log.h"
#include "test/rules.h"

namespace hpserver::fuzz {
namespace {

using testing::require;

// Only shorter inputs are fed byte by byte: a head is copied as often as it has bytes.
constexpr std::size_t kShort = 512;

void try_every_cut(std::string_view input, const http::ParseLimits& limits) {
  const std::string whole = http::test::events_of(input, limits);
  http::test::EventLog in_pieces(limits);
  for (const std::string_view piece : cut_anywhere(input)) in_pieces.receive(piece);
  require_equal(in_pieces.finish(), whole, "pieces mean what the whole does");
  if (input.size() > kShort) return;
  require_equal(http::test::events_of_bytes(input, limits), whole,
                "bytes mean what the whole does");
}

std::string written(const http::RequestHead& head, const char* base) {
  std::string text;
  text.append(head.method_name(base)).append(" ").append(head.target(base));
  text += " HTTP/1." + std::to_string(head.version_minor) + "\r\n";
  for (std::size_t i = 0; i < head.field_count; ++i) {
    text.append(head.fields[i].name(base)).append(": ").append(head.fields[i].value(base));
    text += "\r\n";
  }
  return text + "\r\n";
}

void try_to_write_it_again(std::string_view input) {
  http::RequestParser first;
  if (first.feed(input).progress != http::Progress::head_complete) return;
  const std::string once = written(first.head(), input.data());
  http::RequestParser second;
  // The spaces added after colons may make the head too large.
  const auto again = second.feed(once);
  if (again.reason == http::ParseReason::head_too_large) return;
  require(again.progress == http::Progress::head_complete, "what was understood is written well");
  require_equal(written(second.head(), once.data()), once, "what is written is read alike");
  require(second.head().keep_alive == first.head().keep_alive, "it keeps or closes alike");
  require(second.head().has_content_length == first.head().has_content_length &&
              second.head().content_length == first.head().content_length &&
              second.head().chunked == first.head().chunked,
          "it is framed alike");
}

}  // namespace

void try_input(std::string_view input) {
  try_every_cut(input, {});
  try_every_cut(input, http::test::kTightLimits);
  try_to_write_it_again(input);
}

}  // namespace hpserver::fuzz
