#include "hpserver/completion/uring_port.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/net/socket_options.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/limits.h"
#include "hpserver/os/pipe.h"
#include "net/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::must;
using testing::receive_all;
using testing::receive_text;
using namespace std::chrono_literals;

constexpr Interest kRead{.readable = true};

// Keeps what it hears of, and gives the buffers back.
class Listening final : public CompletionHandler {
 public:
  explicit Listening(CompletionPort& port) : port_(port) {}

  void on_completion(const Completion& completion) override {
    ++count;
    result = completion.result;
    ended = completion.last;
    text.append(completion.bytes);
    if (completion.operation == Operation::accept && result >= 0) fds.emplace_back(result);
    if (keeps_buffers && completion.buffer != kNoBuffer) {
      kept.push_back(completion.buffer);
    } else {
      port_.give_back(completion.buffer);
    }
  }

  int count = 0;
  int result = 0;  // of the last
  bool ended = false;
  std::string text;
  std::vector<Fd> fds;
  bool keeps_buffers = false;
  std::vector<BufferId> kept;

 private:
  CompletionPort& port_;
};

std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24U);
  return bytes;
}

class UringPortTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto port = UringPort::create();
    if (!port) GTEST_SKIP() << explain_uring_error(port.error());
    port_ = std::move(*port);
  }

  // Waits once and calls whoever is meant; returns the reports of watched descriptors.
  std::vector<Event> turn(std::chrono::milliseconds timeout = 0ms) {
    std::array<PortEvent, 16> batch;
    const std::size_t count = must(port_->wait(batch, timeout));
    std::vector<Event> events;
    for (const PortEvent& event : std::span(batch).first(count)) {
      if (event.handler != nullptr) {
        event.handler->on_completion(event.completion);
      } else {
        events.push_back(event.event);
      }
    }
    return events;
  }

  // Turns until it holds; fails the test after a limit that only a hang reaches.
  template <typename Condition>
  void until(Condition holds) {
    for (const auto end = Clock::now() + 20s; !holds();) {
      ASSERT_LT(Clock::now(), end) << "nothing came";
      turn(100ms);
    }
  }

  // Turns until nothing comes.
  void settle() {
    std::array<PortEvent, 1> batch;
    EXPECT_EQ(must(port_->wait(batch, 20ms)), 0U);
  }

  // Sends all, in as many pieces as it takes; returns how many.
  int send_all(int fd, std::string_view bytes, Listening& sending) {
    int pieces = 0;
    for (; !bytes.empty(); ++pieces) {
      must(port_->send(fd, bytes, false, sending));
      until([&] { return sending.count > pieces; });
      if (sending.result <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sending.result));
    }
    return pieces;
  }

  std::unique_ptr<UringPort> port_;
};

TEST_F(UringPortTest, AcceptsUntilItIsPausedOrCancelled) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  Listening accepting(*port_);
  must(port_->accept(listener.get(), accepting));
  std::vector<Fd> clients;
  for (int index = 0; index < 100; ++index) clients.push_back(must(connect_and_wait(address, 10s)));
  until([&] { return accepting.fds.size() == clients.size(); });
  EXPECT_FALSE(accepting.ended);
  for (const Fd& fd : accepting.fds) EXPECT_TRUE(must(is_close_on_exec(fd.get())));

  EXPECT_TRUE(port_->pause(listener.get(), Operation::accept));
  until([&] { return accepting.ended; });
  EXPECT_EQ(accepting.result, -ECANCELED);
  clients.push_back(must(connect_and_wait(address, 10s)));
  settle();
  must(port_->accept(listener.get(), accepting));
  until([&] { return accepting.fds.size() == clients.size(); });

  port_->cancel(listener.get());
  until([&] { return accepting.ended; });
  EXPECT_EQ(accepting.result, -ECANCELED);
  const Fd late = must(connect_and_wait(address, 10s));
  settle();
}

TEST_F(UringPortTest, ReceivesInOrderUntilTheEnd) {
  Connected pair = connect_pair();
  Listening receiving(*port_);
  port_->attach(pair.server.get());
  must(port_->receive(pair.server.get(), receiving));
  for (const char* const part : {"one ", "two ", "three"}) {
    must(send(pair.client.get(), part));
    until([&] { return receiving.text.ends_with(part); });
    EXPECT_FALSE(receiving.ended);
  }
  pair.client.reset();
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.text, "one two three");
  EXPECT_EQ(receiving.result, 0);
}

