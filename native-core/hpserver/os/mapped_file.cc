#include "hpserver/os/mapped_file.h"

#include <sys/mman.h>
#include <unistd.h>

namespace hpserver {
namespace {

int to_native(AccessPattern pattern) noexcept {
  switch (pattern) {
    case AccessPattern::sequential:
      return MADV_SEQUENTIAL;
    case AccessPattern::random:
      return MADV_RANDOM;
    case AccessPattern::soon:
      return MADV_WILLNEED;
    case AccessPattern::normal:
      break;
  }
  return MADV_NORMAL;
}

}  // namespace

MappedFile::~MappedFile() {
  if (base_ != nullptr) ::munmap(base_, mapped_bytes_);
}

// mmap needs an offset at a page boundary.
Result<MappedFile> MappedFile::create(int fd, std::size_t length_bytes, off_t offset) {
  if (offset < 0) return Error{EINVAL, "mmap"};
  if (length_bytes == 0) return MappedFile{};
  const auto before =
      static_cast<std::size_t>(offset) % static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::size_t mapped_bytes = 0;
  if (__builtin_add_overflow(before, length_bytes, &mapped_bytes)) {
    return Error{EOVERFLOW, "mmap"};
  }
  void* const base =
      ::mmap(nullptr, mapped_bytes, PROT_READ, MAP_SHARED, fd, offset - static_cast<off_t>(before));
  if (base == MAP_FAILED) return last_error("mmap");
  return MappedFile{base, mapped_bytes, {static_cast<const char*>(base) + before, length_bytes}};
}

Result<void> MappedFile::advise(AccessPattern pattern) const {
  if (base_ == nullptr) return {};
  if (::madvise(base_, mapped_bytes_, to_native(pattern)) == -1) return last_error("madvise");
  return {};
}

}  // namespace hpserver
