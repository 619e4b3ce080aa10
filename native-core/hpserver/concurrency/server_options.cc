#include "hpserver/concurrency/server_options.h"

#include <utility>

#include "hpserver/os/limits.h"

namespace hpserver {

std::vector<std::string> warnings_of(const ServerOptions& options) {
  std::vector<std::string> warnings;
  const std::size_t cores = usable_core_count();
  if (options.workers > cores) {
    warnings.push_back(
        "more loops than cores only adds context switches: " + std::to_string(options.workers) +
        " loops, " + std::to_string(cores) + (cores == 1 ? " core" : " cores"));
  }
  if (auto cut = backlog_warning(options.listen_options.backlog)) {
    warnings.push_back(std::move(*cut));
  }
  return warnings;
}

}  // namespace hpserver
