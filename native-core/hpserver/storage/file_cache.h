#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hpserver/os/fd.h"
#include "hpserver/os/file.h"
#include "hpserver/storage/storage.h"

namespace hpserver {

struct FileCacheLimits {
  // Files and directories; the least recently used one is dropped first. Each file holds a
  // descriptor.
  std::size_t max_entries = 512;
  // The same for names that were not found.
  std::size_t max_missing = 512;
  // For file contents in memory, each up to `max_content_bytes`.
  std::size_t max_memory_bytes = std::size_t{4} * 1024 * 1024;
  std::size_t max_content_bytes = std::size_t{16} * 1024;
  // How old an entry may be before the disk is checked again.
  std::chrono::milliseconds validity{1'000};
};

// The files below one directory, open and ready to send: a hit costs no system call. A replaced
// file, or a different directory at the root's path, is noticed within `validity`. Nothing outside
// the directory is reachable. See: open_beneath.
class FileCache final : public Storage {
 public:
  // Errors: those of open_directory.
  static Result<std::unique_ptr<FileCache>> create(const std::string& root,
                                                   FileCacheLimits limits = {});

  Result<const StoredFile*> find(std::string_view path, Deadline now) override;

  // How many names are cached, including those that were not found.
  [[nodiscard]] std::size_t size() const noexcept { return by_path_.size(); }
  [[nodiscard]] std::size_t memory_bytes() const noexcept { return memory_bytes_; }

 private:
  struct Entry {
    std::string path;
    Error error;  // code 0: `stored` is valid
    StoredFile stored;
    FileStatus status;
    Deadline valid_until;
    bool racy = false;        // changed just before it was read
    bool in_present = false;  // which list it is in
  };
  using Entries = std::list<Entry>;

  FileCache(std::string root_path, Fd root, const FileStatus& root_status, FileCacheLimits limits)
      : root_path_(std::move(root_path)),
        root_(std::move(root)),
        root_status_(root_status),
        limits_(limits) {}

  void follow_root();
  Entries::iterator insert(std::string_view path);
  void refresh(Entry& entry);
  void forget(Entry& entry, Error error);
  void load(Entry& entry, Fd fd, const FileStatus& status);
  void move_to_front(Entries::iterator entry);
  void enforce_limits();
  void drop_last(Entries& entries);

  const std::string root_path_;
  Fd root_;
  FileStatus root_status_;
  Deadline root_valid_until_ = Deadline::min();
  FileCacheLimits limits_;
  Entries present_;
  Entries missing_;
  std::unordered_map<std::string_view, Entries::iterator> by_path_;  // keys: Entry::path
  std::size_t memory_bytes_ = 0;
};

}  // namespace hpserver
