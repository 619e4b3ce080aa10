// Tests only what is specific to SIGIO; poller_suite_test.cc tests what all pollers share.

#include "hpserver/poller/sigio_poller.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::kRead;
using testing::kToken;
using testing::must;
using namespace std::chrono_literals;

// Limits the queue of real-time signals while it exists. The kernel counts the signals of all the
// user's processes, so if others are pending, more of ours are lost, never fewer.
class SignalQueueLimit {
 public:
  explicit SignalQueueLimit(rlim_t limit) {
    EXPECT_EQ(::getrlimit(RLIMIT_SIGPENDING, &before_), 0);
    const rlimit lowered{.rlim_cur = limit, .rlim_max = before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_SIGPENDING, &lowered), 0);
  }
  ~SignalQueueLimit() { ::setrlimit(RLIMIT_SIGPENDING, &before_); }
  SignalQueueLimit(const SignalQueueLimit&) = delete;
  SignalQueueLimit& operator=(const SignalQueueLimit&) = delete;

 private:
  rlimit before_{};
};

// Many connections of one poller, read as an edge-triggered reactor reads them.
class Crowd {
 public:
  Crowd(SigioPoller& poller, std::uint32_t size) : poller_(poller) {
    for (std::uint32_t slot = 0; slot < size; ++slot) {
      pairs_.push_back(must(create_socket_pair()));
      must(poller_.add(pairs_[slot].first.get(), {slot, 1}, kRead, Trigger::edge));
    }
    std::array<Event, 8> events;
    EXPECT_EQ(must(poller_.wait(events, 0ms)), 0U) << "armed, and nothing is there yet";
  }

  // Sends `count` messages of one byte, over each connection in turn.
  void send_messages(std::size_t count) const {
    for (std::size_t index = 0; index < count; ++index) {
      must(send(pairs_[index % pairs_.size()].second.get(), "m"));
    }
  }

  // Waits and reads until all messages have arrived.
  std::size_t receive_messages(std::size_t count) {
    std::size_t received = 0;
    std::array<Event, 32> events;
    testing::step_until([&] { return received >= count; },
                        [&] {
                          const std::size_t filled = must(poller_.wait(events, 1s));
                          for (std::size_t index = 0; index < filled; ++index) {
                            received += drain(pairs_.at(events[index].token.slot).first.get());
                          }
                        });
    return received;
  }

 private:
  static std::size_t drain(int fd) {
    std::size_t total = 0;
    std::array<char, 4> buffer;
    while (const auto size = receive(fd, buffer)) total += *size;
    return total;
  }

  SigioPoller& poller_;
  std::vector<SocketPair> pairs_;
};

class SigioTest : public ::testing::Test {
 protected:
  void add(int fd, Interest interest, Trigger trigger = Trigger::edge) {
    must(poller_.add(fd, kToken, interest, trigger));
  }

  // Returns the next event. Meaningless signals may end a wait without one.
  Ready await() {
    std::optional<Ready> ready;
    testing::step_until([&] { return ready.has_value(); }, [&] { ready = report(1s); });
    return ready.value_or(Ready{});
  }

  // The event that comes within `timeout`.
  std::optional<Ready> report(std::chrono::milliseconds timeout = 0ms) {
    std::array<Event, 8> events;
    const std::size_t count = must(poller_.wait(events, timeout));
    if (count == 0) return std::nullopt;
    EXPECT_EQ(count, 1U);
    EXPECT_EQ(events[0].token, kToken);
    return events[0].ready;
  }

  SigioPoller poller_ = must(SigioPoller::create());
};

// Checklist 50: a burst of 100 messages, none lost.
TEST_F(SigioTest, LosesNoneOfABurst) {
  Crowd crowd(poller_, 10);
  std::thread sender{[&] { crowd.send_messages(100); }};
  EXPECT_EQ(crowd.receive_messages(100), 100U);
  sender.join();
}

