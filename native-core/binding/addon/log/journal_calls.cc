#include "addon/log/journal_calls.h"

#include <memory>

#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/log/log_servers.h"
#include "hpserver/log/journal.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

namespace {

void open_journal(const Napi::CallbackInfo& call) {
  const auto options = call[0].As<Napi::Object>();
  const auto address = Address::parse(text_of(options, "address"));
  if (!address) return throw_error(call.Env(), address.error(), address.error().message());
  LogServers::open("journald", *address, std::make_unique<Journal>(log_source_of(options)));
}

}  // namespace

void add_journal(Napi::Env env, Napi::Object exports) {
  exports.Set("openJournal", Napi::Function::New<open_journal>(env, "openJournal"));
}

}  // namespace hpserver::binding
