#include "hpserver/os/thread.h"

#include <pthread.h>

#include <system_error>
#include <utility>

#include "hpserver/os/blocked_signals.h"

namespace hpserver {

Result<std::thread> start_thread(const std::string& name, std::function<void()> body) {
  // A new thread inherits the signal mask of its creator, so it never runs with signals unblocked.
  const BlockedSignals blocked;
  // The standard library throws if a thread can't be started; we return an error.
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