// Checklist 50: all messages are sent before the wait, so the queue of 16 is certain to overflow.
TEST_F(SigioTest, LosesNothingWhenTheQueueOverflows) {
  Crowd crowd(poller_, 100);
  const SignalQueueLimit limit(16);
  crowd.send_messages(1000);
  EXPECT_EQ(crowd.receive_messages(1000), 1000U);
  EXPECT_GE(poller_.overflow_count(), 1U);
}

// Checklist 50: the queue also overflows while messages are being read.
TEST_F(SigioTest, LosesNothingWhileItOverflowsAndReads) {
  Crowd crowd(poller_, 100);
  const SignalQueueLimit limit(16);
  std::thread sender{[&] { crowd.send_messages(1000); }};
  EXPECT_EQ(crowd.receive_messages(1000), 1000U);
  sender.join();
}

// The kernel's queue may be full before the first signal, and stay so.
TEST_F(SigioTest, WorksWithoutAnyQueue) {
  Crowd crowd(poller_, 10);
  const SignalQueueLimit limit(0);
  for (int round = 0; round < 10; ++round) {
    crowd.send_messages(20);
    EXPECT_EQ(crowd.receive_messages(20), 20U);
  }
  EXPECT_GE(poller_.overflow_count(), 10U);
}

std::atomic<int> alarm_count{0};

// A signal handler interrupts even a poll that doesn't block, if that finds nothing ready.
TEST_F(SigioTest, LooksThroughOtherSignals) {
  struct sigaction action{};
  action.sa_handler = [](int) { ++alarm_count; };
  ASSERT_EQ(::sigaction(SIGALRM, &action, nullptr), 0);
  const SocketPair pair = must(create_socket_pair());
  add(pair.first.get(), kRead);
  constexpr itimerval kEvery50us{.it_interval = {0, 50}, .it_value = {0, 50}};
  ASSERT_EQ(::setitimer(ITIMER_REAL, &kEvery50us, nullptr), 0);
  // About one signal in four comes at the right moment.
  while (alarm_count < 100) {
    must(poller_.modify(pair.first.get(), kToken, kRead, Trigger::edge));
    EXPECT_EQ(report(), std::nullopt);
  }
  constexpr itimerval kNever{};
  ASSERT_EQ(::setitimer(ITIMER_REAL, &kNever, nullptr), 0);
}

// A descriptor that is already ready sends no signal.
TEST_F(SigioTest, LooksOnceAfterArming) {
  const SocketPair pair = must(create_socket_pair());
  EXPECT_EQ(report(), std::nullopt);
  must(send(pair.second.get(), "x"));
  add(pair.first.get(), kRead);
  EXPECT_TRUE(report().value_or(Ready{}).readable);
  EXPECT_EQ(report(), std::nullopt);
  must(poller_.modify(pair.first.get(), kToken, {.readable = true, .writable = true},
                      Trigger::edge));
  const Ready ready = report().value_or(Ready{});
  EXPECT_TRUE(ready.readable && ready.writable);
}

// Many signals of one descriptor are one event; none if the bytes were read meanwhile.
TEST_F(SigioTest, MergesSignals) {
  const SocketPair pair = must(create_socket_pair());
  add(pair.first.get(), kRead);
  EXPECT_EQ(report(), std::nullopt);
  for (int count = 0; count < 200; ++count) must(send(pair.second.get(), "x"));
  EXPECT_TRUE(report().value_or(Ready{}).readable);
  EXPECT_EQ(report(), std::nullopt);
  must(send(pair.second.get(), "x"));
  EXPECT_EQ(testing::receive_text(pair.first.get()).size(), 201U);
  EXPECT_EQ(report(), std::nullopt);
}

// A signal that was pending when its descriptor was closed finds another file under that number.
TEST_F(SigioTest, TakesNoLateSignalForTheNextOwnerOfTheNumber) {
  SocketPair pair = must(create_socket_pair());
  const int number = pair.first.get();
  must(poller_.add(number, {1, 1}, kRead, Trigger::edge));
  EXPECT_EQ(report(), std::nullopt);
  must(send(pair.second.get(), "late"));
  must(poller_.remove(number));
  pair.first.reset();
  const SocketPair other = must(create_socket_pair());
  ASSERT_EQ(other.first.get(), number);
  add(number, kRead);
  EXPECT_EQ(report(), std::nullopt);
  must(send(other.second.get(), "x"));
  EXPECT_TRUE(await().readable);
}

