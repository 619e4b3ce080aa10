#include "addon/daemon/activation.h"

#include "addon/js/js_error.h"
#include "hpserver/daemon/inherited_sockets.h"

namespace hpserver::binding {

void add_activation(Napi::Env env, Napi::Object) {
  // The main thread loads the addon first; what it has taken, no worker can take.
  static const Result<void> taken = take_inherited_listeners();
  if (!taken) {
    throw_error(env, taken.error(),
                "cannot use the sockets from systemd: " + taken.error().message());
  }
}

}  // namespace hpserver::binding
