#pragma once

#include <string>

#include "hpserver/protocol/http/access/access_format.h"

namespace hpserver::http {

// One object per line, always with the same members:
//   {"time":"2026-11-30T07:11:52.123Z","peer":"127.0.0.1:4711","method":"GET","target":"/",
//   "protocol":"HTTP/1.1","status":200,"bytes":13,"duration":0.000123,"referer":null,"agent":null,
//   "request_id":null,"route":"/"}
// `duration` is in seconds. Client-written text stays UTF-8; invalid bytes become U+0080 to U+00FF.
// See: RFC 8259 section 7.
void append_json(std::string& text, const AccessEntry& entry, const AccessLineTerms& terms);

}  // namespace hpserver::http
