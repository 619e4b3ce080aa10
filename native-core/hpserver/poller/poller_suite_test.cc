// What every poller does, whatever its implementation.

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/testing.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::EveryEdgePoller;
using testing::EveryPoller;
using testing::kRead;
using testing::kToken;
using testing::kWrite;
using testing::must;
using testing::PollerName;
using testing::PollerSuite;
using testing::receive_text;
using namespace std::chrono_literals;

TYPED_TEST_SUITE(PollerSuite, EveryPoller, PollerName);

TYPED_TEST(PollerSuite, ReportsNothingWhereNothingIsReady) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead);
  EXPECT_EQ(this->look(), std::nullopt);
}

// Checklist 63: readable because bytes have arrived.
TYPED_TEST(PollerSuite, IsReadableWithBytes) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead);
  must(send(pair.client.get(), "x"));
  const Ready ready = this->await();
  EXPECT_TRUE(ready.readable);
  EXPECT_FALSE(ready.writable || ready.read_closed || ready.hang_up || ready.error);
}

// Checklist 15, 63: fewer bytes than the low-water mark don't make a socket readable.
TYPED_TEST(PollerSuite, IsReadableFromTheLowWaterMark) {
  const Connected pair = connect_pair();
  must(set_option(pair.server.get(), option::ReceiveLowWater{10}));
  this->add(pair.server.get(), kRead);
  must(send(pair.client.get(), "12345"));
  testing::await([&] { return must(readable_bytes(pair.server.get())) == 5; });
  EXPECT_EQ(this->look(), std::nullopt);
  must(send(pair.client.get(), "67890"));
  EXPECT_TRUE(this->await().readable);
}

// Checklist 63, 66: readable because the peer has shut down its side; earlier bytes are still
// there.
TYPED_TEST(PollerSuite, IsReadableAtTheEnd) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead);
  must(send(pair.client.get(), "bye"));
  must(shut_down(pair.client.get(), Direction::write));
  testing::await_events(pair.server.get(), POLLRDHUP);
  const Ready ready = this->await();
  EXPECT_TRUE(ready.readable);
  EXPECT_EQ(ready.read_closed, this->kTellsTheEndApart);
  EXPECT_FALSE(ready.hang_up);
  EXPECT_EQ(receive_text(pair.server.get()), "bye");
  EXPECT_TRUE(this->await().readable);
  EXPECT_EQ(receive_text(pair.server.get()), "");
}

// Checklist 63: readable because a connection is waiting.
TYPED_TEST(PollerSuite, IsReadableWithANewConnection) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  this->add(listener.get(), kRead);
  EXPECT_EQ(this->look(), std::nullopt);
  const Address address = must(Address::local_of(listener.get()));
  const Fd client = must(connect_and_wait(address, testing::kHang));
  EXPECT_TRUE(this->await().readable);
  must(accept_one(listener.get()));
  EXPECT_EQ(this->look(), std::nullopt);
}

// Checklist 63: readable because an error is pending, requested or not.
TYPED_TEST(PollerSuite, IsReadableWithAPendingError) {
  Connected pair = connect_pair();
  this->add(pair.server.get(), kRead);
  EXPECT_EQ(this->look(), std::nullopt);
  must(set_option(pair.client.get(), option::Linger::abort()));
  pair.client.reset();
  const Ready ready = this->await();
  EXPECT_TRUE(ready.readable);
  EXPECT_EQ(ready.error && ready.hang_up, this->kTellsTheEndApart);
  EXPECT_EQ(error_code(take_error(pair.server.get(), "read")), ECONNRESET);
}

// Checklist 64: writable while the send buffer has room, and again once it has room again.
TYPED_TEST(PollerSuite, IsWritableWithRoom) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kWrite);
  EXPECT_TRUE(this->await().writable);
  const std::string bulk(1 << 20, 'x');
  std::size_t sent = 0;
  Result<std::size_t> last{std::size_t{0}};
  // The kernel moves bytes on to the client's buffer, which makes room again, so send until the
  // socket stays full.
  do {
    while ((last = send(pair.server.get(), bulk))) sent += *last;
    ::usleep(1000);
  } while (this->look());
  while (sent > 0) sent -= receive_text(pair.client.get(), 1 << 20).size();
  EXPECT_TRUE(this->await().writable);
}

