#include "hpserver/os/thread.h"

#include <pthread.h>

#include <system_error>
#include <utility>

#include "hpserver/os/blocked_signals.h"

namespace hpserver {

Result<std::thread> start_thread(const std::string& name, std::function<void()> body) {
  // A thread inherits the mask of the one that starts it, so there is no moment at which the new
  // one could take a signal.
  const BlockedSignals blocked;
  // The standard library tells a refused thread by an exception; here it becomes a value.
  try {
    return std::thread([name = name.substr(0, kMaxThreadName), body = std::move(body)] {
      ::pthread_setname_np(::pthread_self(), name.c_str());
      body();
    });
  } catch (const std::system_error& error) {
    return Error{error.code().value(), "pthread_create"};
  }
}

}  // namespace hpserver
