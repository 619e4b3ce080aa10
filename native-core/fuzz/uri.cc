// Paths and queries: equivalent ones become equal, nothing is decoded twice, and no NUL comes out.

#include "hpserver/protocol/http/message/uri.h"

#include "target.h"
#include "test/rules.h"

namespace hpserver::fuzz {
namespace {

using testing::require;

std::string encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string escapes;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    escapes += {'%', kDigits[value / 16], kDigits[value % 16]};
  }
  return escapes;
}

void try_path(std::string_view path) {
  std::string normal;
  http::normalize_escapes(path, normal);
  require(normal.size() <= path.size(), "a normal path is no longer");
  std::string twice;
  http::normalize_escapes(normal, twice);
  require_equal(twice, normal, "a normal path stays as it is");
  std::string decoded;
  std::string decoded_normal;
  const bool is_good = http::percent_decode(path, decoded);
  require(http::percent_decode(normal, decoded_normal) == is_good, "both are refused, or neither");
  if (!is_good) return;
  require_equal(decoded_normal, decoded, "a normal path means the same");
  // A literal NUL is refused by the request parser.
  if (path.find('\0') != path.npos) return;
  require(decoded.find('\0') == decoded.npos, "no NUL comes out");
  require(http::percent_decode(encoded(decoded), twice), "escapes are decoded");
  require_equal(twice, decoded, "what is encoded is decoded alike");
}

void try_query(std::string_view query) {
  const std::string_view pair = query.substr(0, query.find('&'));
  std::string name;
  std::string value;
  const std::string_view key = pair.substr(0, pair.find('='));
  if (!http::percent_decode(key, name, http::Plus::space)) return;
  const auto found = http::query_value(query, name);
  // For an empty name, the first pair found may be a later one: "&=1".
  if (pair.size() == key.size()) return;
  const bool is_good = http::percent_decode(pair.substr(key.size() + 1), value, http::Plus::space);
  require(found.has_value() == is_good, "the first value is found, if it is one");
  if (is_good) require_equal(*found, value, "it is the first one");
}

}  // namespace

void try_input(std::string_view input) {
  const std::size_t question = input.find('?');
  try_path(input.substr(0, question));
  if (question != input.npos) try_query(input.substr(question + 1));
}

}  // namespace hpserver::fuzz
