// What every poller does while one thread waits and others change the watched descriptors.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <thread>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/message_pipe.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/os/syscall.h"
#include "hpserver/poller/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::EverySharedPoller;
using testing::kRead;
using testing::kToken;
using testing::must;
using testing::PollerName;
using testing::PollerSuite;
using testing::receive_text;
using namespace std::chrono_literals;

template <typename ConcretePoller>
class PollerThreads : public PollerSuite<ConcretePoller> {};
TYPED_TEST_SUITE(PollerThreads, EverySharedPoller, PollerName);

// Any thread may register while another waits.
TYPED_TEST(PollerThreads, TakesRegistrationsWhileItWaits) {
  const Connected pair = connect_pair();
  must(send(pair.client.get(), "x"));
  std::thread registrar{[&, waiter = ::gettid()] {
    testing::await_sleep(waiter);
    this->add(pair.server.get(), Interest{}, Trigger::oneshot);
    testing::await_sleep(waiter);
    must(this->poller_.modify(pair.server.get(), kToken, kRead, Trigger::oneshot));
  }};
  EXPECT_TRUE(this->await().readable);
  registrar.join();
}

// If the wait went on, it would keep the removed file open, and the peer would never see the close.
TYPED_TEST(PollerThreads, LetsGoOfWhatIsRemovedWhileItWaits) {
  Connected pair = connect_pair();
  const EventFd end = must(EventFd::create());
  must(this->poller_.add(end.fd(), {1, 1}, kRead, Trigger::level));
  this->add(pair.server.get(), kRead);
  std::atomic<pid_t> waiter_id{0};
  std::thread waiter{[&] {
    waiter_id = ::gettid();
    std::array<Event, 4> events;
    std::size_t count = 0;
    while (count == 0) count = must(this->poller_.wait(events, 1s));
    EXPECT_EQ(count, 1U);
    EXPECT_EQ(events[0].token, (Token{1, 1}));
  }};
  testing::await([&] { return waiter_id != 0; });
  testing::await_sleep(waiter_id);
  must(this->poller_.remove(pair.server.get()));
  pair.server.reset();
  EXPECT_EQ(receive_text(pair.client.get()), "");
  must(end.add());
  waiter.join();
}

// Between the kernel's check and the report, a ready descriptor may be removed and closed, and its
// number given to another file, which would then be taken for ready. Two hundred other descriptors,
// checked after it, make that interval long enough to hit.
TYPED_TEST(PollerThreads, NeverReportsTheNextOwnerOfANumber) {
  constexpr Token kEnd{1, 1};
  constexpr Token kLoud{2, 1};
  constexpr Token kQuiet{3, 1};
  const SocketPair loud = must(create_socket_pair());
  const SocketPair quiet = must(create_socket_pair());
  const Fd shared = must(duplicate(quiet.first.get()));
  const EventFd end = must(EventFd::create());
  must(this->poller_.add(end.fd(), kEnd, kRead, Trigger::level));
  std::vector<SocketPair> others;
  for (int count = 0; count < 200; ++count) {
    others.push_back(must(create_socket_pair()));
    this->add(others.back().first.get(), kRead);
  }
  std::thread waiter{[&] {
    std::array<Event, 4> events;
    for (bool ended = false; !ended;) {
      const std::size_t count = must(this->poller_.wait(events, -1ms));
      for (std::size_t index = 0; index < count; ++index) {
        EXPECT_NE(events[index].token, kQuiet);
        if (events[index].token == kEnd) ended = true;
      }
    }
  }};
  const auto give_number_to = [&](const Fd& file) {
    ASSERT_EQ(::dup3(file.get(), shared.get(), O_CLOEXEC), shared.get());
  };
  for (int round = 0; round < 100; ++round) {
    give_number_to(loud.first);
    must(this->poller_.add(shared.get(), kLoud, kRead, Trigger::oneshot));
    // In a poller's array, the last entry (`shared`) moves to the place of the removed one, and so
    // ahead of the others.
    must(this->poller_.remove(others.front().first.get()));
    this->add(others.front().first.get(), kRead);
    ::usleep(200);  // By now the waiter usually waits.
    must(send(loud.second.get(), "x"));
    const Deadline hit = Clock::now() + round % 20 * 10us;
    while (Clock::now() < hit) continue;
    must(this->poller_.remove(shared.get()));
    give_number_to(quiet.first);
    must(this->poller_.add(shared.get(), kQuiet, kRead, Trigger::oneshot));
    EXPECT_EQ(receive_text(loud.first.get()), "x");
    ::usleep(200);
    must(this->poller_.remove(shared.get()));
  }
  must(end.add());
  waiter.join();
}

// A small half-sync/half-reactive server: one thread waits, others read and re-arm. Each message is
// echoed once, so a lost report would hang this test, and a duplicate would fail it.
TYPED_TEST(PollerThreads, HandsOneshotsToOtherThreads) {
  constexpr std::uint32_t kPairs = 8;
  constexpr int kRounds = 100;
  std::vector<SocketPair> pairs;
  for (std::uint32_t slot = 0; slot < kPairs; ++slot) {
    pairs.push_back(must(create_socket_pair()));
    must(this->poller_.add(pairs[slot].first.get(), {slot, 1}, kRead, Trigger::oneshot));
  }
  const EventFd end = must(EventFd::create());
  must(this->poller_.add(end.fd(), {kPairs, 1}, kRead, Trigger::level));
  Pipe queue = must(create_pipe({.nonblocking = false}));

  std::thread loop{[&] {
    std::array<Event, 4> events;
    for (bool ended = false; !ended;) {
      const std::size_t count = must(this->poller_.wait(events, -1ms));
      for (std::size_t index = 0; index < count; ++index) {
        if (events[index].token.slot == kPairs) {
          ended = true;
        } else {
          must(write_message(queue.write_end.get(), events[index].token.slot));
        }
      }
    }
    queue.write_end.reset();
  }};
  const auto work = [&] {
    std::uint32_t slot = 0;
    while (retry_on_eintr([&] { return ::read(queue.read_end.get(), &slot, sizeof slot); }) > 0) {
      const int fd = pairs.at(slot).first.get();
      std::array<char, 16> buffer;
      const std::size_t size = must(receive(fd, buffer));
      must(send(fd, std::string_view(buffer.data(), size)));
      must(this->poller_.modify(fd, {slot, 1}, kRead, Trigger::oneshot));
    }
  };
  std::thread first{work};
  std::thread second{work};

  for (int round = 0; round < kRounds; ++round) {
    for (const SocketPair& pair : pairs) must(send(pair.second.get(), "x"));
    for (const SocketPair& pair : pairs) EXPECT_EQ(receive_text(pair.second.get()), "x");
  }
  must(end.add());
  for (std::thread* const thread : {&loop, &first, &second}) thread->join();
}

}  // namespace
}  // namespace hpserver
