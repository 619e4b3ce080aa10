#include "hpserver/concurrency/half_sync_half_reactive.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <latch>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/connection/channel.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

namespace hpserver {
namespace {

// "wait" blocks its worker until the test releases it, "abort" closes its connection in the middle
// of an answer; every other line is echoed.
class WaitingSession final : public Session {
 public:
  WaitingSession(std::latch& busy, std::latch& gate) : busy_(busy), gate_(gate) {}

  std::size_t on_input(std::string_view input, Channel& channel) override {
    if (input == "wait\n") {
      busy_.count_down();
      gate_.wait();
    }
    channel.write(input);
    if (input == "abort\n") channel.abort();
    return input.size();
  }
  void on_end_of_input(Channel&) override {}
  void on_drained(Channel&) override {}
  void on_timeout(Channel&) override {}
  void on_close() override {}
  [[nodiscard]] Phase phase() const override { return Phase::idle; }

 private:
  std::latch& busy_;
  std::latch& gate_;
};

class WaitingService final : public Service {
 public:
  WaitingService(std::latch& busy, std::latch& gate) : session_(busy, gate) {}
  Session* open() override { return &session_; }
  void close(Session&) override {}
  [[nodiscard]] std::string_view refusal() const override { return "full\n"; }
  void drain() override {}

 private:
  WaitingSession session_;  // stateless, so one serves all
};

std::string hear_line(const Fd& client) {
  std::string line;
  char byte = 0;
  while (line.empty() || line.back() != '\n') {
    const auto got = receive(client.get(), std::span(&byte, 1));
    if (!got || *got == 0) break;
    line.push_back(byte);
  }
  return line;
}

// Checklist 46: one worker is busy and the queue has one place: later clients are refused, and none
// gets stuck.
TEST(HalfSyncHalfReactive, RefusesWhatTheQueueHasNoPlaceFor) {
  std::latch busy(1);
  std::latch gate(1);
  const ServerParts parts{.make_io = make_reactor<EpollPoller, Trigger::edge>, .make_service = [&] {
                            return std::make_unique<WaitingService>(busy, gate);
                          }};
  ServerOptions options;
  options.workers = 1;
  options.queue_capacity = 1;
  options.handle_signals = false;
  auto server = std::move(*HalfSyncHalfReactive::create(parts, options));
  ASSERT_TRUE(server->listen(*Address::parse("127.0.0.1:0")).ok());
  std::thread runner([&] { EXPECT_TRUE(server->run({}).ok()); });
  std::vector<Fd> clients;
  for (int index = 0; index < 8; ++index) {
    clients.push_back(*connect_and_wait(server->addresses().front(), testing::kHang));
  }
  ASSERT_TRUE(send(clients[0].get(), "wait\n").ok());
  busy.wait();
  for (std::size_t index = 1; index < clients.size(); ++index) {
    ASSERT_TRUE(send(clients[index].get(), "echo\n").ok());
  }
  // One client has the place in the queue; the others are refused while the worker is still busy.
  const auto is_told = [](const Fd& client) { return testing::look(client.get(), POLLIN) != 0; };
  testing::await([&] { return std::ranges::count_if(clients, is_told) == 6; });
  gate.count_down();
  EXPECT_EQ(hear_line(clients[0]), "wait\n");
  std::multiset<std::string> heard;
  for (std::size_t index = 1; index < clients.size(); ++index) {
    heard.insert(hear_line(clients[index]));
  }
  EXPECT_EQ(heard.count("full\n"), 6U);
  EXPECT_EQ(heard.count("echo\n"), 1U);
  const Fd late = *connect_and_wait(server->addresses().front(), testing::kHang);
  ASSERT_TRUE(send(late.get(), "late\n").ok());
  EXPECT_EQ(hear_line(late), "late\n");
  server->drain();
  runner.join();
}

// What a closed connection leaves in its worker's workspace must not affect the next one.
TEST(HalfSyncHalfReactive, ServesOthersAfterAnAnswerWasBrokenOff) {
  std::latch none(0);
  const ServerParts parts{.make_io = make_reactor<EpollPoller, Trigger::edge>, .make_service = [&] {
                            return std::make_unique<WaitingService>(none, none);
                          }};
  ServerOptions options;
  options.workers = 1;
  options.handle_signals = false;
  auto server = std::move(*HalfSyncHalfReactive::create(parts, options));
  ASSERT_TRUE(server->listen(*Address::parse("127.0.0.1:0")).ok());
  std::thread runner([&] { EXPECT_TRUE(server->run({}).ok()); });
  for (const std::string line : {"abort\n", "echo\n", "abort\n", "echo\n"}) {
    const Fd client = *connect_and_wait(server->addresses().front(), testing::kHang);
    ASSERT_TRUE(send(client.get(), line).ok());
    EXPECT_EQ(hear_line(client), line == "abort\n" ? "" : line);
  }
  server->drain();
  runner.join();
}

}  // namespace
}  // namespace hpserver
