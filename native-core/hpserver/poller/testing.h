#pragma once

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <type_traits>

#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/poll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/poller/sigio_poller.h"
#if __has_include(<liburing.h>)
#include "hpserver/poller/uring_poller.h"
#endif
#include "test/testing.h"

// Shared by the test suites for every poller.
namespace hpserver::testing {

constexpr Token kToken{7, 3};
constexpr Interest kRead{.readable = true};
constexpr Interest kWrite{.writable = true};

template <typename ConcretePoller>
class PollerSuite : public ::testing::Test {
 protected:
  // select knows only readable and writable.
  static constexpr bool kTellsTheEndApart = !std::is_same_v<ConcretePoller, SelectPoller>;

  void add(int fd, Interest interest, Trigger trigger = Trigger::level) {
    must(poller_.add(fd, kToken, interest, trigger));
  }

  // Checks without waiting; returns nothing if there is no event.
  std::optional<Ready> look() { return report(std::chrono::milliseconds{0}); }

  // Returns the next event; fails the test if none comes. A wait may return early with nothing,
  // since the kernel's own signals (for the last work of a closed ring) interrupt it too.
  Ready await() {
    std::optional<Ready> ready;
    step_until([&] { return ready.has_value(); }, [&] { ready = report(std::chrono::seconds{1}); });
    return ready.value_or(Ready{});
  }

  ConcretePoller poller_ = must(ConcretePoller::create());

 private:
  std::optional<Ready> report(std::chrono::milliseconds timeout) {
    std::array<Event, 8> events;
    const std::size_t count = must(poller_.wait(events, timeout));
    if (count == 0) return std::nullopt;
    EXPECT_EQ(count, 1U);
    EXPECT_EQ(events[0].token, kToken);
    return events[0].ready;
  }
};

struct PollerName {
  template <typename ConcretePoller>
  static std::string GetName(int) {
    if (std::is_same_v<ConcretePoller, EpollPoller>) return "Epoll";
    if (std::is_same_v<ConcretePoller, SelectPoller>) return "Select";
    if (std::is_same_v<ConcretePoller, PollPoller>) return "Poll";
    if (std::is_same_v<ConcretePoller, SigioPoller>) return "Sigio";
    return "Uring";
  }
};

// Pollers that other threads may change while one waits.
using EverySharedPoller = ::testing::Types<EpollPoller, SelectPoller, PollPoller, SigioPoller>;

#if __has_include(<liburing.h>)
using EveryPoller =
    ::testing::Types<EpollPoller, SelectPoller, PollPoller, SigioPoller, UringPoller>;
using EveryEdgePoller = ::testing::Types<EpollPoller, SigioPoller, UringPoller>;
#else
using EveryPoller = EverySharedPoller;
using EveryEdgePoller = ::testing::Types<EpollPoller, SigioPoller>;
#endif

}  // namespace hpserver::testing
