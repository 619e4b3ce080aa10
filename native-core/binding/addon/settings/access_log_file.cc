#include "addon/settings/access_log_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

#include "hpserver/os/thread.h"

namespace hpserver::binding {

namespace {

// How long a line may wait when few come; many are written sooner.
constexpr std::chrono::milliseconds kFlushInterval{250};
constexpr std::size_t kFlushBytes = std::size_t{256} * 1024;
constexpr mode_t kFileMode = 0640;

Result<std::shared_ptr<const Fd>> open_to_append(const std::string& path) {
  Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kFileMode));
  if (!file) return last_error("open");
  return std::make_shared<const Fd>(std::move(file));
}

// A line that cannot be written has nowhere else to go: it is dropped.
void write_out(int fd, std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t written = ::write(fd, lines.data(), lines.size());
    if (written >= 0) {
      lines.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return;
    }
  }
}

struct OpenLogs {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<AccessLogFile>> by_path;
};

OpenLogs& open_logs() {
  static OpenLogs instance;
  return instance;
}

}  // namespace

Result<std::shared_ptr<AccessLogFile>> AccessLogFile::open(const std::string& path) {
  const std::lock_guard lock(open_logs().mutex);
  if (auto present = open_logs().by_path[path].lock()) return present;
  auto file = open_to_append(path);
  if (!file) return file.error();
  auto log = std::make_shared<AccessLogFile>(path);
  log->file_ = std::move(*file);
  auto writer = start_thread("access-log", [&self = *log] { self.run(); });
  if (!writer) return writer.error();
  log->writer_ = std::move(*writer);
  open_logs().by_path[path] = log;
  return log;
}

AccessLogFile::~AccessLogFile() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  woken_.notify_one();
  if (writer_.joinable()) writer_.join();
}

void AccessLogFile::on_exchange(const http::AccessEntry& entry) {
  const std::lock_guard lock(mutex_);
  if (queued_.size() >= kMaxQueuedBytes) {
    ++lost_count_;
    return;
  }
  const bool was_small = queued_.size() < kFlushBytes;
  queued_.append(entry.peer).append(1, ' ').append(entry.method).append(1, ' ');
  queued_.append(entry.target).append(1, ' ').append(std::to_string(entry.status)).append(1, ' ');
  queued_.append(std::to_string(entry.body_bytes)).append(1, ' ');
  queued_.append(std::to_string(entry.duration.count())).append(1, '\n');
  if (was_small && queued_.size() >= kFlushBytes) woken_.notify_one();
}

Result<void> AccessLogFile::reopen() {
  auto file = open_to_append(path_);
  if (!file) return file.error();
  const std::lock_guard lock(mutex_);
  file_ = std::move(*file);
  return {};
}

void AccessLogFile::run() {
  std::unique_lock lock(mutex_);
  std::string lines;
  while (!ending_ || !queued_.empty()) {
    woken_.wait_for(lock, kFlushInterval,
                    [this] { return ending_ || queued_.size() >= kFlushBytes; });
    lines.clear();
    lines.swap(queued_);
    if (lost_count_ > 0) {
      lines.append("- ").append(std::to_string(lost_count_)).append(" lines lost\n");
      lost_count_ = 0;
    }
    if (lines.empty()) continue;
    // Shared, so that `reopen` may replace the file meanwhile.
    const auto file = file_;
    lock.unlock();
    write_out(file->get(), lines);
    lock.lock();
  }
}

}  // namespace hpserver::binding
