#include "hpserver/connection/service_set.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

namespace hpserver {
namespace {

// Answers each byte with its own letter. The session finds the service through its channel.
class LetterService final : public Service {
 public:
  explicit LetterService(char letter) : letter_(letter) {}

  Session* open() override { return std::make_unique<LetterSession>().release(); }
  void close(Session& session) override { const std::unique_ptr<Session> ended(&session); }
  [[nodiscard]] std::string_view refusal() const override { return {&letter_, 1}; }
  void drain() override {}

 private:
  class LetterSession final : public Session {
   public:
    std::size_t on_input(std::string_view input, Channel& channel) override {
      const auto& service = static_cast<LetterService&>(channel.service());
      channel.write(std::string(input.size(), service.letter_));
      return input.size();
    }
    void on_end_of_input(Channel&) override {}
    void on_drained(Channel&) override {}
    void on_timeout(Channel&) override {}
    void on_close() override {}
    [[nodiscard]] Phase phase() const override { return Phase::idle; }
  };

  char letter_;
};

class ServiceSetTest : public ::testing::Test {
 protected:
  ServerParts parts() {
    return {.make_io = make_reactor<EpollPoller, Trigger::oneshot>, .make_service = [this] {
              std::vector<std::unique_ptr<Service>> services;
              for (const char letter : {'a', 'b', 'c'}) {
                services.push_back(std::make_unique<LetterService>(letter));
              }
              return std::make_unique<ServiceSet>(addresses_, std::move(services));
            }};
  }

  static std::string ask(const Address& address) {
    const Fd client = *connect_and_wait(address, testing::kHang);
    EXPECT_TRUE(send(client.get(), "x").ok());
    char answer = '?';
    EXPECT_TRUE(receive(client.get(), {&answer, 1}).ok());
    return {answer};
  }

  ServicesByAddress addresses_;
};

TEST_F(ServiceSetTest, AnswersByTheAddressInEveryModel) {
  ServerOptions options;
  options.workers = 2;
  auto edge = parts();
  edge.make_io = make_reactor<EpollPoller, Trigger::edge>;
  std::vector<std::unique_ptr<Server>> servers;
  servers.push_back(std::move(*Single::create(edge, options)));
  servers.push_back(std::move(*HalfSyncHalfAsync::create(edge, options)));
  servers.push_back(std::move(*Sharded::create(edge, options)));
  servers.push_back(std::move(*HalfSyncHalfReactive::create(parts(), options)));
  servers.push_back(std::move(*LeaderFollowers::create(parts(), options)));
  for (const auto& server : servers) {
    addresses_ = {};
    const std::vector<std::string> listens{"127.0.0.1:0", "127.0.0.1:0", "*:0",
                                           "unix:@service-set" + std::to_string(::getpid())};
    for (const auto& text : listens) ASSERT_TRUE(server->listen(*Address::parse(text)).ok());
    const auto at = server->addresses();
    addresses_.assign(at[1], 1);
    addresses_.assign(at[2], 2);
    addresses_.assign(at[3], 1);
    std::thread runner([&] { EXPECT_TRUE(server->run({}).ok()); });
    EXPECT_EQ(ask(at[0]), "a");
    EXPECT_EQ(ask(at[1]), "b");
    EXPECT_EQ(ask(Address::loopback_ipv4(at[2].port())), "c");
    EXPECT_EQ(ask(at[3]), "b");
    server->drain();
    runner.join();
  }
}

TEST_F(ServiceSetTest, RefusesInTheWordsOfTheProtocol) {
  ServerOptions options;
  options.limits.max_connections = 1;
  auto edge = parts();
  edge.make_io = make_reactor<EpollPoller, Trigger::edge>;
  const auto server = std::move(*Single::create(edge, options));
  for (int listens = 0; listens < 2; ++listens) {
    ASSERT_TRUE(server->listen(Address::loopback_ipv4(0)).ok());
  }
  const auto at = server->addresses();
  addresses_.assign(at[1], 1);
  std::thread runner([&] { EXPECT_TRUE(server->run({}).ok()); });
  const Fd first = *connect_and_wait(at[0], testing::kHang);
  ASSERT_TRUE(send(first.get(), "x").ok());
  char letter = '?';
  ASSERT_TRUE(receive(first.get(), {&letter, 1}).ok());
  const Fd second = *connect_and_wait(at[1], testing::kHang);
  ASSERT_TRUE(receive(second.get(), {&letter, 1}).ok());
  EXPECT_EQ(letter, 'b');
  server->drain();
  runner.join();
}

TEST_F(ServiceSetTest, GivesTheFirstOneToWhomItDoesNotKnow) {
  EXPECT_EQ(addresses_.index_for(-1), 0);
  const auto set = parts().make_service();
  EXPECT_EQ(set->number_for(-1), 1);
  EXPECT_EQ(set->refusal(), "a");
  EXPECT_EQ(set->numbered(3).refusal(), "c");
}

}  // namespace
}  // namespace hpserver
