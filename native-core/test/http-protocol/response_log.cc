#include "response_log.h"

#include <algorithm>
#include <memory>

#include "test/rules.h"

namespace hpserver::http::test {
namespace {

using Found = ResponseParser::Found;
using hpserver::testing::require;

void note(ResponseLog& log, const ResponseParser::Step& step, const ResponseHead& head) {
  log.last = step.found;
  log.body += step.body;
  if (step.found != Found::head) return;
  log.heads += std::to_string(head.status) + ' ';
  for (const auto& [name, value] : head.fields) {
    log.fields.append(name).append(": ").append(value).append("\n");
  }
}

// Copies the bytes to a block of exactly their size, so a sanitizer finds any access outside.
ResponseParser::Step feed(ResponseParser& parser, ResponseLog& log) {
  const auto block = std::make_unique<char[]>(log.rest.size());
  std::copy_n(log.rest.data(), log.rest.size(), block.get());
  const std::string_view bytes{block.get(), log.rest.size()};
  const auto step = parser.feed(bytes);
  require(step.consumed <= bytes.size(), "no more is consumed than was fed");
  require((step.found == Found::body) == !step.body.empty(), "a piece of a body has bytes");
  require(
      step.body.empty() || (step.body.data() >= bytes.data() &&
                            step.body.data() + step.body.size() <= bytes.data() + step.consumed),
      "a piece of a body stands in what was fed");
  require(step.found != Found::nothing || step.consumed == bytes.size(),
          "who finds nothing has consumed all");
  note(log, step, parser.head());
  log.rest.erase(0, step.consumed);
  return step;
}

}  // namespace

ResponseLog parse_in_pieces(ResponseParser& parser, std::span<const std::string_view> pieces) {
  ResponseLog log;
  for (const std::string_view piece : pieces) {
    log.rest += piece;
    while (true) {
      const auto step = feed(parser, log);
      if (step.found == Found::end || step.found == Found::error) return log;
      if (step.found == Found::nothing) break;
    }
  }
  return log;
}

}  // namespace hpserver::http::test
