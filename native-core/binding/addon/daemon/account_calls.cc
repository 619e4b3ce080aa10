#include "addon/daemon/account_calls.h"

#include <sys/prctl.h>

#include <optional>
#include <string>
#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/daemon/account.h"

namespace hpserver::binding {

namespace {

// Belongs to the process; for the main thread.
std::optional<Account>& account() {
  static std::optional<Account> account;
  return account;
}

Result<Account> account_in(const Napi::CallbackInfo& call) {
  const std::string user = call[0].As<Napi::String>();
  const std::string group = call[1].As<Napi::String>();
  return find_account(user, group);
}

Napi::Value has_account(const Napi::CallbackInfo& call) {
  return Napi::Boolean::New(call.Env(), static_cast<bool>(account_in(call)));
}

Napi::Value may_be(const Napi::CallbackInfo& call) {
  const auto account = account_in(call);
  return Napi::Boolean::New(call.Env(), account && may_become(*account));
}

Napi::Value warning(const Napi::CallbackInfo& call) {
  const auto text = set_id_warning();
  return text ? Napi::String::New(call.Env(), *text) : call.Env().Null();
}

// Sets the later account: `{ user, group }`. Also sets no_new_privs, which belongs to a thread: the
// addon starts threads before it drops privileges, and those started from now on inherit it, as do
// processes.
Napi::Value look_up(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  auto found = account_in(call);
  if (found && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) found = last_error("prctl");
  if (!found) {
    throw_error(env, found.error(), found.error().message());
    return env.Undefined();
  }
  account() = std::move(*found);
  auto result = Napi::Object::New(env);
  result.Set("user", account()->user);
  result.Set("group", account()->group);
  return result;
}

void drop_rights(const Napi::CallbackInfo& call) {
  if (!account()) return;
  const auto dropped = drop_privileges(*account());
  if (!dropped) throw_error(call.Env(), dropped.error(), dropped.error().message());
}

}  // namespace

void add_account_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("hasAccount", Napi::Function::New<has_account>(env, "hasAccount"));
  exports.Set("mayBecome", Napi::Function::New<may_be>(env, "mayBecome"));
  exports.Set("setIdWarning", Napi::Function::New<warning>(env, "setIdWarning"));
  exports.Set("lookUpAccount", Napi::Function::New<look_up>(env, "lookUpAccount"));
  exports.Set("dropRights", Napi::Function::New<drop_rights>(env, "dropRights"));
}

}  // namespace hpserver::binding
