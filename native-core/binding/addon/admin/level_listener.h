#pragma once

#include <napi.h>

#include <mutex>
#include <optional>
#include <string>

namespace hpserver::binding {

// The JavaScript function that is told the new log level. One per process: the main thread's, until
// its environment ends.
class LevelListener {
 public:
  static LevelListener& instance();

  // The main thread, once.
  void listen(Napi::Env env, const Napi::Function& on_level);
  // Any thread: has the main thread call the function when it can. Never blocks; does nothing
  // without a listener.
  void tell(const std::string& level);

 private:
  void close();

  std::mutex mutex_;
  std::optional<Napi::ThreadSafeFunction> function_;
};

}  // namespace hpserver::binding
