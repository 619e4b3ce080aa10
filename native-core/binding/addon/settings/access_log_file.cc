#include "addon/settings/access_log_file.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <string_view>
#include <utility>

#include "addon/notice/notice_board.h"
#include "hpserver/log/lost_lines.h"
#include "hpserver/os/thread.h"

namespace hpserver::binding {

namespace {

// How long a line may wait if there are few; many are written sooner.
constexpr std::chrono::milliseconds kFlushInterval{250};
constexpr std::size_t kFlushBytes = std::size_t{256} * 1024;
constexpr mode_t kFileMode = 0640;
// A pipe that takes nothing for this long counts as having no reader.
constexpr int kPipeWaitMs = 1000;
// How often lost lines are reported in the server's own log.
constexpr std::chrono::seconds kTellInterval{10};
// Limits of a field. In a file: no head is larger. In a datagram: it fits with four others.
constexpr std::size_t kFileFieldBytes = std::size_t{64} * 1024;
constexpr std::size_t kDatagramFieldBytes = 1024;

Result<std::shared_ptr<const Fd>> open_to_append(const std::string& path) {
  // A FIFO without a reader is an error; one with a slow reader is handled elsewhere.
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Fd file(::open(path.c_str(), kFlags, kFileMode));
  if (!file) return last_error("open");
  return std::make_shared<const Fd>(std::move(file));
}

// Returns what could not be written, and why. It is then dropped, since it has nowhere else to go.
std::string_view write_out(int fd, std::string_view lines, int& failure) {
  while (!lines.empty()) {
    const ssize_t written = ::write(fd, lines.data(), lines.size());
    if (written >= 0) {
      lines.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    failure = errno;
    pollfd writable{fd, POLLOUT, 0};
    if (failure != EAGAIN || ::poll(&writable, 1, kPipeWaitMs) <= 0) break;
  }
  return lines;
}

std::uint64_t count_lines(std::string_view text) {
  return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

void append_short(std::string& lines, const http::AccessEntry& entry, std::size_t) {
  lines.append(entry.peer).append(1, ' ').append(entry.method).append(1, ' ');
  lines.append(entry.target).append(1, ' ').append(std::to_string(entry.status)).append(1, ' ');
  lines.append(std::to_string(entry.body_bytes)).append(1, ' ');
  lines.append(std::to_string(entry.duration.count())).append(1, '\n');
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
  auto log = std::make_shared<AccessLogFile>(path);
  if (ways().writer_of != nullptr) log->write_ = ways().writer_of(path);
  if (auto opened = log->reopen(); !opened) return opened.error();
  auto writer = start_thread("access-log", [&self = *log] { self.run(); });
  if (!writer) return writer.error();
  log->writer_ = std::move(*writer);
  open_logs().by_path[path] = log;
  return log;
}

AccessLogWays& AccessLogFile::ways() {
  static AccessLogWays instance{.append = append_short};
  return instance;
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
    note_lost_lines(1);
    return;
  }
  const bool was_small = queued_.size() < kFlushBytes;
  ways().append(queued_, entry, write_ ? kDatagramFieldBytes : kFileFieldBytes);
  if (was_small && queued_.size() >= kFlushBytes) woken_.notify_one();
}

Result<void> AccessLogFile::reopen() {
  if (write_) return {};
  auto file = open_to_append(path_);
  if (!file) return file.error();
  const std::lock_guard lock(mutex_);
  file_ = std::move(*file);
  return {};
}

void AccessLogFile::run() {
  std::unique_lock lock(mutex_);
  std::string lines;
  bool torn = false;  // the last write ended within a line
  while (!ending_ || !queued_.empty()) {
    woken_.wait_for(lock, kFlushInterval,
                    [this] { return ending_ || queued_.size() >= kFlushBytes; });
    lines.clear();
    lines.swap(queued_);
    const std::uint64_t lost_count = std::exchange(lost_count_, 0);
    if (lost_count > 0 && !ways().tells_inside) {
      tell_loss(lost_count, ENOBUFS);
    } else if (lost_count > 0) {
      lines.insert(0, (torn ? "\n- " : "- ") + std::to_string(lost_count) + " lines lost\n");
    }
    if (lines.empty()) continue;
    if (write_) {
      lock.unlock();
      write_(lines);
      lock.lock();
      continue;
    }
    // Shared, so `reopen` may replace the file meanwhile.
    const auto file = file_;
    lock.unlock();
    int failure = 0;
    const std::string_view left = write_out(file->get(), lines, failure);
    lock.lock();
    torn = !left.empty() && left.size() < lines.size() &&
           lines[lines.size() - left.size() - 1] != '\n';
    if (left.empty()) continue;
    // The notice itself isn't a lost line, and is due again if it could not be written.
    const bool is_inside = ways().tells_inside;
    const bool told = lost_count == 0 || !is_inside || left.size() < lines.size();
    const std::uint64_t newly_lost = count_lines(left) - (told ? 0 : 1);
    if (is_inside) lost_count_ += newly_lost + (told ? 0 : lost_count);
    note_lost_lines(newly_lost);
    tell_loss(newly_lost, failure);
  }
}

void AccessLogFile::tell_loss(std::uint64_t lost_count, int failure) {
  untold_count_ += lost_count;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_telling_ || untold_count_ == 0) return;
  next_telling_ = now + kTellInterval;
  NoticeBoard::put(path_ + ": " + std::to_string(std::exchange(untold_count_, 0)) +
                   " lines of the access log lost: " + ::strerrordesc_np(failure));
}

}  // namespace hpserver::binding
