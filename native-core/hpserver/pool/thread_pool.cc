#include "hpserver/pool/thread_pool.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "hpserver/os/thread.h"

namespace hpserver {
namespace {

std::string thread_name(const std::string& name, std::size_t number) {
  const std::string suffix = '-' + std::to_string(number);
  return name.substr(0, kMaxThreadName - suffix.size()) + suffix;
}

// After the system has refused a thread, wait this long before asking again.
constexpr std::chrono::milliseconds kRefusedPause{100};

thread_local std::size_t present_number = 0;

}  // namespace

std::size_t ThreadPool::thread_number() noexcept {
  return present_number;
}

ThreadPool::ThreadPool(ThreadPoolOptions options)
    : options_(std::move(options)), numbers_(options_.max_threads) {
  assert(options_.initial_threads <= options_.max_threads && options_.max_threads > 0);
}

Result<void> ThreadPool::start() {
  const std::lock_guard lock{mutex_};
  while (threads_.size() < options_.initial_threads) {
    const auto started = start_one();
    if (!started) return started;
  }
  return {};
}

ThreadPool::~ThreadPool() {
  close();
  // No more tasks can be submitted, so no other thread uses the list.
  for (std::thread& thread : threads_) thread.join();
}

bool ThreadPool::try_submit(Task task) {
  {
    const std::lock_guard lock{mutex_};
    if (closed_ || tasks_.size() >= options_.max_queued_tasks) {
      ++statistics_.refused_count;
      return false;
    }
    tasks_.push_back(std::move(task));
    join_ended();
    if (tasks_.size() > idle_count_ && threads_.size() < options_.max_threads) grow();
    if (threads_.empty()) {
      tasks_.pop_back();
      ++statistics_.refused_count;
      return false;
    }
  }
  not_empty_.notify_one();
  return true;
}

void ThreadPool::close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  not_empty_.notify_all();
}

ThreadPoolStatistics ThreadPool::statistics() const {
  const std::lock_guard lock{mutex_};
  ThreadPoolStatistics now = statistics_;
  now.thread_count = threads_.size() - ended_.size();
  now.idle_count = idle_count_;
  now.queued_count = tasks_.size();
  return now;
}

// If the system has no more threads, the existing ones take turns.
void ThreadPool::grow() {
  const auto now = std::chrono::steady_clock::now();
  if (now < may_grow_at_) return;
  if (start_one()) return;
  ++statistics_.refused_thread_count;
  may_grow_at_ = now + kRefusedPause;
}

Result<void> ThreadPool::start_one() {
  const std::size_t number = free_number();
  auto thread = start_thread(thread_name(options_.name, ++started_count_), [this, number] {
    present_number = number;
    run();
  });
  if (!thread) return thread.error();
  numbers_[number] = true;
  threads_.push_back(std::move(*thread));
  // A new thread counts as free from the start, so a burst of tasks doesn't start one thread per
  // task before the first thread has even begun.
  ++idle_count_;
  statistics_.peak_thread_count = std::max(statistics_.peak_thread_count, threads_.size());
  return {};
}

std::size_t ThreadPool::free_number() const {
  const auto free = std::find(numbers_.begin(), numbers_.end(), false);
  return static_cast<std::size_t>(free - numbers_.begin());
}

void ThreadPool::run() {
  while (Task task = next_task()) {
    task();
    task = nullptr;  // Destroys what it has captured before the thread counts as free.
    const std::lock_guard lock{mutex_};
    ++idle_count_;
  }
}

// Returns nothing if the thread should exit: the pool is closed and empty, or the thread was idle
// too long.
ThreadPool::Task ThreadPool::next_task() {
  std::unique_lock lock{mutex_};
  while (tasks_.empty() && !closed_) {
    if (!has_surplus_thread()) {
      not_empty_.wait(lock);
      continue;
    }
    const auto woken = not_empty_.wait_for(lock, options_.idle_timeout);
    if (woken == std::cv_status::timeout && tasks_.empty() && has_surplus_thread()) {
      ended_.push_back(std::this_thread::get_id());
      numbers_[present_number] = false;
      break;
    }
  }
  --idle_count_;
  if (tasks_.empty()) return nullptr;
  Task task = std::move(tasks_.front());
  tasks_.pop_front();
  return task;
}

bool ThreadPool::has_surplus_thread() const noexcept {
  return threads_.size() - ended_.size() > options_.initial_threads;
}

// The threads in `ended_` have released the lock for the last time, so joining waits only for their
// exit.
void ThreadPool::join_ended() {
  for (const std::thread::id id : std::exchange(ended_, {})) {
    const auto thread = std::find_if(threads_.begin(), threads_.end(),
                                     [id](const std::thread& one) { return one.get_id() == id; });
    thread->join();
    threads_.erase(thread);
  }
}

}  // namespace hpserver
