#include "addon/limits/address_limit_option.h"

#include <memory>
#include <mutex>

#include "addon/environment.h"
#include "addon/js/js_value.h"
#include "hpserver/connection/peer/address_limit.h"

namespace hpserver::binding {

namespace {

// Never destroyed: connections give back their places while the process exits.
std::shared_ptr<AddressLimit> limit_of_process(std::size_t max_per_address) {
  static std::mutex mutex;
  static auto* const slot = new std::shared_ptr<AddressLimit>;
  const std::lock_guard lock(mutex);
  if (*slot == nullptr) *slot = std::make_shared<AddressLimit>(max_per_address);
  return *slot;
}

void read_limit(const Napi::Object& options, ServerOptions& result) {
  result.limits.peer_limit = limit_of_process(number_of(options, "maxConnectionsPerAddress"));
}

}  // namespace

void add_address_limit(Napi::Env env, Napi::Object) {
  env.GetInstanceData<Environment>()->option_readers.push_back(read_limit);
}

}  // namespace hpserver::binding
