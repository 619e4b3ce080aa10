#include "hpserver/storage/file_cache.h"

#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <ctime>
#include <utility>

#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

// Two writes within one tick of the file system's clock leave the same modification time, so a file
// read this soon after a change is read again. See: "racy git" in git's documentation.
constexpr std::int64_t kRacyNanoseconds = 100'000'000;

bool is_racy(const timespec& modified) noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const std::int64_t age = (now.tv_sec - modified.tv_sec) * std::int64_t{1'000'000'000} +
                           (now.tv_nsec - modified.tv_nsec);
  return age < kRacyNanoseconds;
}

// Reads the whole file; false if it isn't `size_bytes` long any more.
bool read_all(int fd, std::string& content, std::size_t size_bytes) {
  content.resize(size_bytes);
  std::size_t done = 0;
  while (done < size_bytes) {
    const auto got = retry_on_eintr([&] {
      return ::pread(fd, content.data() + done, size_bytes - done, static_cast<off_t>(done));
    });
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<FileCache>> FileCache::create(const std::string& root,
                                                     FileCacheLimits limits) {
  auto root_fd = open_directory(root.c_str());
  if (!root_fd) return root_fd.error();
  const auto status = file_status(root_fd->get());
  if (!status) return status.error();
  return std::unique_ptr<FileCache>(new FileCache(root, std::move(*root_fd), *status, limits));
}

Result<const StoredFile*> FileCache::find(std::string_view path, Deadline now) {
  if (now >= root_valid_until_) {
    follow_root();
    root_valid_until_ = now + limits_.validity;
  }
  const auto known = by_path_.find(path);
  const Entries::iterator entry = known == by_path_.end() ? insert(path) : known->second;
  if (now >= entry->valid_until) {
    refresh(*entry);
    entry->valid_until = now + limits_.validity;
  }
  move_to_front(entry);
  enforce_limits();
  if (entry->error.code != 0) return entry->error;
  return &entry->stored;
}

// A deployment may replace the root by another directory, or by a symbolic link to one. While
// nothing there can be opened, the old directory stays in use.
void FileCache::follow_root() {
  auto fd = open_directory(root_path_.c_str());
  if (!fd) return;
  const auto status = file_status(fd->get());
  if (!status) return;
  if (status->device == root_status_.device && status->inode == root_status_.inode) return;
  root_ = std::move(*fd);
  root_status_ = *status;
  while (!missing_.empty()) drop_last(missing_);
  while (!present_.empty()) drop_last(present_);
}

FileCache::Entries::iterator FileCache::insert(std::string_view path) {
  Entry& entry = missing_.emplace_front();
  entry.path = path;
  entry.error.code = ENOENT;
  entry.valid_until = Deadline::min();
  by_path_.emplace(entry.path, missing_.begin());
  return missing_.begin();
}

// Checks the disk, and keeps what is still valid.
void FileCache::refresh(Entry& entry) {
  auto fd = open_beneath(root_.get(), entry.path.empty() ? "." : entry.path.c_str());
  if (!fd) {
    // ENXIO: a socket. It is refused like anything else that isn't a file but can be opened.
    forget(entry, fd.error().code == ENXIO ? Error{EACCES, "open"} : fd.error());
    return;
  }
  const auto status = file_status(fd->get());
  if (!status) {
    forget(entry, status.error());
  } else if (status->kind == FileStatus::Kind::other) {
    forget(entry, {EACCES, "open"});
  } else if (entry.error.code != 0 || entry.racy || *status != entry.status) {
    load(entry, std::move(*fd), *status);
  }
}

void FileCache::forget(Entry& entry, Error error) {
  memory_bytes_ -= entry.stored.content.size();
  entry.stored = {};
  entry.error = error;
}

void FileCache::load(Entry& entry, Fd fd, const FileStatus& status) {
  forget(entry, {});
  entry.status = status;
  entry.racy = is_racy(status.modified);
  StoredFile& stored = entry.stored;
  stored.modified = status.modified;
  if (status.kind == FileStatus::Kind::directory) {
    stored.kind = StoredFile::Kind::directory;
    return;
  }
  stored.size_bytes = static_cast<std::uint64_t>(status.size_bytes);
  if (stored.size_bytes <= limits_.max_content_bytes) {
    stored.in_memory = read_all(fd.get(), stored.content, stored.size_bytes);
    if (!stored.in_memory) stored.content = {};
    memory_bytes_ += stored.content.size();
  }
  stored.file = std::make_shared<const SharedFile>(SharedFile{std::move(fd)});
}

// Moves an entry to the front of its list: one for files that exist, one for those that don't.
void FileCache::move_to_front(Entries::iterator entry) {
  Entries& from = entry->in_present ? present_ : missing_;
  entry->in_present = entry->error.code == 0;
  Entries& to = entry->in_present ? present_ : missing_;
  to.splice(to.begin(), from, entry);
}

void FileCache::enforce_limits() {
  while (missing_.size() > limits_.max_missing) drop_last(missing_);
  while (present_.size() > limits_.max_entries ||
         (memory_bytes_ > limits_.max_memory_bytes && present_.size() > 1)) {
    drop_last(present_);
  }
}

void FileCache::drop_last(Entries& entries) {
  Entry& entry = entries.back();
  memory_bytes_ -= entry.stored.content.size();
  by_path_.erase(entry.path);
  entries.pop_back();
}

}  // namespace hpserver
