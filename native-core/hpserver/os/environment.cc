#include "hpserver/os/environment.h"

#include <unistd.h>

#include <cstdlib>

namespace hpserver {

std::optional<std::string> environment_variable(const char* name) {
  const char* const text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

void forget_variable(const char* name) {
  ::unsetenv(name);  // NOLINT(concurrency-mt-unsafe)
}

std::vector<std::string> whole_environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  return variables;
}

}  // namespace hpserver
