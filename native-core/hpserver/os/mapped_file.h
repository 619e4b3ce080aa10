#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "hpserver/base/result.h"

namespace hpserver {

// How the pages of a mapping will be used; a hint for the kernel's read-ahead. See: madvise(2).
enum class AccessPattern : std::uint8_t { normal, sequential, random, soon };

// A file, or a part of it, as memory: for those who send parts of many files by one writev(2), or
// read a file in place. For one whole file, sendfile(2) is simpler and can't be caught by a file
// that shrinks.
//
// A file can be truncated while it is mapped. The kernel that meets the hole answers EFAULT (or
// sends less), and the process lives; code of ours that reads there gets SIGBUS and ends. So what
// isn't ours alone is handed to writev(2), and looked at by nobody.
// Movable; unmapped at its end; any thread may read.
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

  // Maps `length_bytes` from `offset` on, read-only; the mapping outlives the descriptor. Nothing,
  // which mmap(2) refuses, is an empty view without a mapping. May block later, at the first touch
  // of each page. Errors: EACCES (not open for reading), ENODEV (no file), ENOMEM, EINVAL (a
  // negative offset), EOVERFLOW.
  static Result<MappedFile> create(int fd, std::size_t length_bytes, off_t offset = 0);

  // Tells the kernel what is to come. Errors: EIO, ENOMEM.
  Result<void> advise(AccessPattern pattern) const;

  [[nodiscard]] std::string_view view() const noexcept { return view_; }

 private:
  MappedFile(void* base, std::size_t mapped_bytes, std::string_view view)
      : base_(base), mapped_bytes_(mapped_bytes), view_(view) {}

  void* base_ = nullptr;  // at a page's begin, so perhaps before the view
  std::size_t mapped_bytes_ = 0;
  std::string_view view_;
};

}  // namespace hpserver
