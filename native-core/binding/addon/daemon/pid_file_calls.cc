#include "addon/daemon/pid_file_calls.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/daemon/pid_file.h"

namespace hpserver::binding {

namespace {

// Belongs to the process; for the main thread.
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
  // In case the process ends without a return to JavaScript: see EndGuard.
  std::at_quick_exit([] { file().reset(); });
}

// Takes over the file from a predecessor, which has locked it.
void inherit_pid_file(const Napi::CallbackInfo& call) {
  const std::string path = call[0].As<Napi::String>();
  auto inherited = PidFile::inherit(call[1].As<Napi::Number>().Int32Value(), path);
  if (!inherited) {
    return throw_error(call.Env(), inherited.error(), path + ": " + inherited.error().message());
  }
  file().emplace(std::move(*inherited));
  std::at_quick_exit([] { file().reset(); });
}

void write_pid_file(const Napi::CallbackInfo& call) {
  const pid_t id = call[0].As<Napi::Number>().Int32Value();
  const auto written = file() ? file()->write(id) : Result<void>();
  if (!written) throw_error(call.Env(), written.error(), written.error().message());
}

Napi::Value pid_file_fd(const Napi::CallbackInfo& call) {
  return Napi::Number::New(call.Env(), file() ? file()->fd() : -1);
}

void release_pid_file(const Napi::CallbackInfo&) {
  file().reset();
}

}  // namespace

void add_pid_file_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("claimPidFile", Napi::Function::New<claim_pid_file>(env, "claimPidFile"));
  exports.Set("inheritPidFile", Napi::Function::New<inherit_pid_file>(env, "inheritPidFile"));
  exports.Set("writePidFile", Napi::Function::New<write_pid_file>(env, "writePidFile"));
  exports.Set("pidFileFd", Napi::Function::New<pid_file_fd>(env, "pidFileFd"));
  exports.Set("releasePidFile", Napi::Function::New<release_pid_file>(env, "releasePidFile"));
}

}  // namespace hpserver::binding
