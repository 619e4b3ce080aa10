#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// What a server needs to know about a file before sending it. See: fstat(2).
struct FileStatus {
  enum class Kind : std::uint8_t { regular, directory, other };

  Kind kind = Kind::other;
  off_t size_bytes = 0;
  timespec modified{};
  dev_t device = 0;
  ino_t inode = 0;

  friend bool operator==(const FileStatus& left, const FileStatus& right) noexcept {
    return left.kind == right.kind && left.size_bytes == right.size_bytes &&
           left.modified.tv_sec == right.modified.tv_sec &&
           left.modified.tv_nsec == right.modified.tv_nsec && left.device == right.device &&
           left.inode == right.inode;
  }
};

// Errors: EBADF.
[[nodiscard]] Result<FileStatus> file_status(int fd);

// Opens a directory as a starting point for open_beneath; its entries can't be read (O_PATH). May
// block on a slow disk. Errors: ENOENT, ENOTDIR, EACCES.
Result<Fd> open_directory(const char* path);

// Opens `path` for reading, relative to `directory_fd` and never outside it: neither `..` nor a
// symbolic link nor a rename at the wrong moment escapes. O_NONBLOCK is set so a FIFO can't hang
// the caller; file_status tells what was opened. May block on a slow disk. If openat2 is missing
// (before Linux 5.6) or forbidden (seccomp), falls back to open_beneath_walking. Errors: ENOENT,
// EACCES, EXDEV (would escape), ELOOP, ENAMETOOLONG. See: openat2(2).
Result<Fd> open_beneath(int directory_fd, const char* path);

// Does the same on older kernels, one component at a time and more strictly: it refuses symbolic
// links with ELOOP (ENOTDIR before the last component), and any `..` with EXDEV.
Result<Fd> open_beneath_walking(int directory_fd, const char* path);

// Reads at `offset`, regardless of the file's own position, and returns the number of bytes; 0 at
// the end of the file. May block on a slow disk. Errors: EIO. See: pread(2).
Result<std::size_t> read_at(int fd, std::span<char> room, off_t offset);

// Sends up to `limit_bytes` from `offset` of `in_fd` and advances `offset`. Returns 0 at the end of
// the file, which comes early if the file shrank; a caller that has promised a length must then
// close. `out_fd` may be a socket, a pipe or (since Linux 2.6.33) a file; `in_fd` must support
// mmap. Errors: EAGAIN, EPIPE (and SIGPIPE: ignore it), ECONNRESET, EINVAL, EIO. See: sendfile(2).
Result<std::size_t> send_file(int out_fd, int in_fd, off_t& offset, std::size_t limit_bytes);

}  // namespace hpserver
