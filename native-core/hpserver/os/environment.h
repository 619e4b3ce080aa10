#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hpserver {

// What the environment says; nothing where there is no such variable. Main thread, before any other
// that might change it. See: getenv(3).
[[nodiscard]] std::optional<std::string> environment_variable(const char* name);

// Takes it away, so that no child sees it. Likewise.
void forget_variable(const char* name);

// All of it, as "NAME=value": for Program. Likewise.
[[nodiscard]] std::vector<std::string> whole_environment();

}  // namespace hpserver
