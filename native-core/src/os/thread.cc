#include "hpserver/os/thread.h"

#include <pthread.h>
#include <signal.h>

#include <system_error>
#include <utility>

namespace hpserver {

namespace {

// The kernel's own limit, see pthread_setname_np(3).
constexpr std::size_t kMaxThreadName = 15;

// A thread inherits the mask of the one that starts it, so there is no moment at which the new one
// could take a signal.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

Result<std::thread> start_thread(const std::string& name, std::function<void()> body) {
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
