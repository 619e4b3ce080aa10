#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace hpserver::http::test {

/** One case of a Markdown file: what is received, and the events that must follow. */
struct ProtocolCase {
  /** File and heading, as a gtest parameter name. */
  std::string name;
  std::string input;
  std::string events;

  /** True if the input is exactly one request, so another one may follow. */
  bool is_complete() const { return events.ends_with("\ncomplete\n"); }
};

/** Lets gtest print a case by its name. */
void PrintTo(const ProtocolCase& one, std::ostream* out);

/** Reads every case of the Markdown files beside this source; see README.md there. */
std::vector<ProtocolCase> load_protocol_cases();

/** Writes control bytes, bytes beyond ASCII and backslashes as `\r`, `\n`, `\\` and `\xNN`. */
std::string escaped(std::string_view bytes);

}  // namespace hpserver::http::test
