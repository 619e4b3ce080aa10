#include "hpserver/os/file.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <string_view>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

constexpr int kReadFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
constexpr int kStepFlags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

// If something is renamed or mounted during the walk, openat2 gives up with EAGAIN, since it can't
// tell whether `..` was safe. That is rare, so a few tries are plenty.
constexpr int kMaxOpenTries = 8;

std::atomic<bool> openat2_refused{false};

int openat2_once(int directory_fd, const char* path) {
  open_how how{};
  how.flags = static_cast<unsigned>(kReadFlags);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory_fd, path, &how, sizeof how));
}

std::string_view next_component(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  const auto component = rest.substr(0, rest.find('/'));
  rest.remove_prefix(component.size());
  return component;
}

bool names_more(std::string_view rest) {
  return rest.find_first_not_of('/') != rest.npos;
}

}  // namespace

Result<FileStatus> file_status(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) == -1) return last_error("fstat");
  using Kind = FileStatus::Kind;
  const Kind kind = S_ISREG(status.st_mode)   ? Kind::regular
                    : S_ISDIR(status.st_mode) ? Kind::directory
                                              : Kind::other;
  return FileStatus{kind, status.st_size, status.st_mtim, status.st_dev, status.st_ino};
}

Result<Fd> open_directory(const char* path) {
  Fd fd{retry_on_eintr([&] { return ::open(path, O_PATH | O_DIRECTORY | O_CLOEXEC); })};
  if (!fd) return last_error("open");
  return fd;
}

Result<Fd> open_beneath(int directory_fd, const char* path) {
  if (openat2_refused.load(std::memory_order_relaxed)) {
    return open_beneath_walking(directory_fd, path);
  }
  for (int tries = 0; tries < kMaxOpenTries; ++tries) {
    Fd fd{retry_on_eintr([&] { return openat2_once(directory_fd, path); })};
    if (fd) return fd;
    if (errno != EAGAIN) break;
  }
  // A sandbox that doesn't know openat2 returns EPERM; a file that may not be opened gives EACCES.
  if (errno != ENOSYS && errno != EPERM) return last_error("openat2");
  openat2_refused.store(true, std::memory_order_relaxed);
  return open_beneath_walking(directory_fd, path);
}

Result<Fd> open_beneath_walking(int directory_fd, const char* path) {
  std::string_view rest = path;
  if (rest.starts_with('/')) return Error{EXDEV, "openat"};
  if (rest.empty()) return Error{ENOENT, "openat"};
  Fd directory;
  while (true) {
    const std::string_view next = next_component(rest);
    const std::string component{next.empty() ? "." : next};
    if (component == "..") return Error{EXDEV, "openat"};
    const bool last = !names_more(rest);
    // A trailing slash asks for a directory.
    const int slash = last && !rest.empty() ? O_DIRECTORY : 0;
    const int flags = last ? kReadFlags | O_NOFOLLOW | slash : kStepFlags;
    const int from = directory ? directory.get() : directory_fd;
    Fd step{retry_on_eintr([&] { return ::openat(from, component.c_str(), flags); })};
    if (!step) return last_error("openat");
    if (last) return step;
    directory = std::move(step);
  }
}

Result<std::size_t> read_at(int fd, std::span<char> room, off_t offset) {
  const auto got = retry_on_eintr([&] { return ::pread(fd, room.data(), room.size(), offset); });
  if (got == -1) return last_error("pread");
  return static_cast<std::size_t>(got);
}

Result<std::size_t> send_file(int out_fd, int in_fd, off_t& offset, std::size_t limit_bytes) {
  const auto sent = retry_on_eintr([&] { return ::sendfile(out_fd, in_fd, &offset, limit_bytes); });
  if (sent == -1) return last_error("sendfile");
  return static_cast<std::size_t>(sent);
}

}  // namespace hpserver
