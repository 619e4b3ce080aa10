#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_async_processes.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/os/pipe.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/poll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/poller/sigio_poller.h"
#include "hpserver/poller/uring_poller.h"
#include "hpserver/proxy/tunnel_service.h"
#include "hpserver/socket/listen.h"
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

  Running(MakeServer make, const ServerParts& parts, const ServerOptions& options,
          const Address& address = Address::loopback_ipv4(0))
      : server_(make(parts, options)) {
    must(server_->listen(address));
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

// Tested in one architecture only: none of them takes part in choosing an upstream.
class FailingUpstreamsTest : public ::testing::Test {
 protected:
  static constexpr int kUpstreams = 3;

  FailingUpstreamsTest() {
    must(ignore_sigpipe());
    for (int index = 0; index < kUpstreams; ++index) {
      upstreams_.push_back(start_upstream(Address::loopback_ipv4(0)));
      addresses_.push_back(upstreams_.back()->address());
    }
  }

  static std::unique_ptr<Running> start_upstream(const Address& address) {
    ServerOptions options;
    options.drain_timeout = milliseconds(1);
    return std::make_unique<Running>(
        testing::make_model<Single>,
        ServerParts{.make_io = make_reactor<EpollPoller, Trigger::level>,
                    .make_service = [] { return std::make_unique<testing::LineService>(); }},
        options, address);
  }

  std::unique_ptr<Running> start_proxy() {
    ServerOptions options;
    options.workers = 2;
    options.drain_timeout = milliseconds(1);
    return std::make_unique<Running>(
        testing::make_model<Sharded>,
        ServerParts{.make_io = make_reactor<EpollPoller, Trigger::level>,
                    .make_service =
                        [this] {
                          return std::make_unique<TunnelService>(
                              addresses_,
                              TunnelOptions{.group = {.first_ejection = milliseconds(20),
                                                      .max_ejection = milliseconds(20)}});
                        }},
        options);
  }

  // Connects `clients` clients, one after the other. Returns how many got no answer.
  static int failures(const Running& proxy, int clients) {
    int count = 0;
    for (int index = 0; index < clients; ++index) {
      const Fd client = proxy.connect();
      static_cast<void>(send(client.get(), "echo a\n"));
      char answer[8];
      const auto got = receive(client.get(), answer);
      if (!got.ok() || *got == 0) ++count;
    }
    return count;
  }

  std::vector<std::unique_ptr<Running>> upstreams_;
  std::vector<Address> addresses_;
};

TEST_F(FailingUpstreamsTest, FailNoClientAsLongAsOneIsLeft) {
  const auto proxy = start_proxy();
  EXPECT_EQ(failures(*proxy, 30), 0);
  upstreams_[1].reset();
  EXPECT_EQ(failures(*proxy, 60), 0);
  upstreams_[0].reset();
  EXPECT_EQ(failures(*proxy, 60), 0);
}

TEST_F(FailingUpstreamsTest, ServeAgainAsSoonAsOneIsBack) {
  const auto proxy = start_proxy();
  upstreams_.clear();
  EXPECT_EQ(failures(*proxy, 20), 20) << "none is left, and none waits";
  upstreams_.push_back(start_upstream(addresses_[2]));
  testing::await([&] { return failures(*proxy, 1) == 0; });
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_EQ(failures(*proxy, 30), 0);
}

// Each worker process connects to the upstreams itself.
TEST(TunnelProcesses, CarryClientsAndEndWithTheirServer) {
  must(ignore_sigpipe());
  for (const auto make_server :
       {testing::make_model<ShardedProcesses>, testing::make_model<HalfSyncHalfAsyncProcesses>}) {
    Pipe report = must(create_pipe({.nonblocking = false}));
    const Fd upstream = must(listen_on(Address::loopback_ipv4(0)));
    const Address upstream_address = must(Address::local_of(upstream.get()));
    const pid_t host = ::fork();
    if (host == 0) {
      ServerOptions options;
      options.workers = 2;
      options.drain_timeout = milliseconds(100);
      const auto server = make_server({.make_io = make_reactor<EpollPoller, Trigger::level>,
                                       .make_service =
                                           [&] {
                                             return std::make_unique<TunnelService>(
                                                 std::vector{upstream_address}, TunnelOptions{});
                                           }},
                                      options);
      if (server == nullptr || !server->listen(Address::loopback_ipv4(0))) ::_exit(2);
      const std::string text = server->addresses().front().to_string() + "\n";
      if (::write(report.write_end.get(), text.data(), text.size()) < 0) ::_exit(3);
      ::_exit(server->run({}) ? 0 : 1);
    }
    report.write_end.reset();
    std::string said;
    for (char byte = 0; ::read(report.read_end.get(), &byte, 1) == 1 && byte != '\n';) said += byte;
    const Address address = must(Address::parse(said));
    std::vector<std::pair<Fd, Fd>> tunnels;
    for (int count = 0; count < 8; ++count) {
      Fd client = must(connect_and_wait(address, testing::kHang));
      testing::await_events(upstream.get(), POLLIN);
      Fd server = must(accept_one(upstream.get())).fd;
      must(send(client.get(), "there"));
      EXPECT_EQ(testing::receive_text(server.get()), "there");
      must(send(server.get(), "back"));
      EXPECT_EQ(testing::receive_text(client.get()), "back");
      tunnels.emplace_back(std::move(client), std::move(server));
    }
    ::kill(host, SIGTERM);
    for (const auto& [client, server] : tunnels) {
      EXPECT_EQ(testing::receive_all(client.get()), "") << "cut off at the drain's deadline";
    }
    int status = 0;
    EXPECT_EQ(::waitpid(host, &status, 0), host);
    EXPECT_EQ(status, 0);
  }
}

}  // namespace
}  // namespace hpserver::proxy