// Checklist 64: writable because our write side is shut down: the write fails with EPIPE.
TYPED_TEST(PollerSuite, IsWritableOnceShut) {
  const Connected pair = connect_pair();
  must(shut_down(pair.server.get(), Direction::write));
  this->add(pair.server.get(), kWrite);
  EXPECT_TRUE(this->await().writable);
  EXPECT_EQ(error_code(send(pair.server.get(), "x")), EPIPE);
}

// Checklist 64: writable because a connect is done.
TYPED_TEST(PollerSuite, IsWritableOnceConnected) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Fd client = must(start_connect(must(Address::local_of(listener.get()))));
  this->add(client.get(), kWrite);
  EXPECT_TRUE(this->await().writable);
  must(take_error(client.get(), "connect"));
}

// Checklist 64: writable because a connect has failed.
TYPED_TEST(PollerSuite, IsWritableOnceRefused) {
  const testing::Absent nobody;
  const auto client = start_connect(nobody.address);
  // Loopback may answer before connect(2) returns.
  if (!client) {
    EXPECT_EQ(error_code(client), ECONNREFUSED);
    return;
  }
  this->add(client->get(), kWrite);
  const Ready ready = this->await();
  EXPECT_TRUE(ready.writable);
  EXPECT_EQ(ready.error, this->kTellsTheEndApart);
  EXPECT_EQ(error_code(take_error(client->get(), "connect")), ECONNREFUSED);
}

// Checklist 64: writable because an error is pending.
TYPED_TEST(PollerSuite, IsWritableWithAPendingError) {
  Connected pair = connect_pair();
  must(set_option(pair.client.get(), option::Linger::abort()));
  pair.client.reset();
  testing::await_events(pair.server.get(), POLLIN);
  this->add(pair.server.get(), kWrite);
  const Ready ready = this->await();
  EXPECT_TRUE(ready.writable);
  EXPECT_EQ(ready.error, this->kTellsTheEndApart);
}

// Checklist 65: only out-of-band data is exceptional.
TYPED_TEST(PollerSuite, ReportsPriorityForOutOfBandDataOnly) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), {.priority = true});
  must(send(pair.client.get(), "plain"));
  testing::await_events(pair.server.get(), POLLIN);
  EXPECT_EQ(this->look(), std::nullopt);
  must(send(pair.client.get(), "!", {.out_of_band = true}));
  EXPECT_TRUE(this->await().priority);
}

// A handler that doesn't read can't act on a FIN, and level would report it again and again.
TYPED_TEST(PollerSuite, TellsOfAFinOnlyWhoeverReads) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), Interest{});
  must(shut_down(pair.client.get(), Direction::write));
  testing::await_events(pair.server.get(), POLLRDHUP);
  EXPECT_EQ(this->look(), std::nullopt);
  must(this->poller_.modify(pair.server.get(), kToken, kRead, Trigger::level));
  const Ready ready = this->await();
  EXPECT_TRUE(ready.readable);
  EXPECT_EQ(ready.read_closed, this->kTellsTheEndApart);
}

// Checklist 67: each documented error.
TYPED_TEST(PollerSuite, ReportsMisuse) {
  const Connected pair = connect_pair();
  const int fd = pair.server.get();
  EXPECT_EQ(error_code(this->poller_.modify(fd, kToken, kRead, Trigger::level)), ENOENT);
  EXPECT_EQ(error_code(this->poller_.remove(fd)), ENOENT);
  EXPECT_EQ(error_code(this->poller_.add(-1, kToken, kRead, Trigger::level)), EBADF);
  this->add(fd, kRead);
  EXPECT_EQ(error_code(this->poller_.add(fd, kToken, kRead, Trigger::level)), EEXIST);
  EXPECT_EQ(this->look(), std::nullopt);
  must(this->poller_.remove(fd));
  must(send(pair.client.get(), "x"));
  testing::await_events(fd, POLLIN);
  EXPECT_EQ(this->look(), std::nullopt);
}

// Checklist 67: a signal ends the wait early, with no event and no error.
TYPED_TEST(PollerSuite, TakesASignalForNoEvent) {
  struct sigaction action{};
  action.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGALRM, &action, nullptr), 0);
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead);
  const pthread_t waiter = ::pthread_self();
  std::atomic<bool> over{false};
  // Repeatedly, since the first signal may come before the wait has begun.
  std::thread interrupter{[&] {
    while (!over) {
      ::pthread_kill(waiter, SIGALRM);
      ::usleep(1000);
    }
  }};
  std::array<Event, 4> events;
  EXPECT_EQ(must(this->poller_.wait(events, -1ms)), 0U);
  over = true;
  interrupter.join();
}

