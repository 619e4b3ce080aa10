#include "hpserver/daemon/pid_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <string_view>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

struct flock whole_file(short type) {
  struct flock lock{};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

Result<void> lock(int fd) {
  struct flock wanted = whole_file(F_WRLCK);
  if (::fcntl(fd, F_OFD_SETLK, &wanted) == 0) return {};
  if (errno == EACCES) errno = EAGAIN;
  return last_error("fcntl");
}

// Whether `path` still names the open file `fd`.
bool is_at(const std::string& path, int fd) {
  struct stat open{};
  struct stat named{};
  return ::fstat(fd, &open) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

Result<void> check_regular(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) == -1) return last_error("fstat");
  if (!S_ISREG(status.st_mode)) return Error{EINVAL, "open"};
  return {};
}

std::optional<pid_t> id_in(int fd) {
  std::array<char, 16> text{};
  const auto got = retry_on_eintr([&] { return ::pread(fd, text.data(), text.size(), 0); });
  pid_t id = 0;
  if (got <= 0) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + got, id);
  if (error != std::errc{} || id <= 0) return std::nullopt;
  return id;
}

}  // namespace

Result<PidFile> PidFile::create(std::string path) {
  constexpr mode_t kMode = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  while (true) {
    // Neither follows a symbolic link nor hangs on a FIFO that someone has put there.
    constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    Fd fd{retry_on_eintr([&] { return ::open(path.c_str(), kFlags, kMode); })};
    if (!fd) return last_error("open");
    const auto regular = check_regular(fd.get());
    if (!regular) return regular.error();
    const auto locked = lock(fd.get());
    if (!locked) return locked.error();
    // The last owner may have removed the file between open and fcntl; then the lock is useless.
    if (!is_at(path, fd.get())) continue;
    // Sets the mode regardless of the umask, since any user's scripts may read the id. Another
    // user's file keeps its mode.
    static_cast<void>(::fchmod(fd.get(), kMode));
    PidFile file(std::move(fd), std::move(path));
    const auto written = file.write(::getpid());
    if (!written) return written.error();
    return file;
  }
}

Result<PidFile> PidFile::inherit(int fd, std::string path) {
  Fd owned{fd};
  const auto closes = set_close_on_exec(fd, true);
  if (!closes) return closes.error();
  const auto regular = check_regular(fd);
  if (!regular) return regular.error();
  return PidFile(std::move(owned), std::move(path));
}

PidFile::~PidFile() {
  // Returns in a forked worker, or if a successor has taken the file over.
  if (!fd_ || id_in(fd_.get()) != ::getpid()) return;
  if (is_at(path_, fd_.get()) && ::unlink(path_.c_str()) == 0) return;
  static_cast<void>(!::ftruncate(fd_.get(), 0));
}

Result<void> PidFile::write(pid_t id) const {
  const std::string text = std::to_string(id) + "\n";
  // A reader finds either this id or the previous one, never an empty file.
  const auto written =
      retry_on_eintr([&] { return ::pwrite(fd_.get(), text.data(), text.size(), 0); });
  if (written == -1) return last_error("write");
  if (static_cast<std::size_t>(written) < text.size()) return Error{ENOSPC, "write"};
  if (::ftruncate(fd_.get(), written) == -1) return last_error("ftruncate");
  return {};
}

Result<pid_t> read_pid_file(const std::string& path) {
  const Fd fd{retry_on_eintr(
      [&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); })};
  if (!fd) return last_error("open");
  struct flock held = whole_file(F_RDLCK);
  if (::fcntl(fd.get(), F_OFD_GETLK, &held) == -1) return last_error("fcntl");
  if (held.l_type == F_UNLCK) return Error{ESRCH, "fcntl"};
  const auto id = id_in(fd.get());
  if (!id) return Error{EINVAL, "read"};
  return *id;
}

std::string explain_no_server(const Error& error, const std::string& path) {
  switch (error.code) {
    case ENOENT:
      return path + ": no such file: the server is not running, or uses another PID file";
    case ESRCH:
      return path + ": no process has locked it: the server is not running";
    case EINVAL:
      return path + ": contains no process id: name the PID file of a server";
    default:
      return path + ": " + error.message();
  }
}

std::string explain_pid_file_error(const Error& error, const std::string& path) {
  switch (error.code) {
    case EAGAIN: {
      const auto id = read_pid_file(path);
      const std::string who = id ? "process " + std::to_string(*id) : "another process";
      return path + ": " + who + " is running with this PID file: stop it, or choose another file";
    }
    case ENOENT:
      return path + ": its folder does not exist: create it, or choose another file";
    case EACCES:
    case EPERM:
    case EROFS:
      return path + ": this user may not write it: choose another file";
    case EINVAL:
    case EISDIR:
    case ELOOP:
    case ENXIO:
      return path + ": is not a regular file: remove it, or choose another one";
    default:
      return path + ": " + error.message();
  }
}

}  // namespace hpserver
