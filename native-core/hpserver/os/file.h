#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// What a server asks about a file before it sends one. See: fstat(2).
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

// Opens a directory as a starting point for open_beneath; it can't be read itself (O_PATH).
// May block on a slow disk. Errors: ENOENT, ENOTDIR, EACCES.
Result<Fd> open_directory(const char* path);

// Opens `path` for reading, relative to `directory_fd` and never outside of it: neither `..` nor a
// symbolic link nor a rename at the wrong moment leads out. O_NONBLOCK is set, so that a FIFO can't
// hang the caller; what was opened is told by file_status. May block on a slow disk.
// Where openat2 is missing (before Linux 5.6) or forbidden (seccomp), open_beneath_walking answers.
// Errors: ENOENT, EACCES, EXDEV (would escape), ELOOP, ENAMETOOLONG. See: openat2(2).
Result<Fd> open_beneath(int directory_fd, const char* path);

// The same for older kernels, one component at a time and stricter: symbolic links are refused with
// ELOOP (ENOTDIR before the last component), and any `..` with EXDEV.
Result<Fd> open_beneath_walking(int directory_fd, const char* path);

// Reads at `offset`, wherever the file's own position is: how many bytes, 0 at its end. May block
// on a slow disk. Errors: EIO. See: pread(2).
Result<std::size_t> read_at(int fd, std::span<char> room, off_t offset);

// Sends up to `limit_bytes` from `offset` of `in_fd` and moves `offset` on. Returns 0 where the
// file ends, which is sooner than expected if it shrank meanwhile; a caller that promised a length
// then closes. `out_fd` may be a socket, a pipe or (since Linux 2.6.33) a file; `in_fd` must
// support mmap. Errors: EAGAIN, EPIPE (and SIGPIPE: ignore it), ECONNRESET, EINVAL, EIO. See:
// sendfile(2).
Result<std::size_t> send_file(int out_fd, int in_fd, off_t& offset, std::size_t limit_bytes);

}  // namespace hpserver
