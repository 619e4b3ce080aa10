#pragma once

#include <string>

#include "hpserver/protocol/http/access/access_format.h"

namespace hpserver::http {

// The default format: `peer method target status bytes µs`, where status 0 is a client that
// disconnected before there was an answer. A target contains neither blanks nor line breaks: a
// request with them can't be parsed.
void append_plain(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms);

}  // namespace hpserver::http
