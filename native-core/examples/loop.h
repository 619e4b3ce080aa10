#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "hpserver/event/reactor.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"

// What all examples share.
namespace example {

// Returns the value, or ends the program with the error's message.
template <typename T>
T must(hpserver::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

inline void must(const hpserver::Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().message().c_str());
  std::exit(1);
}

inline std::unique_ptr<hpserver::Reactor> make_loop() {
  must(hpserver::ignore_sigpipe());
  return must(hpserver::Reactor::create(must(hpserver::make_poller<hpserver::EpollPoller>())));
}

}  // namespace example
