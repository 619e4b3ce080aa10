#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hpserver {

// Returns the value of an environment variable; nothing if it isn't set. Main thread, before
// another thread could change the environment. See: getenv(3).
[[nodiscard]] std::optional<std::string> environment_variable(const char* name);

// Removes a variable, so no child sees it. Same thread as above.
void forget_variable(const char* name);

// Returns all variables as "NAME=value", for Program. Same thread as above.
[[nodiscard]] std::vector<std::string> whole_environment();

}  // namespace hpserver
