#pragma once

#include <string>

#include "hpserver/protocol/http/access/access_format.h"

namespace hpserver::http {

// What a server writes that was told of no format: `peer method target status bytes µs`, where
// status 0 is a client that went before there was an answer. Blanks and what would end the line are
// no part of a target: a request that has them can't be read.
void append_plain(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms);

}  // namespace hpserver::http
