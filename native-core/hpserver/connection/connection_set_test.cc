#include "hpserver/connection/connection_set.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hpserver/event/notices.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

// When a member leaves, it tells all others, each of which then ends as well.
class Circle final : public Service {
 public:
  class Member final : public Session {
   public:
    explicit Member(Circle& circle) : circle_(circle) {}

    std::size_t on_input(std::string_view input, Channel& channel) override {
      circle_.set = &channel.connections();
      circle_.tokens.push_back(channel.token());
      channel.pause_input();
      return input.size();
    }
    void on_end_of_input(Channel&) override {}
    void on_drained(Channel&) override {}
    void on_timeout(Channel&) override {}
    void on_close() override {
      ++circle_.closed_count;
      for (const Token token : circle_.tokens) {
        circle_.set->resume(token, [](Session&, Channel& channel) { channel.abort(); });
      }
    }
    [[nodiscard]] Phase phase() const override { return Phase::respond; }

   private:
    Circle& circle_;
  };

  Session* open() override {
    members_.push_back(std::make_unique<Member>(*this));
    return members_.back().get();
  }
  void close(Session&) override {}
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override {}

  ConnectionSet* set = nullptr;
  std::vector<Token> tokens;
  std::size_t closed_count = 0;

 private:
  std::vector<std::unique_ptr<Member>> members_;
};

// Case C6.
TEST(ConnectionSet, EndsEachConnectionOnceWhereSessionsEndEachOther) {
  constexpr std::size_t kMembers = 4;
  IoUnit io = must(make_reactor<EpollPoller, Trigger::edge>());
  Circle circle;
  LoopBuffers buffers({.max_count = 100});
  ConnectionBudget budget(10);
  ConnectionSet set(*io.loop, *io.transport, circle, buffers, budget, {});
  std::vector<Fd> peers;
  for (std::size_t count = 0; count < kMembers; ++count) {
    SocketPair pair = must(create_socket_pair());
    must(send(pair.second.get(), "hello"));
    set.adopt(std::move(pair.first));
    peers.push_back(std::move(pair.second));
  }
  ASSERT_EQ(circle.tokens.size(), kMembers);
  set.close_all();
  EXPECT_EQ(circle.closed_count, kMembers);
  EXPECT_EQ(set.size(), 0U);
  EXPECT_EQ(budget.open_count(), 0U);
}

// Carries up to two connections; the next one it can't, and those after that make it throw.
class CarryingService final : public Service {
 public:
  class Carried final : public Carrier {
   public:
    Carried(Fd fd, Ended ended) : fd_(std::move(fd)), ended_(std::move(ended)) {}
    void end() {
      const Ended ended = std::move(ended_);
      ended();
    }

   private:
    Fd fd_;
    Ended ended_;
  };

  [[nodiscard]] bool carries() const noexcept override { return true; }
  std::unique_ptr<Carrier> carry(Fd conn_fd, EventLoop&, Carrier::Ended ended) override {
    ++asked_count;
    if (asked_count > 3) throw std::runtime_error("no more");
    if (asked_count > 2) return nullptr;
    auto one = std::make_unique<Carried>(std::move(conn_fd), std::move(ended));
    carried.push_back(one.get());
    return one;
  }
  Session* open() override {
    ADD_FAILURE() << "its connections have no sessions";
    return nullptr;
  }
  void close(Session&) override {}
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override {}

  int asked_count = 0;
  std::vector<Carried*> carried;
};

class CarriedConnections : public ::testing::Test {
 protected:
  // Returns the client's end.
  Fd adopt() {
    SocketPair pair = must(create_socket_pair());
    set_.adopt(std::move(pair.first));
    return std::move(pair.second);
  }

  IoUnit io_ = must(make_reactor<EpollPoller, Trigger::level>());
  CarryingService service_;
  LoopBuffers buffers_{{.max_count = 100}};
  ConnectionBudget budget_{3};
  ConnectionSet set_{*io_.loop, *io_.transport, service_, buffers_, budget_, {}};
};

TEST_F(CarriedConnections, CountUntilTheyEnd) {
  const Fd first = adopt();
  const Fd second = adopt();
  EXPECT_EQ(set_.size(), 2U);
  EXPECT_EQ(set_.counters().open, 2U);
  EXPECT_EQ(budget_.open_count(), 2U);
  service_.carried.front()->end();
  EXPECT_EQ(testing::receive_text(first.get()), "");
  EXPECT_EQ(set_.size(), 1U);
  EXPECT_EQ(set_.counters().open, 1U);
  EXPECT_EQ(budget_.open_count(), 1U);
  set_.close_all();
  EXPECT_EQ(testing::receive_text(second.get()), "");
  EXPECT_EQ(budget_.open_count(), 0U);
}

