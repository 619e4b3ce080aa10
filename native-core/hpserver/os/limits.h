#pragma once

#include <cstddef>
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

// The most bytes that this process may write into a core file when it crashes; 0: none. A limit
// above the hard one needs CAP_SYS_RESOURCE. Errors: EPERM. See: getrlimit(2), RLIMIT_CORE.
Result<void> limit_core_file(std::uint64_t max_bytes);

// The most bytes of address space; beyond it, memory is refused (ENOMEM, std::bad_alloc). Stacks
// and mapped files count too. Errors: EPERM. See: getrlimit(2), RLIMIT_AS.
Result<void> limit_address_space(std::uint64_t max_bytes);

// net.core.somaxconn: the longest queue that listen(2) grants. Reads /proc. Errors: ENOENT.
[[nodiscard]] Result<int> listen_backlog_limit();

// How many bytes of memory this process may have: the machine's, or what a control group of it is
// limited to. Reads /proc and /sys. See: cgroups(7), memory.max.
[[nodiscard]] std::uint64_t memory_limit();

// The cores that this process may run on, at least 1: what taskset, cgroups' cpusets and containers
// have left it. See: sched_getaffinity(2).
[[nodiscard]] std::size_t usable_core_count();

}  // namespace hpserver
