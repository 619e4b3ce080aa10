#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// The file that says which process a running program is: its id and a newline. It is locked as
// long as the program runs, so that a file that was left behind is known by its missing lock. The
// lock belongs to the open file (F_OFD_SETLK): a forked worker and a successor that is given the
// descriptor hold it too. See: fcntl(2), "Open file description locks".
class PidFile {
 public:
  // Makes `path`, or takes over one that nobody has locked; mode 0644, whatever the umask. `path`
  // should be absolute: the working directory may change. Errors: EAGAIN (a program that runs has
  // it), EINVAL (no regular file), ELOOP (a symbolic link), those of open(2) and write(2).
  static Result<PidFile> create(std::string path);

  // Goes on with a file whose lock the predecessor has handed over; it still says the
  // predecessor's id. Errors: EBADF, EINVAL.
  static Result<PidFile> inherit(int fd, std::string path);

  // Removes the file, if `path` still is this file and this process wrote its id there. Where it
  // can't be removed (rights were dropped, the root was changed), it is emptied.
  ~PidFile();
  PidFile(PidFile&&) noexcept = default;
  PidFile& operator=(PidFile&&) = delete;

  // Writes which process it is. Errors: ENOSPC, EIO.
  Result<void> write(pid_t id) const;

  // For a successor: what it inherits. The file stays this object's.
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  PidFile(Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}

  Fd fd_;
  std::string path_;
};

// The id that a PID file says. Errors: ENOENT, EACCES, EINVAL (it says none), ESRCH (nobody has it
// locked: the program has ended without removing it).
[[nodiscard]] Result<pid_t> read_pid_file(const std::string& path);

// Why a PID file names no server: "PATH: the server does not run (…)".
[[nodiscard]] std::string explain_no_server(const Error& error, const std::string& path);

// Why a PID file can't be had, with what to do next: "PATH: my-server runs already, as process 7
// …".
[[nodiscard]] std::string explain_pid_file_error(const Error& error, const std::string& path);

}  // namespace hpserver
