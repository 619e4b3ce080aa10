#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A file with the id of a running process and a newline. It is locked as long as the program runs,
// so an unlocked file is a stale one. The lock belongs to the open file (F_OFD_SETLK): a forked
// worker, and a successor that inherits the descriptor, hold it too. See: fcntl(2), "Open file
// description locks".
class PidFile {
 public:
  // Creates `path`, or takes over an unlocked one; mode 0644, whatever the umask. `path` should be
  // absolute, since the working directory may change. Errors: EAGAIN (locked by a running program),
  // EINVAL (not a regular file), ELOOP (a symbolic link), those of open(2) and write(2).
  static Result<PidFile> create(std::string path);

  // Takes over a file whose lock the predecessor has handed over; it still contains the
  // predecessor's id. Errors: EBADF, EINVAL.
  static Result<PidFile> inherit(int fd, std::string path);

  // Removes the file if `path` is still this file and contains this process's id. If it can't be
  // removed (privileges were dropped, or the root was changed), empties it.
  ~PidFile();
  PidFile(PidFile&&) noexcept = default;
  PidFile& operator=(PidFile&&) = delete;

  // Writes the id of the serving process. Errors: ENOSPC, EIO.
  Result<void> write(pid_t id) const;

  // The descriptor for a successor to inherit. This object keeps it.
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  PidFile(Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}

  Fd fd_;
  std::string path_;
};

// Returns the id in a PID file. Errors: ENOENT, EACCES, EINVAL (it contains none), ESRCH (not
// locked: the program has ended without removing it).
[[nodiscard]] Result<pid_t> read_pid_file(const std::string& path);

// Explains why a PID file names no server: "PATH: the server does not run (…)".
[[nodiscard]] std::string explain_no_server(const Error& error, const std::string& path);

// Explains why a PID file can't be created, and what to do next: "PATH: my-server runs already, as
// process 7 …".
[[nodiscard]] std::string explain_pid_file_error(const Error& error, const std::string& path);

}  // namespace hpserver
