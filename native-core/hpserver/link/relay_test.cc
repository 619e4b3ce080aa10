#include "hpserver/link/relay.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/event/reactor.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::must;

// left.client ⇄ (left.server ⇄ relay ⇄ right.server) ⇄ right.client
class RelayTest : public ::testing::Test {
 protected:
  RelayTest()
      : loop_(must(Reactor::create(must(make_poller<EpollPoller>())))),
        left_(connect_pair()),
        right_(connect_pair()) {
    must(ignore_sigpipe());
  }

  void start(const PipePoolOptions& pipes = {}, const RelayOptions& options = {},
             std::string preface = {}) {
    buffers_ = std::make_unique<TransitBuffers>(pipes);
    relay_ = must(Relay::create(
        *loop_, *buffers_, std::move(left_.server), std::move(right_.server),
        [this](const Result<void>& result) { outcome_ = error_code(result); }, options,
        std::move(preface)));
  }

  [[nodiscard]] std::size_t idle_pipes() const { return buffers_->pipes().idle_count(); }

  void turn_until(const std::function<bool()>& done) {
    testing::step_until(done, [this] { must(loop_->turn(milliseconds(1))); });
  }

  static Result<std::size_t> receive_part(const Fd& client) {
    std::string room(4096, '\0');
    testing::await_events(client.get(), POLLIN);
    return receive(client.get(), std::span<char>{room});
  }

  // Waits for bytes while the loop turns.
  std::string hear(const Fd& client) {
    turn_until([&] { return testing::look(client.get(), POLLIN) != 0; });
    return testing::receive_text(client.get());
  }

  std::unique_ptr<Reactor> loop_;
  Connected left_;
  Connected right_;
  std::unique_ptr<TransitBuffers> buffers_;
  std::unique_ptr<Relay> relay_;
  std::optional<int> outcome_;
};

// One end of the relay: sends a whole stream and shuts down, and receives the other's; slowly, if
// told so.
class Talker {
 public:
  Talker(int fd, std::string_view said, bool is_slow)
      : speaker_([=] { say(fd, said); }), listener_([=, this] { listen(fd, is_slow); }) {}

  // Blocks until both streams have ended.
  const std::string& heard() {
    speaker_.join();
    listener_.join();
    return heard_;
  }

 private:
  static void say(int fd, std::string_view rest) {
    while (!rest.empty()) {
      const auto sent = send(fd, rest);
      if (!sent) return;
      rest.remove_prefix(*sent);
    }
    must(shut_down(fd, Direction::write));
  }

  void listen(int fd, bool is_slow) {
    std::string part(is_slow ? 3'000 : 100'000, '\0');
    for (int count = 0;; ++count) {
      const auto got = receive(fd, part);
      if (!got || *got == 0) return;
      heard_.append(part, 0, *got);
      if (is_slow && count % 64 == 0) ::usleep(1000);
    }
  }

  std::string heard_;
  std::thread speaker_;
  std::thread listener_;
};

std::string noise(std::size_t size_bytes, std::uint32_t seed) {
  std::string text(size_bytes, '\0');
  for (char& byte : text) byte = static_cast<char>((seed = seed * 1664525U + 1013904223U) >> 24U);
  return text;
}

TEST_F(RelayTest, PassesOnBothWays) {
  start();
  must(send(left_.client.get(), "there"));
  EXPECT_EQ(hear(right_.client), "there");
  must(send(right_.client.get(), "and back"));
  EXPECT_EQ(hear(left_.client), "and back");
  EXPECT_EQ(relay_->counters().forward_bytes, 5U);
  EXPECT_EQ(relay_->counters().backward_bytes, 8U);
}

// Checklist 26: a half-close is passed on as one.
TEST_F(RelayTest, PassesOnAHalfClose) {
  start();
  must(send(left_.client.get(), "last words"));
  must(shut_down(left_.client.get(), Direction::write));
  EXPECT_EQ(hear(right_.client), "last words");
  EXPECT_EQ(hear(right_.client), "");
  EXPECT_FALSE(outcome_) << "the other direction goes on";
  must(send(right_.client.get(), "an answer"));
  EXPECT_EQ(hear(left_.client), "an answer");
  right_.client.reset();
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_EQ(outcome_, 0);
}

TEST_F(RelayTest, TellsOfAReset) {
  start();
  must(set_option(left_.client.get(), option::Linger::abort()));
  left_.client.reset();
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_EQ(outcome_, ECONNRESET);
  relay_.reset();
  EXPECT_EQ(error_code(receive_part(right_.client)), ECONNRESET) << "nothing looks complete";
}

TEST_F(RelayTest, EndsWhenNothingMoves) {
  start({}, {.idle_timeout = milliseconds(50)});
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_EQ(outcome_, ETIMEDOUT);
  relay_.reset();
  EXPECT_EQ(error_code(receive_part(right_.client)), ECONNRESET);
}

// However busy it is.
TEST_F(RelayTest, EndsWhenItHasExistedForTooLong) {
  start({}, {.total_timeout = milliseconds(100)});
  turn_until([&] {
    static_cast<void>(send(left_.client.get(), ".", {.dont_wait = true}));
    return outcome_.has_value();
  });
  EXPECT_EQ(outcome_, ETIMEDOUT);
}

// A side that takes nothing is as silent as one that sends nothing.
TEST_F(RelayTest, EndsWhenNobodyReads) {
  start({}, {.idle_timeout = milliseconds(50)});
  const std::string said(65536, 's');
  turn_until([&] {
    static_cast<void>(send(left_.client.get(), said, {.dont_wait = true}));
    return outcome_.has_value();
  });
  EXPECT_EQ(outcome_, ETIMEDOUT);
}

