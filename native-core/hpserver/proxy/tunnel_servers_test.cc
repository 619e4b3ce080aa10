#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/poll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/poller/sigio_poller.h"
#include "hpserver/poller/uring_poller.h"
#include "hpserver/proxy/tunnel_service.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/concurrency/models.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

// Tunnels in every architecture whose loops don't block.
namespace hpserver::proxy {
namespace {

using std::chrono::milliseconds;
using testing::must;

// A server that runs on a thread of its own until it has drained.
class Running {
 public:
  using MakeServer = std::unique_ptr<Server> (*)(const ServerParts&, const ServerOptions&);

  Running(MakeServer make, const ServerParts& parts, const ServerOptions& options)
      : server_(make(parts, options)) {
    must(server_->listen(Address::loopback_ipv4(0)));
    runner_ = std::thread([this] { must(server_->run({})); });
  }
  ~Running() { stop(); }

  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void drain() { server_->drain(); }
  void stop() {
    server_->drain();
    if (runner_.joinable()) runner_.join();
  }
  [[nodiscard]] const Address& address() const { return server_->addresses().front(); }
  [[nodiscard]] Fd connect() const { return must(connect_and_wait(address(), testing::kHang)); }

 private:
  std::unique_ptr<Server> server_;
  std::thread runner_;
};

struct Architecture {
  std::string name;
  Running::MakeServer make_server;
  Result<IoUnit> (*make_io)();
};

std::vector<Architecture> architectures() {
  std::vector<Architecture> all;
  const std::pair<const char*, Running::MakeServer> models[] = {
      {"Single", testing::make_model<Single>},
      {"HalfSyncHalfAsync", testing::make_model<HalfSyncHalfAsync>},
      {"Sharded", testing::make_model<Sharded>},
  };
  const std::pair<const char*, Result<IoUnit> (*)()> io_models[] = {
      {"EpollEdge", make_reactor<EpollPoller, Trigger::edge>},
      {"EpollLevel", make_reactor<EpollPoller, Trigger::level>},
      {"Select", make_reactor<SelectPoller, Trigger::level>},
      {"Poll", make_reactor<PollPoller, Trigger::level>},
      {"Sigio", make_reactor<SigioPoller, Trigger::edge>},
      {"UringPoller", make_reactor<UringPoller, Trigger::edge>},
      {"Uring", make_proactor<UringPort>},
  };
  for (const auto& [model, make_server] : models) {
    for (const auto& [io, make_io] : io_models) {
      all.push_back({std::string(model) + io, make_server, make_io});
    }
  }
  return all;
}

class TunnelServersTest : public ::testing::TestWithParam<Architecture> {
 protected:
  TunnelServersTest() { must(ignore_sigpipe()); }

  ServerParts parts() {
    return {.make_io = GetParam().make_io, .make_service = [this] {
              return std::make_unique<TunnelService>(std::vector{upstream_.address()},
                                                     tunnel_options_);
            }};
  }

  Running start() { return {GetParam().make_server, parts(), options_}; }

  static std::string ask(const Fd& client, const std::string& line) {
    must(send(client.get(), line));
    std::string answer;
    while (answer.empty() || answer.back() != '\n') {
      const auto part = testing::receive_text(client.get());
      if (part.empty()) break;
      answer += part;
    }
    return answer;
  }

  static ServerOptions two_workers() {
    ServerOptions options;
    options.workers = 2;
    options.drain_timeout = milliseconds(100);
    return options;
  }

  ServerOptions options_ = two_workers();
  TunnelOptions tunnel_options_;
  Running upstream_{testing::make_model<Single>,
                    {.make_io = make_reactor<EpollPoller, Trigger::level>,
                     .make_service = [] { return std::make_unique<testing::LineService>(); }},
                    two_workers()};
};

INSTANTIATE_TEST_SUITE_P(Architectures, TunnelServersTest, ::testing::ValuesIn(architectures()),
                         [](const ::testing::TestParamInfo<Architecture>& instance) {
                           return instance.param.name;
                         });

TEST_P(TunnelServersTest, CarryManyClientsAtOnceAndInTurn) {
  const Running proxy = start();
  std::vector<Fd> clients;
  for (int index = 0; index < 50; ++index) clients.push_back(proxy.connect());
  for (int round = 0; round < 3; ++round) {
    for (std::size_t index = 0; index < clients.size(); ++index) {
      const std::string text = std::to_string(index) + "\n";
      EXPECT_EQ(ask(clients[index], "echo " + text), text);
    }
  }
}

// Copied at first, then spliced.
TEST_P(TunnelServersTest, LoseNoByteOfABulkyAnswer) {
  const Running proxy = start();
  const Fd client = proxy.connect();
  must(send(client.get(), "big 3000000\nlast\n"));
  const std::string answer = testing::receive_all(client.get());
  EXPECT_EQ(answer.size(), 3'000'000U + std::string("bye\n").size());
  EXPECT_EQ(answer.find_first_not_of('x'), 3'000'000U);
}

TEST_P(TunnelServersTest, CloseTheOneTooManyAndTakeTheNextWhenOneHasGone) {
  options_.limits.max_connections = 2;
  const Running proxy = start();
  Fd first = proxy.connect();
  const Fd second = proxy.connect();
  EXPECT_EQ(ask(first, "echo a\n"), "a\n");
  EXPECT_EQ(ask(second, "echo b\n"), "b\n");
  const Fd third = proxy.connect();
  EXPECT_EQ(testing::receive_all(third.get()), "") << "closed without a word";
  first.reset();
  testing::await([&] {
    const Fd next = proxy.connect();
    static_cast<void>(send(next.get(), "echo c\n"));
    char answer[8];
    const auto got = receive(next.get(), answer);
    return got.ok() && *got > 0;
  });
}

// A tunnel has no end that a server could wait for.
TEST_P(TunnelServersTest, KeepTheirTunnelsUntilTheDrainsDeadline) {
  Running proxy = start();
  const Fd client = proxy.connect();
  EXPECT_EQ(ask(client, "echo a\n"), "a\n");
  proxy.drain();
  EXPECT_EQ(ask(client, "echo still\n"), "still\n");
  EXPECT_EQ(testing::receive_all(client.get()), "") << "cut off at the deadline";
  proxy.stop();
}

}  // namespace
}  // namespace hpserver::proxy
