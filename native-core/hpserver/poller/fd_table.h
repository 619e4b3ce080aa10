#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <vector>

namespace hpserver {

// A poller's entry for each descriptor, indexed by the descriptor's number: the kernel hands out
// the lowest free number, so the array is dense. One thread at a time.
template <typename Entry>
class FdTable {
 public:
  // Returns the entry of `fd`, valid until the next `insert`; null if there is none.
  [[nodiscard]] Entry* find(int fd) noexcept {
    const auto index = static_cast<std::size_t>(fd);
    if (fd < 0 || index >= entries_.size() || !entries_[index]) return nullptr;
    return &*entries_[index];
  }

  // `fd` must not be negative or have an entry yet.
  Entry& insert(int fd, Entry entry) {
    assert(fd >= 0 && find(fd) == nullptr);
    const auto index = static_cast<std::size_t>(fd);
    if (index >= entries_.size()) entries_.resize(index + 1);
    return entries_[index].emplace(entry);
  }

  // `fd` must have an entry.
  void erase(int fd) noexcept {
    assert(find(fd) != nullptr);
    entries_[static_cast<std::size_t>(fd)].reset();
  }

  // Calls `visit(int fd, Entry&)` for each entry, in the order of descriptor numbers.
  template <typename Visit>
  void for_each(Visit&& visit) {
    for (std::size_t index = 0; index < entries_.size(); ++index) {
      if (entries_[index]) visit(static_cast<int>(index), *entries_[index]);
    }
  }

 private:
  std::vector<std::optional<Entry>> entries_;
};

}  // namespace hpserver