// Checklist 68: level reports again and again.
TYPED_TEST(PollerSuite, LevelRepeatsUntilRead) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead);
  must(send(pair.client.get(), "abcd"));
  EXPECT_TRUE(this->await().readable);
  EXPECT_TRUE(this->look().has_value());
  receive_text(pair.server.get(), 2);
  EXPECT_TRUE(this->look().has_value());
  receive_text(pair.server.get());
  EXPECT_EQ(this->look(), std::nullopt);
}

// Checklist 70: oneshot is silent after one report, for hang-ups too, until it is re-armed; then it
// reports what is still there.
TYPED_TEST(PollerSuite, OneshotIsSilentUntilRearmed) {
  Connected pair = connect_pair();
  this->add(pair.server.get(), kRead, Trigger::oneshot);
  must(send(pair.client.get(), "x"));
  EXPECT_TRUE(this->await().readable);
  must(send(pair.client.get(), "y"));
  pair.client.reset();
  testing::await_events(pair.server.get(), POLLRDHUP);
  EXPECT_EQ(this->look(), std::nullopt);
  must(this->poller_.modify(pair.server.get(), kToken, kRead, Trigger::oneshot));
  const Ready ready = this->await();
  EXPECT_TRUE(ready.readable);
  EXPECT_EQ(ready.read_closed, this->kTellsTheEndApart);
  EXPECT_EQ(this->look(), std::nullopt);
}

TYPED_TEST(PollerSuite, ModifyReplacesTokenInterestAndTrigger) {
  const Connected pair = connect_pair();
  must(this->poller_.add(pair.server.get(), {1, 1}, kWrite, Trigger::oneshot));
  must(this->poller_.modify(pair.server.get(), kToken, kRead, Trigger::level));
  EXPECT_EQ(this->look(), std::nullopt);
  must(send(pair.client.get(), "x"));
  EXPECT_TRUE(this->await().readable);
  EXPECT_TRUE(this->look().has_value());
}

// Every removal moves other entries in the internal tables; none may be lost or confused.
TYPED_TEST(PollerSuite, ForgetsOneAmongMany) {
  std::vector<SocketPair> pairs;
  for (std::uint32_t slot = 0; slot < 10; ++slot) {
    pairs.push_back(must(create_socket_pair()));
    must(send(pairs.back().second.get(), "x"));
    must(this->poller_.add(pairs.back().first.get(), {slot, 1}, kRead, Trigger::level));
  }
  for (const std::size_t gone : {3U, 9U, 0U}) must(this->poller_.remove(pairs[gone].first.get()));
  std::array<Event, 16> events;
  const std::size_t count = must(this->poller_.wait(events, 0ms));
  std::uint32_t seen = 0;
  for (std::size_t index = 0; index < count; ++index) seen |= 1U << events[index].token.slot;
  EXPECT_EQ(count, 7U);
  EXPECT_EQ(seen, 0b0111110110U);
}

// Events that don't fit into one batch come with the next ones, in turn.
TYPED_TEST(PollerSuite, TakesTurnsWhereRoomIsShort) {
  constexpr std::uint32_t kCount = 10;
  std::vector<SocketPair> pairs;
  for (std::uint32_t slot = 0; slot < kCount; ++slot) {
    pairs.push_back(must(create_socket_pair()));
    must(send(pairs.back().second.get(), "x"));
    must(this->poller_.add(pairs.back().first.get(), {slot, slot + 1}, kRead, Trigger::level));
  }
  std::array<Event, 4> events;
  std::array<int, kCount> seen{};
  for (int turn = 0; turn < 5; ++turn) {
    ASSERT_EQ(must(this->poller_.wait(events, 0ms)), events.size());
    for (const Event& event : events) {
      ASSERT_EQ(event.token.generation, event.token.slot + 1);
      ++seen.at(event.token.slot);
    }
  }
  for (const int times : seen) EXPECT_EQ(times, 2);
}

// Only some pollers support `edge`; the others refuse it.
template <typename ConcretePoller>
class EdgePollerSuite : public PollerSuite<ConcretePoller> {};
TYPED_TEST_SUITE(EdgePollerSuite, EveryEdgePoller, PollerName);

