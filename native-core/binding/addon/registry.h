#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace hpserver::binding {

// Objects that the JavaScript threads of a process share. Threads find one by its number, since
// JavaScript values can't be passed between them. One registry per type and process; any thread.
template <typename Shared>
class Registry {
 public:
  static Registry& instance() {
    static Registry registry;
    return registry;
  }

  // Returns its number, which is never 0 and never reused.
  std::uint32_t add(std::shared_ptr<Shared> shared) {
    const std::lock_guard lock(mutex_);
    shared_.emplace(++last_id_, std::move(shared));
    return last_id_;
  }

  // Null if nothing has this number, or no longer has it.
  [[nodiscard]] std::shared_ptr<Shared> find(std::uint32_t id) {
    const std::lock_guard lock(mutex_);
    const auto found = shared_.find(id);
    return found == shared_.end() ? nullptr : found->second;
  }

  void remove(std::uint32_t id) {
    // Destroyed after the lock is released.
    std::shared_ptr<Shared> last;
    const std::lock_guard lock(mutex_);
    const auto found = shared_.find(id);
    if (found == shared_.end()) return;
    last = std::move(found->second);
    shared_.erase(found);
  }

 private:
  std::mutex mutex_;
  std::map<std::uint32_t, std::shared_ptr<Shared>> shared_;
  std::uint32_t last_id_ = 0;
};

}  // namespace hpserver::binding
