#pragma once

#include <cerrno>
#include <string>

namespace hpserver {

// A failed system call: its errno and its name. A plain value, cheap to copy.
struct Error {
  int code = 0;
  // A string literal: the call's name as in its man page ("accept4").
  const char* operation = "";

  // "bind: Address already in use (EADDRINUSE)". Allocates; not for hot paths.
  [[nodiscard]] std::string message() const;
};

// The error of the system call that has just failed on this thread.
[[nodiscard]] inline Error last_error(const char* operation) noexcept {
  return Error{errno, operation};
}

// True if a non-blocking call found nothing to do. See: errno(3), EWOULDBLOCK.
[[nodiscard]] constexpr bool would_block(const Error& error) noexcept {
  return error.code == EAGAIN || error.code == EWOULDBLOCK;
}

}  // namespace hpserver