TEST_F(CarriedConnections, AreClosedIfTheirServiceCannotCarryThem) {
  const Fd first = adopt();
  const Fd second = adopt();
  EXPECT_EQ(testing::receive_text(adopt().get()), "");
  EXPECT_EQ(testing::receive_text(adopt().get()), "") << "it has thrown";
  EXPECT_EQ(service_.asked_count, 4);
  EXPECT_EQ(set_.size(), 2U);
  EXPECT_EQ(budget_.open_count(), 2U);
}

// A client may pause for as long as the write timeout, at the end as at any other time.
TEST(ConnectionSet, DrainsNoAnswerAwayFromAClientThatPauses) {
  constexpr std::size_t kAnswerBytes = 8'000'000;
  IoUnit io = must(make_reactor<EpollPoller, Trigger::edge>());
  testing::LineService service;
  LoopBuffers buffers({.max_count = 100});
  ConnectionBudget budget(10);
  ConnectionSet set(*io.loop, *io.transport, service, buffers, budget, {});
  SocketPair pair = must(create_socket_pair());
  must(send(pair.second.get(), "shared 8000000\n"));
  set.adopt(std::move(pair.first));
  set.drain();
  const auto turn = [&] { must(io.loop->turn(std::chrono::milliseconds(5))); };
  // Longer than a silent client may take.
  for (const Deadline end = Clock::now() + std::chrono::seconds(1); Clock::now() < end;) turn();
  ASSERT_EQ(set.size(), 1U);
  std::size_t received_bytes = 0;
  std::string room(65'536, '\0');
  while (received_bytes < kAnswerBytes) {
    const auto got = receive(pair.second.get(), std::span<char>{room});
    if (got) {
      ASSERT_GT(*got, 0U) << "cut off";
      received_bytes += *got;
    } else {
      turn();
    }
  }
  testing::step_until([&] { return set.size() == 0; }, turn);
}

// Case S7.
TEST(ConnectionSet, SaysThatItHasRefusedClients) {
  std::vector<std::string> told;
  IoUnit io = must(make_reactor<EpollPoller, Trigger::edge>());
  io.loop->notices().tell_to([&](const std::string& line) { told.push_back(line); });
  testing::LineService service;
  LoopBuffers buffers({.max_count = 100});
  ConnectionBudget budget(1);
  ConnectionSet set(*io.loop, *io.transport, service, buffers, budget, {});
  std::vector<Fd> peers;
  for (int count = 0; count < 6; ++count) {
    SocketPair pair = must(create_socket_pair());
    set.adopt(std::move(pair.first));
    peers.push_back(std::move(pair.second));
  }
  testing::step_until([&] { return told.size() == 2; },
                      [&] { must(io.loop->turn(std::chrono::milliseconds(2))); });
  EXPECT_EQ(told[0], "a connection was refused: the server is full");
  EXPECT_EQ(told[1], told[0] + " (4 more within a second)");
}

// A server without a free block, and what it logs about its clients.
class ConnectionSetWithoutBlocks : public ::testing::Test {
 protected:
  ConnectionSetWithoutBlocks() {
    io_.loop->notices().tell_to([this](const std::string& line) { told_.push_back(line); });
  }

  Fd connect(std::string_view words) {
    SocketPair pair = must(create_socket_pair());
    if (!words.empty()) must(send(pair.second.get(), words));
    set_.adopt(std::move(pair.first));
    return std::move(pair.second);
  }

  void expect_one_line() {
    testing::step_until([&] { return !told_.empty(); },
                        [&] { must(io_.loop->turn(std::chrono::milliseconds(2))); });
    EXPECT_EQ(told_[0], "a connection was closed: no memory is left to buffer its data");
    EXPECT_EQ(told_.size(), 1U);
  }

  testing::LineService service_;
  IoUnit io_ = must(make_reactor<EpollPoller, Trigger::edge>());
  LoopBuffers buffers_{{.initial_count = 0, .max_count = 0}};
  ConnectionBudget budget_{2};
  ConnectionSet set_{*io_.loop, *io_.transport, service_, buffers_, budget_, {}};
  std::vector<std::string> told_;
};

TEST_F(ConnectionSetWithoutBlocks, SaysThatHalfALineCantBeKept) {
  const Fd client = connect("echo ha");
  expect_one_line();
  EXPECT_EQ(set_.size(), 0U);
}

TEST_F(ConnectionSetWithoutBlocks, SaysThatWhatAClientDoesNotReadCantBeKept) {
  const Fd client = connect("big 9000000\n");
  expect_one_line();
  EXPECT_EQ(set_.size(), 0U);
}

TEST_F(ConnectionSetWithoutBlocks, SaysThatAnAnswerForAnotherCantBeKept) {
  const Fd one = connect("later\n");
  const Fd other = connect("later\n");
  ASSERT_EQ(service_.waiting.size(), 2U);
  set_.resume(service_.waiting[1], [&](Session&, Channel&) {
    set_.resume(service_.waiting[0], [](Session& inner, Channel& inner_channel) {
      static_cast<testing::LineSession&>(inner).answer(inner_channel, "answer\n");
    });
  });
  expect_one_line();
}

}  // namespace
}  // namespace hpserver