// Created and filled by `main`; the waiting worker gets the signals.
TEST_F(SigioTest, SignalsTheThreadThatWaits) {
  const SocketPair pair = must(create_socket_pair());
  add(pair.first.get(), kRead);
  const EventFd waiting = must(EventFd::create());
  std::thread worker{[&] {
    EXPECT_EQ(report(), std::nullopt);
    must(waiting.add());
    EXPECT_TRUE(await().readable);
  }};
  testing::await_events(waiting.fd(), POLLIN);
  must(send(pair.second.get(), "x"));
  worker.join();
}

// Another loop that watches the descriptor must call `wait` even if no signal was sent.
TEST_F(SigioTest, CallsAForeignLoopForWhatIsThereAlready) {
  const int handle = poller_.native_handle();
  const SocketPair pair = must(create_socket_pair());
  must(send(pair.second.get(), "x"));
  add(pair.first.get(), kRead);
  EXPECT_EQ(testing::look(handle, POLLIN), POLLIN) << "the first wait is still to come";
  EXPECT_TRUE(report().has_value());
  EXPECT_EQ(testing::look(handle, POLLIN), 0);
  must(poller_.modify(pair.first.get(), kToken, kRead, Trigger::level));
  EXPECT_EQ(testing::look(handle, POLLIN), POLLIN);
  EXPECT_TRUE(report().has_value());
  EXPECT_EQ(testing::look(handle, POLLIN), POLLIN) << "level repeats";
}

TEST_F(SigioTest, WatchesPipes) {
  Pipe pipe = must(create_pipe());
  add(pipe.read_end.get(), kRead);
  EXPECT_EQ(report(), std::nullopt);
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  EXPECT_TRUE(await().readable);
  pipe.write_end.reset();
  EXPECT_TRUE(await().hang_up);
}

// An eventfd sends no signal; the inner epoll supports every trigger.
TEST_F(SigioTest, WatchesWhatSendsNoSignals) {
  const EventFd source = must(EventFd::create());
  add(source.fd(), kRead, Trigger::level);
  EXPECT_EQ(report(), std::nullopt);
  must(source.add());
  EXPECT_TRUE(await().readable);
  EXPECT_TRUE(report().has_value());
  must(poller_.modify(source.fd(), kToken, kRead, Trigger::oneshot));
  EXPECT_TRUE(report().has_value());
  EXPECT_EQ(report(), std::nullopt);
  must(poller_.modify(source.fd(), kToken, kRead, Trigger::edge));
  EXPECT_TRUE(report().has_value());
  EXPECT_EQ(report(), std::nullopt);
  must(poller_.remove(source.fd()));
  EXPECT_EQ(error_code(poller_.remove(source.fd())), ENOENT);
}

TEST_F(SigioTest, RefusesARegularFile) {
  const Fd file{::memfd_create("file", MFD_CLOEXEC)};
  EXPECT_EQ(error_code(poller_.add(file.get(), kToken, kRead, Trigger::level)), EPERM);
  EXPECT_EQ(error_code(poller_.modify(file.get(), kToken, kRead, Trigger::level)), ENOENT);
}

// The next owner of the socket, for example by SCM_RIGHTS, must not send us signals.
TEST_F(SigioTest, DisarmsWhatIsRemoved) {
  const SocketPair pair = must(create_socket_pair());
  add(pair.first.get(), kRead);
  EXPECT_EQ(report(), std::nullopt);
  EXPECT_NE(::fcntl(pair.first.get(), F_GETFL) & O_ASYNC, 0);
  must(poller_.remove(pair.first.get()));
  EXPECT_EQ(::fcntl(pair.first.get(), F_GETFL) & O_ASYNC, 0);
}

}  // namespace
}  // namespace hpserver
