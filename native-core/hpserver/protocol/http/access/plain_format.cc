#include "hpserver/protocol/http/access/plain_format.h"

#include <cstdint>

#include "hpserver/log/printable.h"

namespace hpserver::http {

void append_plain(std::string& line, const AccessEntry& entry, const AccessLineTerms& terms) {
  line.append(entry.peer).append(1, ' ');
  append_printable(line, entry.method, terms.field_bytes);
  line.append(1, ' ');
  append_printable(line, entry.target, terms.field_bytes);
  for (const auto number : {std::uint64_t{entry.status}, entry.body_bytes,
                            static_cast<std::uint64_t>(entry.duration.count())}) {
    line.append(1, ' ');
    append_number(line, number);
  }
  line.append(1, '\n');
}

}  // namespace hpserver::http
