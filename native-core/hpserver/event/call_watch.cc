#include "hpserver/event/call_watch.h"

#include <algorithm>

#include "hpserver/event/foreign_call.h"
#include "hpserver/os/thread.h"

namespace hpserver {

namespace {

using std::chrono::milliseconds;

constexpr int kLooksPerLimit = 4;
constexpr milliseconds kShortest{1};
constexpr milliseconds kLongestWhileChanging{1000};

}  // namespace

CallWatch::~CallWatch() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void CallWatch::join(const CallMark& mark, const Tell& tell) {
  // Only a constant limit may be read here: the watch's thread changes any other.
  if (!tell || (!changing_ && limit_.count() == 0)) return;
  const std::lock_guard lock(mutex_);
  watched_.push_back({.mark = &mark, .since = Clock::now()});
  if (thread_.joinable()) return;
  tell_ = tell;
  auto started = start_thread("call-watch", [this] { run(); });
  if (started) thread_ = std::move(*started);
}

void CallWatch::leave(const CallMark& mark) {
  const std::lock_guard lock(mutex_);
  std::erase_if(watched_, [&mark](const Watched& watched) { return watched.mark == &mark; });
}

milliseconds CallWatch::until_next_look() const {
  const milliseconds part = std::max(limit_ / kLooksPerLimit, kShortest);
  if (!changing_) return part;
  return limit_.count() == 0 ? kLongestWhileChanging : std::min(part, kLongestWhileChanging);
}

void CallWatch::run() {
  std::unique_lock lock(mutex_);
  std::vector<std::string> lines;
  while (!ending_) {
    changed_.wait_for(lock, until_next_look());
    if (changing_) limit_ = changing_();
    const auto now = Clock::now();
    for (Watched& watched : watched_) look(watched, now, lines);
    if (lines.empty()) continue;
    // Without the lock, so a slow log doesn't delay threads that join or leave.
    lock.unlock();
    for (const std::string& line : lines) {
      static_cast<void>(call_foreign([&] { tell_(line); }, [](const char*) {}));
    }
    lines.clear();
    lock.lock();
  }
}

void CallWatch::look(Watched& watched, Clock::time_point now,
                     std::vector<std::string>& lines) const {
  const char* const name = watched.mark->name_.load(std::memory_order_acquire);
  const std::uint64_t count = watched.mark->count_.load(std::memory_order_relaxed);
  if (name == nullptr || count != watched.count) {
    watched = {.mark = watched.mark, .count = count, .since = now};
    return;
  }
  if (watched.told || limit_.count() == 0 || now - watched.since < limit_) return;
  watched.told = true;
  const auto kept = std::chrono::duration_cast<milliseconds>(now - watched.since);
  lines.push_back("the handler of " + std::string(name) + " has blocked its thread for " +
                  std::to_string(kept.count()) + " ms: that thread's other clients are waiting");
}

WatchedMark::WatchedMark(CallMark& mark, std::shared_ptr<CallWatch> watch,
                         const CallWatch::Tell& tell)
    : mark_(mark), watch_(std::move(watch)) {
  if (watch_ != nullptr) watch_->join(mark_, tell);
}

WatchedMark::~WatchedMark() {
  if (watch_ != nullptr) watch_->leave(mark_);
}

}  // namespace hpserver
