#include "hpserver/os/limits.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string>

#include "hpserver/os/fd.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

// Sets both limits, so no child can raise them again.
Result<void> limit_resource(__rlimit_resource resource, std::uint64_t max) {
  const rlimit limit{.rlim_cur = max, .rlim_max = max};
  if (::setrlimit(resource, &limit) == -1) return last_error("setrlimit");
  return {};
}

}  // namespace

Result<DescriptorLimit> descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == -1) return last_error("getrlimit");
  return DescriptorLimit{limit.rlim_cur, limit.rlim_max};
}

Result<DescriptorLimit> raise_descriptor_limit() {
  auto limit = descriptor_limit();
  if (!limit || limit->soft == limit->hard) return limit;
  const rlimit raised{.rlim_cur = limit->hard, .rlim_max = limit->hard};
  if (::setrlimit(RLIMIT_NOFILE, &raised) == -1) return last_error("setrlimit");
  return descriptor_limit();
}

Result<void> limit_core_file(std::uint64_t max_bytes) {
  return limit_resource(RLIMIT_CORE, max_bytes);
}

Result<void> limit_address_space(std::uint64_t max_bytes) {
  return limit_resource(RLIMIT_AS, max_bytes);
}

Result<int> listen_backlog_limit() {
  const Fd file{::open("/proc/sys/net/core/somaxconn", O_RDONLY | O_CLOEXEC)};
  if (!file) return last_error("open");
  std::array<char, 16> text{};
  const auto size = retry_on_eintr([&] { return ::read(file.get(), text.data(), text.size()); });
  if (size == -1) return last_error("read");
  int limit = 0;
  if (std::from_chars(text.data(), text.data() + size, limit).ec != std::errc{}) {
    return Error{EINVAL, "read"};
  }
  return limit;
}

std::uint64_t memory_limit() {
  const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1L));
  std::uint64_t limit = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  // "max" isn't a number, so it counts as no limit, like a missing file.
  const auto read_limit = [&limit](const std::string& path) {
    std::uint64_t bytes = 0;
    if (std::ifstream(path) >> bytes) limit = std::min(limit, bytes);
  };
  read_limit("/sys/fs/cgroup/memory/memory.limit_in_bytes");  // cgroups version 1
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    if (!line.starts_with("0::/")) continue;
    // The limits of all ancestors apply too; the last one is the root, "".
    for (std::string group = line.substr(3);; group.erase(group.rfind('/'))) {
      read_limit("/sys/fs/cgroup" + group + "/memory.max");
      if (group.empty()) break;
    }
  }
  return limit;
}

std::size_t usable_core_count() {
  cpu_set_t cores;
  // Fails with EINVAL if there are more than CPU_SETSIZE (1,024) cores.
  if (::sched_getaffinity(0, sizeof cores, &cores) == -1) return CPU_SETSIZE;
  return static_cast<std::size_t>(std::max(CPU_COUNT(&cores), 1));
}

}  // namespace hpserver
