#pragma once

#include <napi.h>

namespace hpserver::binding {

// openJournal({address, program, facility})
void add_journal(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