TEST_F(UringPortTest, MovesBulkBothWays) {
  const std::string bulk = pattern(std::size_t{8} << 20U);
  Connected pair = connect_pair();
  port_->attach(pair.server.get());
  Listening receiving(*port_);
  Listening sending(*port_);
  must(port_->receive(pair.server.get(), receiving));
  std::thread writer([&] {
    must(set_nonblocking(pair.client.get(), false));
    for (std::string_view rest(bulk); !rest.empty();) {
      rest.remove_prefix(must(send(pair.client.get(), rest)));
    }
    must(shut_down(pair.client.get(), Direction::write));
  });
  std::string echoed;
  std::thread reader([&] { echoed = receive_all(pair.client.get()); });
  send_all(pair.server.get(), bulk, sending);
  until([&] {
    // Buffers may have run out: whoever receives starts again.
    if (receiving.result == -ENOBUFS && std::exchange(receiving.result, 1) != 0) {
      must(port_->receive(pair.server.get(), receiving));
      receiving.ended = false;
    }
    return receiving.ended;
  });
  must(shut_down(pair.server.get(), Direction::both));
  writer.join();
  reader.join();
  EXPECT_EQ(receiving.text.size(), bulk.size());
  EXPECT_TRUE(receiving.text == bulk);
  EXPECT_TRUE(echoed == bulk);
}

TEST_F(UringPortTest, SendsPiecewiseToASlowReader) {
  const std::string bulk = pattern(std::size_t{4} << 20U);
  ListenOptions small;
  small.send_buffer_bytes = 64 * 1024;
  Connected pair = connect_pair(Address::loopback_ipv4(0), small);
  Listening sending(*port_);
  std::string received;
  std::thread reader([&] {
    while (received.size() < bulk.size()) {
      received += receive_text(pair.client.get(), 32 * 1024);
      ::usleep(100);
    }
  });
  EXPECT_GT(send_all(pair.server.get(), bulk, sending), 1);
  reader.join();
  EXPECT_TRUE(received == bulk);
}

TEST_F(UringPortTest, CancelsWhatIsUnderWay) {
  const Connected pair = connect_pair();
  const std::string bulk(std::size_t{64} << 20U, 'x');
  port_->attach(pair.server.get());
  Listening receiving(*port_);
  Listening sending(*port_);
  must(port_->receive(pair.server.get(), receiving));
  // Until a send finds no room, and waits.
  do {
    sending.ended = false;
    must(port_->send(pair.server.get(), bulk, false, sending));
    for (int look = 0; look < 10 && !sending.ended; ++look) turn(10ms);
  } while (sending.ended);

  port_->cancel(pair.server.get());
  until([&] { return sending.ended && receiving.ended; });
  EXPECT_EQ(sending.result, -ECANCELED);
  EXPECT_EQ(receiving.result, -ECANCELED);
  settle();
}

TEST_F(UringPortTest, PausesAReceiveAndStartsItAgain) {
  const Connected pair = connect_pair();
  Listening receiving(*port_);
  port_->attach(pair.server.get());
  must(port_->receive(pair.server.get(), receiving));
  turn();
  EXPECT_TRUE(port_->pause(pair.server.get(), Operation::receive));
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ECANCELED);
  must(send(pair.client.get(), "later"));
  settle();
  must(port_->receive(pair.server.get(), receiving));
  until([&] { return receiving.text == "later"; });
}

TEST_F(UringPortTest, TellsOfAReset) {
  Connected pair = connect_pair();
  Listening receiving(*port_);
  Listening sending(*port_);
  must(port_->receive(pair.server.get(), receiving));
  turn();
  must(set_option(pair.client.get(), option::Linger::abort()));
  pair.client.reset();
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ECONNRESET);
  must(port_->send(pair.server.get(), "x", false, sending));  // and no SIGPIPE
  until([&] { return sending.ended; });
  EXPECT_EQ(sending.result, -EPIPE);
}

TEST_F(UringPortTest, TellsWhatFailsAtOnceAsACompletion) {
  const Pipe pipe = must(create_pipe({.nonblocking = false}));
  Listening receiving(*port_);
  must(port_->receive(pipe.read_end.get(), receiving));
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ENOTSOCK);
  EXPECT_EQ(error_code(port_->accept(-1, receiving)), EBADF);
}