TEST_F(RelayTest, GoesOnWhileSomethingMoves) {
  start({}, {.idle_timeout = milliseconds(200)});
  const Deadline end = Clock::now() + milliseconds(600);
  while (Clock::now() < end) {
    must(send(left_.client.get(), "."));
    EXPECT_EQ(hear(right_.client), ".");
  }
  EXPECT_FALSE(outcome_);
}

// Checklist 26: 16 MiB each way at once, one side slow: not a byte is lost, doubled or out of
// place.
TEST_F(RelayTest, KeepsEveryByteOfBothStreams) {
  constexpr std::size_t kBytes = std::size_t{16} << 20U;
  start({.capacity_bytes = std::size_t{1} << 18U});
  const std::string there = noise(kBytes, 1);
  const std::string back = noise(kBytes, 2);
  Talker left(left_.client.get(), there, true);
  Talker right(right_.client.get(), back, false);
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_EQ(outcome_, 0);
  EXPECT_TRUE(right.heard() == there);
  EXPECT_TRUE(left.heard() == back);
  EXPECT_EQ(relay_->counters().forward_bytes, kBytes);
  EXPECT_EQ(relay_->counters().backward_bytes, kBytes);
}

// Case C10: beyond a user's share of pipes, a request for a large one is EPERM, and at the limit of
// descriptors there is none at all.
TEST_F(RelayTest, TakesASmallerPipeWhereABigOneIsRefused) {
  start({.capacity_bytes = std::size_t{1} << 30U});
  must(send(left_.client.get(), "there"));
  EXPECT_EQ(hear(right_.client), "there");
}

TEST_F(RelayTest, CopiesWhereNoPipeIsToBeHad) {
  start();
  std::vector<Fd> hoard;
  for (Fd fd(::dup(0)); fd; fd.reset(::dup(0))) hoard.push_back(std::move(fd));
  const std::string there = noise(300'000, 3);
  std::thread speaker([&] {
    for (std::string_view rest = there; !rest.empty();) {
      const auto sent = send(left_.client.get(), rest);
      if (!sent) return;
      rest.remove_prefix(*sent);
    }
  });
  std::string heard;
  while (heard.size() < there.size()) heard += hear(right_.client);
  speaker.join();
  EXPECT_TRUE(heard == there);
  EXPECT_EQ(idle_pipes(), 0U);
}

TEST_F(RelayTest, HasNoPipeWhileItIdles) {
  start({}, {.splice = {.from_bytes = 0}});
  EXPECT_EQ(idle_pipes(), 0U) << "none is taken before the first byte";
  must(send(left_.client.get(), "there"));
  EXPECT_EQ(hear(right_.client), "there");
  turn_until([&] { return idle_pipes() == 1; });
}

TEST_F(RelayTest, SplicesOnlyWhatProvesBulky) {
  start();
  for (int count = 0; count < 100; ++count) {
    must(send(left_.client.get(), noise(1000, 4)));
    EXPECT_EQ(hear(right_.client).size(), 1000U);
  }
  EXPECT_EQ(idle_pipes(), 0U) << "small messages are copied, however many";
  const std::string bulk = noise(1'000'000, 5);
  Talker left(left_.client.get(), bulk, false);
  std::string heard;
  turn_until([&] {
    std::string part(100'000, '\0');
    if (const auto got = receive(right_.client.get(), std::span<char>{part}, {.dont_wait = true})) {
      heard.append(part, 0, *got);
    }
    return heard.size() == bulk.size();
  });
  must(shut_down(right_.client.get(), Direction::write));
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_TRUE(heard == bulk);
  EXPECT_EQ(idle_pipes(), 1U);
  EXPECT_EQ(left.heard(), "");
}

TEST_F(RelayTest, SendsItsPrefaceFirst) {
  start({}, {}, "who it is\n");
  must(send(left_.client.get(), "there"));
  std::string heard;
  while (heard.size() < 15) heard += hear(right_.client);
  EXPECT_EQ(heard, "who it is\nthere");
}

// A server that refuses an upload answers, and closes with bytes unread, which resets.
TEST_F(RelayTest, PassesOnTheLastAnswerOfASideThatCloses) {
  start();
  must(send(left_.client.get(), "an upload"));
  EXPECT_EQ(hear(right_.client), "an upload");
  must(send(right_.client.get(), "refused"));
  must(shut_down(right_.client.get(), Direction::write));
  must(send(left_.client.get(), "more"));
  turn_until([&] { return testing::look(right_.client.get(), POLLIN) != 0; });
  right_.client.reset();
  EXPECT_EQ(hear(left_.client), "refused");
}

// A side that is full and will receive nothing more isn't reported over and over.
TEST_F(RelayTest, SleepsWhileItCanMoveNothing) {
  start({.capacity_bytes = 4096});
  must(shut_down(left_.client.get(), Direction::write));
  const std::string bulk(1 << 20, 'x');
  while (send(right_.client.get(), bulk, {.dont_wait = true})) must(loop_->turn(milliseconds(0)));
  // Pending events of the kernel are reported first.
  int quiet_turns = 0;
  turn_until([&] {
    quiet_turns = testing::look(loop_->native_handle(), POLLIN) == 0 ? quiet_turns + 1 : 0;
    return quiet_turns == 50;
  });
}

}  // namespace
}  // namespace hpserver