// Checklist 69: edge reports a change once; after a partial read, it reports nothing until more
// bytes arrive.
TYPED_TEST(EdgePollerSuite, EdgeReportsEachChangeOnce) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead, Trigger::edge);
  must(send(pair.client.get(), "abcd"));
  EXPECT_TRUE(this->await().readable);
  EXPECT_EQ(this->look(), std::nullopt);
  receive_text(pair.server.get(), 2);
  EXPECT_EQ(this->look(), std::nullopt) << "two bytes are left, but nothing has changed";
  must(send(pair.client.get(), "e"));
  EXPECT_TRUE(this->await().readable);
  EXPECT_EQ(receive_text(pair.server.get()), "cde");
}

// Checklist 69: edge reports waiting connections only once, so a listener must be drained too.
TYPED_TEST(EdgePollerSuite, EdgeTellsOnlyOnceOfWaitingConnections) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  const Fd first = must(connect_and_wait(address, testing::kHang));
  const Fd second = must(connect_and_wait(address, testing::kHang));
  this->add(listener.get(), kRead, Trigger::edge);
  EXPECT_TRUE(this->await().readable);
  must(accept_one(listener.get()));
  EXPECT_EQ(this->look(), std::nullopt) << "one more waits";
  must(accept_one(listener.get()));
  EXPECT_EQ(error_code(accept_one(listener.get())), EAGAIN);
}

// A FIN that comes together with bytes causes no edge of its own, so the event's bits must show it.
TYPED_TEST(EdgePollerSuite, EdgeTellsTheEndWithTheBytesBeforeIt) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead, Trigger::edge);
  EXPECT_EQ(this->look(), std::nullopt);
  must(send(pair.client.get(), "bye"));
  must(shut_down(pair.client.get(), Direction::write));
  testing::await_events(pair.server.get(), POLLRDHUP);
  const Ready ready = this->await();
  EXPECT_TRUE(ready.readable && ready.read_closed);
}

// The poller's own descriptor is readable while something is ready, so another loop can watch it.
TYPED_TEST(EdgePollerSuite, CanBeWatchedItself) {
  const Connected pair = connect_pair();
  this->add(pair.server.get(), kRead, Trigger::edge);
  EXPECT_EQ(this->look(), std::nullopt);
  // The poller's descriptor may still be readable for an event that a wait has already taken; one
  // more look makes it quiet.
  const auto is_quiet = [this] {
    if (testing::look(this->poller_.native_handle(), POLLIN) == 0) return true;
    EXPECT_EQ(this->look(), std::nullopt);
    return testing::look(this->poller_.native_handle(), POLLIN) == 0;
  };
  EXPECT_TRUE(is_quiet());
  must(send(pair.client.get(), "x"));
  EXPECT_EQ(testing::await_events(this->poller_.native_handle(), POLLIN), POLLIN);
  EXPECT_TRUE(this->await().readable);
  EXPECT_TRUE(is_quiet());
}

// No matter how many events come at once, and how few of them a wait may take.
TYPED_TEST(EdgePollerSuite, TellsAForeignLoopOfAllOfABurst) {
  constexpr std::uint32_t kMany = 200;
  std::vector<Connected> pairs;
  for (std::uint32_t slot = 0; slot < kMany; ++slot) {
    pairs.push_back(connect_pair());
    must(this->poller_.add(pairs.back().server.get(), {slot, 1}, kRead, Trigger::edge));
  }
  EXPECT_EQ(this->look(), std::nullopt);
  for (const Connected& pair : pairs) must(send(pair.client.get(), "x"));
  std::set<std::uint32_t> told;
  while (told.size() < kMany) {
    ASSERT_EQ(testing::await_events(this->poller_.native_handle(), POLLIN), POLLIN) << told.size();
    std::array<Event, 16> batch;
    const std::size_t count = must(this->poller_.wait(batch, 0ms));
    for (const Event& event : std::span(batch).first(count)) told.insert(event.token.slot);
  }
}

template <typename ConcretePoller>
class LevelPollerSuite : public PollerSuite<ConcretePoller> {};
using EveryLevelPoller = ::testing::Types<SelectPoller, PollPoller>;
TYPED_TEST_SUITE(LevelPollerSuite, EveryLevelPoller, PollerName);

TYPED_TEST(LevelPollerSuite, RefusesEdges) {
  const Connected pair = connect_pair();
  const int fd = pair.server.get();
  EXPECT_EQ(error_code(this->poller_.add(fd, kToken, kRead, Trigger::edge)), EINVAL);
  this->add(fd, kRead);
  EXPECT_EQ(error_code(this->poller_.modify(fd, kToken, kRead, Trigger::edge)), EINVAL);
  EXPECT_EQ(this->poller_.native_handle(), -1);
}

}  // namespace
}  // namespace hpserver
