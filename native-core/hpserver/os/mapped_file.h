#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "hpserver/base/result.h"

namespace hpserver {

// How the pages of a mapping will be used: a hint for the kernel's read-ahead. See: madvise(2).
enum class AccessPattern : std::uint8_t { normal, sequential, random, soon };

// A file, or a part of it, mapped into memory: for sending parts of many files by one writev(2), or
// for reading a file in place. To send one whole file, sendfile(2) is simpler, and safe even if
// the file shrinks.
//
// A file can be truncated while it is mapped. If the kernel hits the hole, it returns EFAULT (or
// sends less) and the process lives on; if our own code reads there, SIGBUS kills the process. So a
// file that others may write is only passed to writev(2), and never read here.
// Movable; unmapped by the destructor; any thread may read.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept
      : base_(std::exchange(other.base_, nullptr)),
        mapped_bytes_(std::exchange(other.mapped_bytes_, 0)),
        view_(std::exchange(other.view_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(base_, other.base_);
    std::swap(mapped_bytes_, other.mapped_bytes_);
    std::swap(view_, other.view_);
    return *this;
  }
  ~MappedFile();

  // Maps `length_bytes` from `offset` on, read-only; the mapping outlives the descriptor. A length
  // of 0, which mmap(2) refuses, gives an empty view without a mapping. Doesn't read the file yet:
  // the first access to a page may block. Errors: EACCES (not open for reading), ENODEV (not a
  // file), ENOMEM, EINVAL (a negative offset), EOVERFLOW.
  static Result<MappedFile> create(int fd, std::size_t length_bytes, off_t offset = 0);

  // Tells the kernel which access to expect. Errors: EIO, ENOMEM.
  Result<void> advise(AccessPattern pattern) const;

  [[nodiscard]] std::string_view view() const noexcept { return view_; }

 private:
  MappedFile(void* base, std::size_t mapped_bytes, std::string_view view)
      : base_(base), mapped_bytes_(mapped_bytes), view_(view) {}

  void* base_ = nullptr;  // at a page boundary, so perhaps before the view
  std::size_t mapped_bytes_ = 0;
  std::string_view view_;
};

}  // namespace hpserver
