#include "hpserver/protocol/http/file/precondition.h"

#include <algorithm>
#include <cstddef>

#include "hpserver/protocol/http/message/date.h"
#include "hpserver/protocol/http/request.h"

namespace hpserver::http {
namespace {

enum class Comparison : bool { strong, weak };

// Removes the next entity tag from a list and returns it as written; empty at the end, or if the
// text isn't a list. A tag's quotes may contain a comma, so the list can't be split at commas.
std::string_view next_entity_tag(std::string_view& list) noexcept {
  list.remove_prefix(std::min(list.find_first_not_of(" \t,"), list.size()));
  const std::size_t quote = list.starts_with("W/") ? 2 : 0;
  if (list.size() <= quote || list[quote] != '"') return {};
  const std::size_t end = list.find('"', quote + 1);
  if (end == list.npos) return {};
  const std::string_view tag = list.substr(0, end + 1);
  list.remove_prefix(tag.size());
  return tag;
}

bool matches(std::string_view list, std::string_view current, Comparison comparison) noexcept {
  if (list == "*") return true;
  for (auto tag = next_entity_tag(list); !tag.empty(); tag = next_entity_tag(list)) {
    if (tag == current) return true;
    if (comparison == Comparison::weak && tag.starts_with("W/") && tag.substr(2) == current) {
      return true;
    }
  }
  return false;
}

bool any_field_matches(const Request& request, HeaderId id, std::string_view current,
                       Comparison comparison) noexcept {
  for (std::size_t i = 0; i < request.header_count(); ++i) {
    if (request.header_id(i) == id && matches(request.header_value(i), current, comparison)) {
      return true;
    }
  }
  return false;
}

// Parses the field's date; false if there is no such field. An invalid date, or more than one, is
// ignored. See: RFC 9110 sections 13.1.3 and 13.1.4.
bool has_date(const Request& request, HeaderId id, std::time_t& date) noexcept {
  const auto field = request.only_header(id);
  if (!field) return false;
  const auto parsed = parse_date(*field);
  date = parsed.value_or(0);
  return parsed.has_value();
}

}  // namespace

Verdict evaluate_preconditions(const Request& request, Validators current) noexcept {
  std::time_t date = 0;
  if (request.has_header(HeaderId::if_match)) {
    if (!any_field_matches(request, HeaderId::if_match, current.entity_tag, Comparison::strong)) {
      return Verdict::failed;
    }
  } else if (has_date(request, HeaderId::if_unmodified_since, date) && current.modified > date) {
    return Verdict::failed;
  }
  if (request.has_header(HeaderId::if_none_match)) {
    const bool known =
        any_field_matches(request, HeaderId::if_none_match, current.entity_tag, Comparison::weak);
    return known ? Verdict::not_modified : Verdict::proceed;
  }
  if (has_date(request, HeaderId::if_modified_since, date) && current.modified <= date) {
    return Verdict::not_modified;
  }
  return Verdict::proceed;
}

bool is_range_current(const Request& request, Validators current) noexcept {
  if (!request.has_header(HeaderId::if_range)) return true;
  const auto field = request.only_header(HeaderId::if_range);
  if (!field) return false;
  if (field->find('"') != field->npos) return *field == current.entity_tag;
  const auto date = parse_date(*field);
  return date.has_value() && *date == current.modified;
}

}  // namespace hpserver::http
