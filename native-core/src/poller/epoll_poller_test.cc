#include "hpserver/poller/epoll_poller.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/net/socket_options.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "net/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::must;
using testing::receive_text;
using namespace std::chrono_literals;

constexpr Token kToken{7, 3};
constexpr Interest kRead{.readable = true};
constexpr Interest kWrite{.writable = true};

class EpollTest : public ::testing::Test {
 protected:
  void add(int fd, Interest interest, Trigger trigger = Trigger::level) {
    must(poller_.add(fd, kToken, interest, trigger));
  }

  // What is ready without waiting; nothing if there is no event.
  std::optional<Ready> look() { return report(0ms); }

  // What comes; fails the test if nothing does.
  Ready await() {
    const auto ready = report(10s);
    EXPECT_TRUE(ready.has_value()) << "nothing came";
    return ready.value_or(Ready{});
  }

  EpollPoller poller_ = must(EpollPoller::create());

 private:
  std::optional<Ready> report(std::chrono::milliseconds timeout) {
    Event events[8];
    const std::size_t count = must(poller_.wait(events, timeout));
    if (count == 0) return std::nullopt;
    EXPECT_EQ(count, 1U);
    EXPECT_EQ(events[0].token, kToken);
    return events[0].ready;
  }
};

// Checklist 67
TEST_F(EpollTest, ReportsNothingWhereNothingIsReady) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  EXPECT_EQ(look(), std::nullopt);
}

// Checklist 63: readable because bytes have come.
TEST_F(EpollTest, IsReadableWithBytes) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  must(send(pair.client.get(), "x"));
  const Ready ready = await();
  EXPECT_TRUE(ready.readable);
  EXPECT_FALSE(ready.writable || ready.read_closed || ready.hang_up || ready.error);
}

// Checklist 63, 66: readable because the peer has shut its side; what it sent is still there.
TEST_F(EpollTest, IsReadableAtTheEnd) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  must(send(pair.client.get(), "bye"));
  must(shut_down(pair.client.get(), Direction::write));
  while (!await().read_closed) continue;
  EXPECT_TRUE(await().readable);
  EXPECT_FALSE(await().hang_up);
  EXPECT_EQ(receive_text(pair.server.get()), "bye");
  EXPECT_EQ(receive_text(pair.server.get()), "");
}

// Checklist 63: readable because a connection waits.
TEST_F(EpollTest, IsReadableWithANewConnection) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  add(listener.get(), kRead);
  const Address address = must(Address::local_of(listener.get()));
  const Fd client = must(connect_and_wait(address, 10s));
  EXPECT_TRUE(await().readable);
  must(accept_one(listener.get()));
  EXPECT_EQ(look(), std::nullopt);
}

// Checklist 63: readable because an error is pending, asked for or not.
TEST_F(EpollTest, IsReadableWithAPendingError) {
  Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  must(set_option(pair.client.get(), option::Linger::abort()));
  pair.client.reset();
  const Ready ready = await();
  EXPECT_TRUE(ready.readable && ready.error && ready.hang_up);
  EXPECT_EQ(error_code(take_error(pair.server.get(), "read")), ECONNRESET);
}

// Checklist 64: writable while there is room, and again once there is.
TEST_F(EpollTest, IsWritableWithRoom) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kWrite);
  EXPECT_TRUE(await().writable);
  const std::string bulk(1 << 20, 'x');
  std::size_t sent = 0;
  Result<std::size_t> last{std::size_t{0}};
  // What the kernel moves on to the client's buffer makes room again, so: until it stays full.
  do {
    while ((last = send(pair.server.get(), bulk))) sent += *last;
    ::usleep(1000);
  } while (look());
  while (sent > 0) sent -= receive_text(pair.client.get(), 1 << 20).size();
  EXPECT_TRUE(await().writable);
}

// Checklist 64: writable because our write side is shut: the write fails with EPIPE.
TEST_F(EpollTest, IsWritableOnceShut) {
  const Connected pair = connect_pair();
  must(shut_down(pair.server.get(), Direction::write));
  add(pair.server.get(), kWrite);
  EXPECT_TRUE(await().writable);
  EXPECT_EQ(error_code(send(pair.server.get(), "x")), EPIPE);
}

// Checklist 64: writable because a connect is done.
TEST_F(EpollTest, IsWritableOnceConnected) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Fd client = must(start_connect(must(Address::local_of(listener.get()))));
  add(client.get(), kWrite);
  EXPECT_TRUE(await().writable);
  must(take_error(client.get(), "connect"));
}

