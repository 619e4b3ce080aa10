#pragma once

#include <cstddef>
#include <cstdint>

#include "hpserver/base/result.h"

namespace hpserver {

// How many descriptors this process may open: the soft and the hard limit. See: getrlimit(2),
// RLIMIT_NOFILE.
struct DescriptorLimit {
  std::uint64_t soft = 0;
  std::uint64_t hard = 0;
};

[[nodiscard]] Result<DescriptorLimit> descriptor_limit();

// Raises the soft limit to the hard one, which needs no privilege, and returns the resulting limit.
Result<DescriptorLimit> raise_descriptor_limit();

// Limits the size of a core file, in bytes; 0 disables core files. A limit above the hard one needs
// CAP_SYS_RESOURCE. Errors: EPERM. See: getrlimit(2), RLIMIT_CORE.
Result<void> limit_core_file(std::uint64_t max_bytes);

// Limits the address space, in bytes; beyond it, allocations fail (ENOMEM, std::bad_alloc). Stacks
// and mapped files count too. Errors: EPERM. See: getrlimit(2), RLIMIT_AS.
Result<void> limit_address_space(std::uint64_t max_bytes);

// Returns net.core.somaxconn, the longest queue that listen(2) grants. Reads /proc. Errors: ENOENT.
[[nodiscard]] Result<int> listen_backlog_limit();

// Returns how many bytes of memory this process may use: the machine's memory, or the limit of the
// process's control group if that is lower. Reads /proc and /sys. See: cgroups(7), memory.max.
[[nodiscard]] std::uint64_t memory_limit();

// Returns how many cores this process may run on, at least 1, respecting taskset, cpusets and
// containers. See: sched_getaffinity(2).
[[nodiscard]] std::size_t usable_core_count();

}  // namespace hpserver
