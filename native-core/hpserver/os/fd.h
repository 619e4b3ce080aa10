#pragma once

#include <utility>

namespace hpserver {

// An owned descriptor: closed exactly once, when its owner ends. Movable, not copyable.
// Every descriptor of this library is one from birth, and has FD_CLOEXEC set.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) noexcept : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool valid() const noexcept { return fd_ >= 0; }
  explicit operator bool() const noexcept { return valid(); }

  // Gives up ownership without closing.
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

  // Closes what is owned and owns `fd` instead. EINTR of close(2) is not retried: on Linux the
  // descriptor is gone by then, and a second close could hit somebody else's. See: close(2), NOTES.
  void reset(int fd = -1) noexcept;

 private:
  int fd_ = -1;
};

}  // namespace hpserver
