#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/response_parser.h"

namespace hpserver::http::test {

// What the parser found in an input.
struct ResponseLog {
  ResponseParser::Found last = ResponseParser::Found::nothing;
  std::string heads;   // "200 ", for each head that was found
  std::string fields;  // "name: value", one per line
  std::string body;
  std::string rest;  // what was not consumed
};

// Feeds one piece after another, each together with what wasn't consumed of the one before; up to
// the end of an answer, or to an error.
ResponseLog parse_in_pieces(ResponseParser& parser, std::span<const std::string_view> pieces);

}  // namespace hpserver::http::test
