// The parser of an upstream server's answers: it finds the same things however they are cut.

#include <array>

#include "target.h"
#include "test/http-protocol/response_log.h"
#include "test/rules.h"

namespace hpserver::fuzz {
namespace {

using http::ResponseParser;
using http::test::ResponseLog;
using Found = ResponseParser::Found;

// Only shorter inputs are fed byte by byte: longer ones take long and show little more.
constexpr std::size_t kShort = 512;

std::string text_of(const ResponseLog& log) {
  std::string text = log.heads + "\n" + log.fields + "\n" + log.body + "\n";
  if (log.last == Found::error) return text + "error";
  return text + (log.last == Found::end ? "end" : "waiting");
}

std::string read_in(std::span<const std::string_view> pieces, bool is_answer_to_head) {
  ResponseParser parser;
  parser.reset(is_answer_to_head);
  return text_of(http::test::parse_in_pieces(parser, pieces));
}

void try_to_write_it_again(std::string_view input) {
  ResponseParser parser;
  const ResponseLog first = http::test::parse_in_pieces(parser, std::array{input});
  if (first.heads.empty()) return;
  const auto& head = parser.head();
  std::string text =
      "HTTP/1." + std::to_string(head.version_minor) + " " + std::to_string(head.status) + "\r\n";
  for (const auto& [name, value] : head.fields) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
  text += "\r\n";
  if (text.size() > ResponseParser::kMaxHeadBytes) return;
  ResponseParser other;
  const ResponseLog second = http::test::parse_in_pieces(other, std::array{std::string_view(text)});
  require_equal(second.heads, first.heads, "what was understood is written well");
  require_equal(second.fields, first.fields, "its fields are read alike");
  testing::require(other.head().keep_alive == head.keep_alive &&
                       other.head().chunked == head.chunked &&
                       other.head().content_length == head.content_length,
                   "it is framed alike");
}

}  // namespace

void try_input(std::string_view input) {
  for (const bool is_answer_to_head : {false, true}) {
    const std::string whole = read_in(std::array{input}, is_answer_to_head);
    require_equal(read_in(cut_anywhere(input), is_answer_to_head), whole,
                  "pieces mean what the whole does");
    if (input.size() > kShort) continue;
    require_equal(read_in(cut_anywhere(input, 1), is_answer_to_head), whole,
                  "bytes mean what the whole does");
  }
  try_to_write_it_again(input);
}

}  // namespace hpserver::fuzz
