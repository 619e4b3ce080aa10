#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/message/field_syntax.h"

namespace hpserver::binding {

// Adds a value to the others of the same name, which form a list. Cookies have their own separator.
// See: RFC 9110 section 5.3; RFC 6265 section 4.2.1, RFC 9113 section 8.2.3.
inline void add_to_list(std::optional<std::string>& list, std::string_view name,
                        std::string_view value) {
  if (list) {
    list->append(http::equal_ignoring_case(name, "cookie") ? "; " : ", ").append(value);
  } else {
    list.emplace(value);
  }
}

}  // namespace hpserver::binding
