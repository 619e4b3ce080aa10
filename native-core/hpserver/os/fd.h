#pragma once

#include <utility>

namespace hpserver {

// Owns a descriptor and closes it exactly once, in its destructor. Movable, not copyable. Every
// descriptor in this library is an Fd from the start, with FD_CLOEXEC set.
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

  // Closes the owned descriptor and owns `fd` instead. close(2) is not retried after EINTR: Linux
  // has freed the descriptor by then, and a second close could hit a number that another thread has
  // just been given. See: close(2), NOTES.
  void reset(int fd = -1) noexcept;

 private:
  int fd_ = -1;
};

}  // namespace hpserver
