#include "addon/daemon/pid_file_calls.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/daemon/pid_file.h"

namespace hpserver::binding {

namespace {

// The process's own; the main thread's.
std::optional<PidFile>& file() {
  static std::optional<PidFile> file;
  return file;
}

void claim_pid_file(const Napi::CallbackInfo& call) {
  const std::string path = call[0].As<Napi::String>();
  auto claimed = PidFile::create(path);
  if (!claimed) {
    return throw_error(call.Env(), claimed.error(), explain_pid_file_error(claimed.error(), path));
  }
  file().emplace(std::move(*claimed));
  // Where JavaScript does not come back: see EndGuard.
  std::at_quick_exit([] { file().reset(); });
}

void release_pid_file(const Napi::CallbackInfo&) {
  file().reset();
}

}  // namespace

void add_pid_file_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("claimPidFile", Napi::Function::New<claim_pid_file>(env, "claimPidFile"));
  exports.Set("releasePidFile", Napi::Function::New<release_pid_file>(env, "releasePidFile"));
}

}  // namespace hpserver::binding