// Checklist 64: writable because an error is pending.
TEST_F(EpollTest, IsWritableWithAPendingError) {
  Connected pair = connect_pair();
  must(set_option(pair.client.get(), option::Linger::abort()));
  pair.client.reset();
  testing::await_events(pair.server.get(), POLLIN);
  add(pair.server.get(), kWrite);
  const Ready ready = await();
  EXPECT_TRUE(ready.writable && ready.error);
}

// Checklist 65: exceptional means out-of-band.
TEST_F(EpollTest, ReportsPriorityForOutOfBandDataOnly) {
  const Connected pair = connect_pair();
  add(pair.server.get(), {.priority = true});
  must(send(pair.client.get(), "plain"));
  testing::await_events(pair.server.get(), POLLIN);
  EXPECT_EQ(look(), std::nullopt);
  must(send(pair.client.get(), "!", {.out_of_band = true}));
  EXPECT_TRUE(await().priority);
}

// Checklist 67: a closed descriptor is reported as long as a duplicate lives.
TEST_F(EpollTest, KeepsReportingADuplicatedDescriptor) {
  Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  const Fd copy = must(duplicate(pair.server.get()));
  const int number = pair.server.get();
  pair.server.reset();
  must(send(pair.client.get(), "x"));
  EXPECT_TRUE(await().readable);
  EXPECT_EQ(error_code(poller_.remove(number)), EBADF) << "too late: remove before closing";
}

// Checklist 67: a regular file is always ready, so it can't be watched.
TEST_F(EpollTest, RefusesARegularFile) {
  const Fd file{::memfd_create("file", MFD_CLOEXEC)};
  EXPECT_EQ(error_code(poller_.add(file.get(), kToken, kRead, Trigger::level)), EPERM);
}

// Checklist 67: each documented error.
TEST_F(EpollTest, ReportsMisuse) {
  const Connected pair = connect_pair();
  EXPECT_EQ(error_code(poller_.modify(pair.server.get(), kToken, kRead, Trigger::level)), ENOENT);
  EXPECT_EQ(error_code(poller_.remove(pair.server.get())), ENOENT);
  add(pair.server.get(), kRead);
  EXPECT_EQ(error_code(poller_.add(pair.server.get(), kToken, kRead, Trigger::level)), EEXIST);
  must(poller_.remove(pair.server.get()));
  must(send(pair.client.get(), "x"));
  testing::await_events(pair.server.get(), POLLIN);
  EXPECT_EQ(look(), std::nullopt);
}

// Checklist 67: a signal ends the wait early, with no event and no error.
TEST_F(EpollTest, TakesASignalForNoEvent) {
  struct sigaction action{};
  action.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGALRM, &action, nullptr), 0);
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  const pthread_t waiter = ::pthread_self();
  std::atomic<bool> over{false};
  // Again and again, since the first may come before the wait has begun.
  std::thread interrupter{[&] {
    while (!over) {
      ::pthread_kill(waiter, SIGALRM);
      ::usleep(1000);
    }
  }};
  Event events[4];
  EXPECT_EQ(must(poller_.wait(events, -1ms)), 0U);
  over = true;
  interrupter.join();
}

// Checklist 68: level reports again and again.
TEST_F(EpollTest, LevelRepeatsUntilRead) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead, Trigger::level);
  must(send(pair.client.get(), "abcd"));
  EXPECT_TRUE(await().readable);
  EXPECT_TRUE(look().has_value());
  receive_text(pair.server.get(), 2);
  EXPECT_TRUE(look().has_value());
  receive_text(pair.server.get());
  EXPECT_EQ(look(), std::nullopt);
}

// Checklist 69: edge reports a change once; half a read gets nothing until more comes.
TEST_F(EpollTest, EdgeReportsEachChangeOnce) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead, Trigger::edge);
  must(send(pair.client.get(), "abcd"));
  EXPECT_TRUE(await().readable);
  EXPECT_EQ(look(), std::nullopt);
  receive_text(pair.server.get(), 2);
  EXPECT_EQ(look(), std::nullopt) << "two bytes are left, but nothing has changed";
  must(send(pair.client.get(), "e"));
  EXPECT_TRUE(await().readable);
  EXPECT_EQ(receive_text(pair.server.get()), "cde");
}

