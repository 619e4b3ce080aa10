#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_async_processes.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/prethreaded.h"
#include "hpserver/concurrency/process_per_connection.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/concurrency/thread_per_connection.h"
#include "hpserver/metrics/metrics.h"
#include "hpserver/metrics/metrics_sum.h"
#include "hpserver/os/reap.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

// What a whole server counts, in each model. The server runs in a process of its own; the test adds
// up what it has left in memory that both share.
namespace hpserver {
namespace {

using std::chrono::milliseconds;
using MakeServer =
    std::function<Result<std::unique_ptr<Server>>(const ServerParts&, const ServerOptions&)>;

template <typename Model>
Result<std::unique_ptr<Server>> make_server(const ServerParts& parts,
                                            const ServerOptions& options) {
  auto server = Model::create(parts, options);
  if (!server) return server.error();
  return std::unique_ptr<Server>(std::move(*server));
}

struct CountedModel {
  const char* name;
  Result<IoUnit> (*make_io)();
  MakeServer make;
  bool has_queue = false;
};

constexpr auto kEdge = make_reactor<EpollPoller, Trigger::edge>;
constexpr auto kOneshot = make_reactor<EpollPoller, Trigger::oneshot>;

std::vector<CountedModel> models() {
  return {
      {"Single", kEdge, make_server<Single>},
      {"SingleUring", make_proactor<UringPort>, make_server<Single>},
      {"HalfSyncHalfAsync", kEdge, make_server<HalfSyncHalfAsync>},
      {"Sharded", kEdge, make_server<Sharded>},
      {"HalfSyncHalfReactive", kOneshot, make_server<HalfSyncHalfReactive>, true},
      {"LeaderFollowers", kOneshot, make_server<LeaderFollowers>},
      {"Prethreaded", make_blocking, make_server<Prethreaded>},
      {"ThreadPerConnection", make_blocking, make_server<ThreadPerConnection>},
      {"HalfSyncHalfAsyncProcesses", kEdge, make_server<HalfSyncHalfAsyncProcesses>},
      {"ShardedProcesses", kEdge, make_server<ShardedProcesses>},
      {"ProcessPerConnection", make_blocking, make_server<ProcessPerConnection>},
  };
}

std::unique_ptr<Service> make_http() {
  auto router = std::make_shared<http::Router>();
  router->get("/hello/:name",
              [](http::Request&, http::Response& response) { response.send("hello\n"); });
  return std::make_unique<http::HttpService>(std::move(router));
}

class CountedServerTest : public ::testing::TestWithParam<CountedModel> {
 protected:
  static constexpr std::size_t kWorkers = 4;

  void start(milliseconds drain_delay = milliseconds{0}) {
    metrics_ = *Metrics::create({.executors = kWorkers + 1, .writers = Writers::many});
    auto sockets = ListeningSockets::bind(Address::loopback_ipv4(0), {}, 1);
    ASSERT_TRUE(sockets.ok());
    address_ = sockets->address();
    server_ = ::fork();
    if (server_ == 0) ::_exit(serve(std::move(*sockets), drain_delay));
  }

  int serve(ListeningSockets sockets, milliseconds drain_delay) {
    ServerOptions options;
    options.workers = kWorkers;
    options.meters = metrics_;
    options.drain_delay = drain_delay;
    const auto server =
        GetParam().make({.make_io = GetParam().make_io, .make_service = make_http}, options);
    if (!server || !(*server)->listen_with(std::move(sockets))) return 2;
    return (*server)->run({}) ? 0 : 1;
  }

  [[nodiscard]] int stop() {
    ::kill(server_, SIGTERM);
    const auto ended = await_exit(server_);
    return ended ? ended->status : -1;
  }

  [[nodiscard]] Fd connect() const { return *connect_and_wait(address_, testing::kHang); }

  static std::string ask(const Fd& client, std::string_view target) {
    const std::string request = "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_TRUE(send(client.get(), request).ok());
    std::array<char, 4096> answer;
    const auto got = receive(client.get(), answer);
    return got ? std::string(answer.data(), *got) : "";
  }

  [[nodiscard]] MetricsSum sum() const { return MetricsSum::of(*metrics_); }
  // What follows an answer may be counted slightly after the client has received the answer.
  template <typename Condition>
  void await(Condition is_met) const {
    while (!is_met(sum())) std::this_thread::sleep_for(milliseconds{1});
  }

  std::shared_ptr<Metrics> metrics_;
  Address address_ = Address::loopback_ipv4(0);
  pid_t server_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Models, CountedServerTest, ::testing::ValuesIn(models()),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST_P(CountedServerTest, CountsWhatItsClientsHaveDone) {
  start();
  std::uint64_t received = 0;
  {
    std::vector<Fd> clients;
    for (int client = 0; client < 3; ++client) clients.push_back(connect());
    for (int round = 0; round < 5; ++round) {
      for (const Fd& client : clients) {
        received += ask(client, "/hello/" + std::to_string(round)).size();
        received += ask(client, "/nothing").size();
      }
    }
    await([](const MetricsSum& now) { return now.all.request_count == 30; });
    await([&](const MetricsSum& now) { return now.all.sent_bytes == received; });
    EXPECT_EQ(sum().all.open_count(), 3U);
    EXPECT_EQ(sum().count_of(Meter::Event::connection_accepted), 3U);
  }
  await([](const MetricsSum& now) { return now.all.open_count() == 0; });
  const MetricsSum all = sum();
  ASSERT_EQ(all.exchanges.size(), 2U);
  EXPECT_EQ(all.exchanges[0].route, "");
  EXPECT_EQ(all.exchanges[0].status, 404);
  EXPECT_EQ(all.exchanges[0].durations.count(), 15U);
  EXPECT_EQ(all.exchanges[1].route, "/hello/:name");
  EXPECT_EQ(all.exchanges[1].method, "GET");
  EXPECT_EQ(all.exchanges[1].status, 200);
  EXPECT_EQ(all.exchanges[1].durations.count(), 15U);
  EXPECT_GT(all.all.received_bytes, 30U * 30U);
  EXPECT_EQ(all.has_queue, GetParam().has_queue);
  if (all.has_queue) {
    EXPECT_EQ(all.queue_depth, 0U);
    EXPECT_GE(all.queue_waits.count(), 30U);
  }
  EXPECT_EQ(stop(), 0);
}

// Whatever sends clients here learns of the shutdown before any client is refused.
TEST_P(CountedServerTest, GoesOnServingUntilItsDelayIsOver) {
  start(testing::kHang);
  Fd before = connect();
  EXPECT_TRUE(ask(before, "/hello/a").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(metrics_->is_ready());
  ::kill(server_, SIGTERM);
  while (metrics_->is_ready()) std::this_thread::sleep_for(milliseconds{1});
  EXPECT_TRUE(ask(connect(), "/hello/b").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(ask(before, "/hello/c").find("Connection: close"), std::string::npos);
  before.reset();
  EXPECT_EQ(stop(), 0) << "a second signal ends the delay too";
}

TEST_P(CountedServerTest, DrainsWhenItsDelayIsOver) {
  start(milliseconds{1});
  EXPECT_TRUE(ask(connect(), "/hello/a").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(stop(), 0);
  EXPECT_FALSE(metrics_->is_ready());
}

}  // namespace
}  // namespace hpserver
