#pragma once

#include <cstdint>

#include "hpserver/base/result.h"

namespace hpserver {

// How many descriptors this process may open: now, and at most. See: getrlimit(2), RLIMIT_NOFILE.
struct DescriptorLimit {
  std::uint64_t soft = 0;
  std::uint64_t hard = 0;
};

[[nodiscard]] Result<DescriptorLimit> descriptor_limit();

// Raises the soft limit to the hard one, which needs no privilege, and returns what holds now.
Result<DescriptorLimit> raise_descriptor_limit();

// net.core.somaxconn: the longest queue that listen(2) grants. Reads /proc. Errors: ENOENT.
[[nodiscard]] Result<int> listen_backlog_limit();

}  // namespace hpserver