// Checklist 69: so a listener must be drained too.
TEST_F(EpollTest, EdgeTellsOnlyOnceOfWaitingConnections) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  const Fd first = must(connect_and_wait(address, 10s));
  const Fd second = must(connect_and_wait(address, 10s));
  add(listener.get(), kRead, Trigger::edge);
  EXPECT_TRUE(await().readable);
  must(accept_one(listener.get()));
  EXPECT_EQ(look(), std::nullopt) << "one more waits";
  must(accept_one(listener.get()));
  EXPECT_EQ(error_code(accept_one(listener.get())), EAGAIN);
}

// Level-triggered, it would be reported over and over to somebody who cannot act on it.
TEST_F(EpollTest, TellsOfAFinOnlyWhoeverReads) {
  const Connected pair = connect_pair();
  add(pair.server.get(), Interest{}, Trigger::level);
  must(shut_down(pair.client.get(), Direction::write));
  testing::await_events(pair.server.get(), POLLRDHUP);
  EXPECT_EQ(look(), std::nullopt);
  must(poller_.modify(pair.server.get(), kToken, kRead, Trigger::level));
  EXPECT_TRUE(await().read_closed);
}

// Checklist 70: oneshot is silent after one report, for hang-ups too, until it is re-armed; that
// reports what is still there.
TEST_F(EpollTest, OneshotIsSilentUntilRearmed) {
  Connected pair = connect_pair();
  add(pair.server.get(), kRead, Trigger::oneshot);
  must(send(pair.client.get(), "x"));
  EXPECT_TRUE(await().readable);
  must(send(pair.client.get(), "y"));
  pair.client.reset();
  testing::await_events(pair.server.get(), POLLRDHUP);
  EXPECT_EQ(look(), std::nullopt);
  must(poller_.modify(pair.server.get(), kToken, kRead, Trigger::oneshot));
  const Ready ready = await();
  EXPECT_TRUE(ready.readable && ready.read_closed);
  EXPECT_EQ(look(), std::nullopt);
}

TEST_F(EpollTest, ModifyReplacesTokenInterestAndTrigger) {
  const Connected pair = connect_pair();
  must(poller_.add(pair.server.get(), {1, 1}, kWrite, Trigger::edge));
  must(poller_.modify(pair.server.get(), kToken, kRead, Trigger::level));
  EXPECT_EQ(look(), std::nullopt);
  must(send(pair.client.get(), "x"));
  EXPECT_TRUE(await().readable);
  EXPECT_TRUE(look().has_value());
}

// Many events of one batch are told apart; what doesn't fit comes with the next waits, in turn.
TEST_F(EpollTest, ReportsManyInBatches) {
  constexpr std::uint32_t kCount = 700;
  std::vector<EventFd> sources;
  for (std::uint32_t slot = 0; slot < kCount; ++slot) {
    sources.push_back(must(EventFd::create()));
    must(sources.back().add());
    must(poller_.add(sources.back().fd(), {slot, slot + 1}, kRead, Trigger::level));
  }
  std::vector<Event> events(kCount);
  std::vector<int> seen(kCount);
  for (const std::size_t expected : {EpollPoller::kMaxBatch, EpollPoller::kMaxBatch}) {
    ASSERT_EQ(must(poller_.wait(events, 0ms)), expected);
    for (std::size_t index = 0; index < expected; ++index) {
      const Event& event = events[index];
      ASSERT_EQ(event.token.generation, event.token.slot + 1);
      EXPECT_TRUE(event.ready.readable);
      ++seen.at(event.token.slot);
    }
  }
  for (const int times : seen) EXPECT_GE(times, 1) << "the kernel takes turns";
}

// Its own descriptor is readable while something is ready, so that another loop can watch it.
TEST_F(EpollTest, CanBeWatchedItself) {
  const Connected pair = connect_pair();
  add(pair.server.get(), kRead);
  EXPECT_EQ(testing::look(poller_.native_handle(), POLLIN), 0);
  must(send(pair.client.get(), "x"));
  EXPECT_EQ(testing::await_events(poller_.native_handle(), POLLIN), POLLIN);
}

// Any thread may register while another waits.
TEST_F(EpollTest, TakesRegistrationsWhileItWaits) {
  const Connected pair = connect_pair();
  must(send(pair.client.get(), "x"));
  std::thread registrar{[&] { add(pair.server.get(), kRead); }};
  EXPECT_TRUE(await().readable);
  registrar.join();
}

}  // namespace
}  // namespace hpserver
