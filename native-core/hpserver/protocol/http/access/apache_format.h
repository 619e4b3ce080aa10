#pragma once

#include <string>

#include "hpserver/protocol/http/access/access_format.h"

namespace hpserver::http {

// Apache's common and combined formats, with its escapes: `\"`, `\\`, `\n`, and `\x1b` for anything
// but printable ASCII.
//   127.0.0.1 - - [30/Nov/2026:08:11:52 +0100] "GET / HTTP/1.1" 200 13
// `combined` adds referer and agent, in quotes, "-" for none.
// See: https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
void append_ncsa(std::string& text, const AccessEntry& entry, const AccessLineTerms& terms);
void append_combined(std::string& text, const AccessEntry& entry, const AccessLineTerms& terms);

}  // namespace hpserver::http
