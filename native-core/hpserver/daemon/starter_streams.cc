#include "hpserver/daemon/starter_streams.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include "hpserver/base/whole_number.h"

namespace hpserver {
namespace {

constexpr std::array kStreams{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};

struct OpenFile {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const OpenFile&) const = default;
};

OpenFile file_of(int fd) {
  struct stat status{};
  return ::fstat(fd, &status) == 0 ? OpenFile{status.st_dev, status.st_ino} : OpenFile{};
}

// Whether a process may be reading at the other end until all writers close. A named FIFO doesn't
// count: it may be a log on purpose.
bool is_awaited(int fd) {
  struct stat status{};
  struct statfs system{};
  if (::fstat(fd, &status) == -1 || ::fstatfs(fd, &system) == -1) return false;
  return system.f_type == PIPEFS_MAGIC || S_ISSOCK(status.st_mode) || ::isatty(fd) == 1;
}

// The open descriptors of the process, as listed in /proc.
Result<std::vector<int>> listed_in(Fd folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(folder.get()), ::closedir);
  if (entries == nullptr) return last_error("fdopendir");
  static_cast<void>(folder.release());
  std::vector<int> found;
  while (true) {
    errno = 0;
    const dirent* const entry = ::readdir(entries.get());
    if (entry == nullptr) break;
    if (const auto fd = whole_number<int>(entry->d_name)) found.push_back(*fd);
  }
  if (errno != 0) return last_error("readdir");
  return found;
}

}  // namespace

Result<StarterStreams> StarterStreams::open() {
  Fd null{::open("/dev/null", O_RDWR | O_CLOEXEC)};
  if (!null) return last_error("open");
  Fd descriptors{::open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!descriptors) return last_error("open");
  return StarterStreams(std::move(null), std::move(descriptors));
}

Result<void> StarterStreams::give_up() {
  std::vector<OpenFile> awaited;
  for (const int stream : kStreams) {
    if (is_awaited(stream)) awaited.push_back(file_of(stream));
  }
  const auto open = listed_in(std::move(descriptors_));
  if (!open) return open.error();
  for (const int fd : *open) {
    if (fd <= STDERR_FILENO || std::ranges::find(awaited, file_of(fd)) == awaited.end()) continue;
    if (::dup3(null_.get(), fd, O_CLOEXEC) == -1) return last_error("dup3");
  }
  for (const int stream : kStreams) {
    if (::dup2(null_.get(), stream) == -1) return last_error("dup2");
  }
  return {};
}

}  // namespace hpserver