TEST_F(UringPortTest, ReadsFilesToTheirEnd) {
  std::string path = "/tmp/uring_port_test.XXXXXX";
  const Fd file{::mkstemp(path.data())};
  ::unlink(path.c_str());
  must(set_nonblocking(file.get(), true));
  const std::string bytes = pattern(300'000);
  ASSERT_EQ(::write(file.get(), bytes.data(), bytes.size()), 300'000);
  Listening first(*port_);
  Listening second(*port_);
  std::string room(200'000, '\0');
  std::string other(100, '\0');
  must(port_->read(file.get(), room, 200'000, first));
  must(port_->read(file.get(), other, 50, second));  // two connections may send one file
  until([&] { return first.ended && second.ended; });
  EXPECT_EQ(first.result, 100'000);
  EXPECT_EQ(room.substr(0, 100'000), bytes.substr(200'000));
  EXPECT_EQ(second.result, 100);
  EXPECT_EQ(other, bytes.substr(50, 100));

  must(port_->read(file.get(), room, 300'000, first));
  until([&] { return first.count == 2; });
  EXPECT_EQ(first.result, 0);
}

// Where a file system can only block, O_NONBLOCK would end a read with EAGAIN.
TEST_F(UringPortTest, ReadsWhatCanOnlyBlock) {
  const Fd file{::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  Listening reading(*port_);
  std::string room(1000, '\0');
  must(port_->read(file.get(), room, 0, reading));
  until([&] { return reading.ended; });
  EXPECT_GT(reading.result, 0);
}

TEST_F(UringPortTest, RunsOutOfBuffersAndRecovers) {
  const Connected pair = connect_pair();
  const std::string bulk = pattern((UringBuffers::kCount + 10) * UringBuffers::kBytes);
  Listening receiving(*port_);
  receiving.keeps_buffers = true;
  must(port_->receive(pair.server.get(), receiving));
  std::thread writer([&] {
    for (std::string_view rest(bulk); !rest.empty();) {
      rest.remove_prefix(must(send(pair.client.get(), rest)));
    }
  });
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ENOBUFS);
  EXPECT_EQ(receiving.kept.size(), UringBuffers::kCount);

  for (const BufferId buffer : receiving.kept) port_->give_back(buffer);
  receiving.keeps_buffers = false;
  must(port_->receive(pair.server.get(), receiving));
  until([&] { return receiving.text.size() == bulk.size(); });
  writer.join();
  EXPECT_TRUE(receiving.text == bulk);
}

TEST_F(UringPortTest, TakesSocketsThatDontBlock) {
  Connected pair = connect_pair();
  ASSERT_TRUE(must(is_nonblocking(pair.server.get())));
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  turn();
  EXPECT_EQ(receiving.count, 0);
  must(send(pair.client.get(), "x"));
  until([&] { return receiving.text == "x"; });
}

TEST_F(UringPortTest, ClosesForGoodWhatWasDetached) {
  Connected pair = connect_pair();
  port_->attach(pair.server.get());
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  turn();
  port_->cancel(pair.server.get());
  until([&] { return receiving.ended; });
  port_->detach(pair.server.get());
  pair.server.reset();
  turn();
  EXPECT_EQ(receive_text(pair.client.get()), "");
}

// The number of a descriptor that was closed belongs to somebody else soon.
TEST_F(UringPortTest, ServesTheNextOwnerOfANumber) {
  for (int round = 0; round < 5; ++round) {
    Connected pair = connect_pair();
    port_->attach(pair.server.get());
    Listening receiving(*port_);
    must(port_->receive(pair.server.get(), receiving));
    must(send(pair.client.get(), "hello"));
    until([&] { return receiving.text == "hello"; });
    pair.client.reset();
    until([&] { return receiving.ended; });
    port_->detach(pair.server.get());
  }
}

TEST_F(UringPortTest, ServesNumbersBeyondItsTable) {
  const auto limit = must(raise_descriptor_limit());
  if (limit.soft <= UringFiles::kMost + 1) GTEST_SKIP() << "RLIMIT_NOFILE is too low";
  const Connected pair = connect_pair();
  const Fd high = must(duplicate(pair.server.get(), UringFiles::kMost));
  port_->attach(high.get());
  Listening receiving(*port_);
  must(port_->receive(high.get(), receiving));
  must(send(pair.client.get(), "x"));
  until([&] { return receiving.text == "x"; });
  port_->cancel(high.get());
  until([&] { return receiving.ended; });
  port_->detach(high.get());
}

// More than its queues hold: requests before the first wait, then completions.
TEST_F(UringPortTest, StartsAndEndsMoreThanItsQueuesHold) {
  constexpr int kReads = UringRing::kCompletions + 2000;
  const Fd file{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
  Listening reading(*port_);
  std::array<char, 4> room{};
  for (int index = 0; index < kReads; ++index) must(port_->read(file.get(), room, 0, reading));
  until([&] { return reading.count == kReads; });
  EXPECT_EQ(std::string_view(room.data(), 4),
            "\x7f"
            "ELF");
  for (int index = 0; index < kReads; ++index) must(port_->read(file.get(), room, 0, reading));
  until([&] { return reading.count == 2 * kReads; });
  settle();
}

TEST_F(UringPortTest, WatchesLevelEdgeAndOneshot) {
  const EventFd wake_up = must(EventFd::create());
  const auto is_ready = [&](Token token) {
    const std::vector<Event> events = turn();
    for (const Event& event : events) EXPECT_EQ(event.token, token);
    return events.size() == 1 && events[0].ready.readable;
  };
  must(port_->watch(wake_up.fd(), {1, 1}, kRead, Trigger::level));
  EXPECT_FALSE(is_ready({1, 1}));
  must(wake_up.add());
  EXPECT_TRUE(is_ready({1, 1}));
  EXPECT_TRUE(is_ready({1, 1}));

  must(port_->modify(wake_up.fd(), {2, 1}, kRead, Trigger::edge));
  EXPECT_TRUE(is_ready({2, 1}));
  EXPECT_FALSE(is_ready({2, 1}));
  must(wake_up.add());
  EXPECT_TRUE(is_ready({2, 1}));

  must(port_->modify(wake_up.fd(), {3, 1}, kRead, Trigger::oneshot));
  EXPECT_TRUE(is_ready({3, 1}));
  must(wake_up.add());
  EXPECT_FALSE(is_ready({3, 1}));
}

// A report that the kernel has made already may not outlive the watch.
TEST_F(UringPortTest, ForgetsWhatIsUnwatched) {
  const EventFd wake_up = must(EventFd::create());
  must(port_->watch(wake_up.fd(), {1, 1}, kRead, Trigger::edge));
  turn();
  must(wake_up.add());
  port_->unwatch(wake_up.fd());
  EXPECT_TRUE(turn().empty());
  must(port_->watch(wake_up.fd(), {2, 1}, kRead, Trigger::level));
  const auto events = turn();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].token, (Token{2, 1}));
}

// For a foreign loop: work that the kernel has put off until the next wait counts too.
TEST_F(UringPortTest, CanBeWatchedItself) {
  const Connected pair = connect_pair();
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  settle();
  for (const std::string text : {"a", "b"}) {
    std::thread late([&] {  // while this thread sleeps on it, as libuv does
      std::this_thread::sleep_for(20ms);
      must(send(pair.client.get(), text));
    });
    EXPECT_EQ(testing::await_events(port_->native_handle(), POLLIN), POLLIN);
    late.join();
    until([&] { return receiving.text.ends_with(text); });
    EXPECT_TRUE(turn().empty()) << "the bell rings for what a turn takes by itself, too";
  }
}

// The kernel does a limited part of such work at a time, and rings once for all of it.
TEST_F(UringPortTest, TellsAForeignLoopOfAllOfABurst) {
  constexpr std::size_t kMany = 200;
  std::vector<Connected> pairs;
  Listening receiving(*port_);
  for (std::size_t count = 0; count < kMany; ++count) {
    pairs.push_back(connect_pair());
    must(port_->receive(pairs.back().server.get(), receiving));
  }
  const int bell = port_->native_handle();
  settle();
  while (testing::look(bell, POLLIN) != 0) turn();
  for (const Connected& pair : pairs) must(send(pair.client.get(), "x"));
  while (receiving.text.size() < kMany) {
    ASSERT_EQ(testing::await_events(bell, POLLIN), POLLIN) << receiving.text.size();
    turn();
  }
}

TEST_F(UringPortTest, IsCreatedOnOneThreadAndUsedOnAnother) {
  const Connected pair = connect_pair();
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  must(send(pair.client.get(), "x"));
  std::thread user([&] { until([&] { return receiving.text == "x"; }); });
  user.join();
  port_.reset();  // with a receive under way, after its thread
}

TEST_F(UringPortTest, EndsWhatIsUnderWayWithItself) {
  Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  const Fd first = must(connect_and_wait(address, 10s));
  const Fd second = must(connect_and_wait(address, 10s));
  Listening accepting(*port_);
  must(port_->accept(listener.get(), accepting));
  std::array<PortEvent, 1> batch;
  ASSERT_EQ(must(port_->wait(batch, 10s)), 1U);
  const Fd accepted{batch[0].completion.result};
  port_.reset();
  listener.reset();
  EXPECT_EQ(receive_text(second.get()), "") << "accepted, and nobody has heard of it";
  EXPECT_EQ(error_code(connect_and_wait(address, 10s)), ECONNREFUSED);
  EXPECT_EQ(accepting.count, 0);
}

}  // namespace
}  // namespace hpserver
