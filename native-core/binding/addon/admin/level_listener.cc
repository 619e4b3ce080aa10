#include "addon/admin/level_listener.h"

#include <memory>

namespace hpserver::binding {

LevelListener& LevelListener::instance() {
  static auto* const instance = new LevelListener;
  return *instance;
}

void LevelListener::listen(Napi::Env env, const Napi::Function& on_level) {
  const std::lock_guard lock(mutex_);
  function_ = Napi::ThreadSafeFunction::New(env, on_level, "log level", 0, 1);
  // The function must not keep the process alive.
  function_->Unref(env);
  env.AddCleanupHook([this] { close(); });
}

void LevelListener::tell(const std::string& level) {
  const std::lock_guard lock(mutex_);
  if (!function_) return;
  auto word = std::make_unique<std::string>(level);
  const auto call = [](Napi::Env env, Napi::Function on_level, std::string* told) {
    const std::unique_ptr<std::string> owned(told);
    if (env != nullptr) on_level.Call({Napi::String::New(env, *owned)});
  };
  if (function_->NonBlockingCall(word.get(), call) == napi_ok) static_cast<void>(word.release());
}

void LevelListener::close() {
  const std::lock_guard lock(mutex_);
  if (!function_) return;
  function_->Release();
  function_.reset();
}

}  // namespace hpserver::binding
