#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_async_processes.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/leading_accept_processes.h"
#include "hpserver/concurrency/prethreaded.h"
#include "hpserver/concurrency/process_per_connection.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/concurrency/thread_per_connection.h"
#include "hpserver/connection/peer/address_limit.h"
#include "hpserver/os/pipe.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

using MakeServer = Result<std::unique_ptr<Server>> (*)(const ServerParts&, const ServerOptions&);

template <typename Model>
Result<std::unique_ptr<Server>> make(const ServerParts& parts, const ServerOptions& options) {
  auto server = Model::create(parts, options);
  if (!server) return server.error();
  return std::unique_ptr<Server>(std::move(*server));
}

struct Architecture {
  const char* name;
  MakeServer make_server;
  Result<IoUnit> (*make_io)();
};

constexpr std::size_t kMost = 3;
// Enough for models with an executor for each connection.
constexpr std::size_t kWorkers = 2 * kMost;

// The server is a separate process, which may fork.
class PeerLimitTest : public ::testing::TestWithParam<Architecture> {
 protected:
  PeerLimitTest() {
    Pipe report = must(create_pipe({.nonblocking = false}));
    host_ = ::fork();
    if (host_ == 0) run_server(report.write_end.get());
    report_ = std::move(report.read_end);
    report.write_end.reset();
    address_ = must(Address::parse(read_line()));
  }
  ~PeerLimitTest() override {
    ::kill(host_, SIGKILL);
    ::waitpid(host_, nullptr, 0);
  }

  [[noreturn]] void run_server(int report_fd) const {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // must not outlive a failing test
    const auto tell = [report_fd](const std::string& line) {
      const std::string text = line + "\n";
      static_cast<void>(!::write(report_fd, text.data(), text.size()));
    };
    ServerOptions options;
    options.workers = kWorkers;
    options.limits.max_connections = 1000;
    options.limits.peer_limit = std::make_shared<AddressLimit>(kMost);
    options.on_notice = tell;
    const ServerParts parts{.make_io = GetParam().make_io, .make_service = [] {
                              return std::make_unique<testing::LineService>();
                            }};
    auto server = GetParam().make_server(parts, options);
    if (!server || !(*server)->listen(Address::loopback_ipv4(0))) ::_exit(2);
    tell((*server)->addresses().front().to_string());
    ::_exit((*server)->run({}) ? 0 : 1);
  }

  std::string read_line() {
    std::string line;
    char byte = 0;
    while (::read(report_.get(), &byte, 1) == 1 && byte != '\n') line += byte;
    return line;
  }

  [[nodiscard]] Fd connect_from(const std::string& host) const {
    Fd client = must(stream_socket(AF_INET, Blocking::yes));
    must(bind_to(client.get(), must(Address::parse(host + ":0"))));
    EXPECT_EQ(::connect(client.get(), address_.data(), address_.size()), 0);
    return client;
  }
  // "hello", or the reply to a refused client.
  [[nodiscard]] static std::string ask(const Fd& client) {
    if (!send(client.get(), "echo hello\n")) return {};
    char buffer[64];
    const auto got = receive(client.get(), buffer);
    return got ? std::string(buffer, *got) : std::string();
  }
  [[nodiscard]] std::vector<Fd> take_all(const std::string& host) const {
    std::vector<Fd> clients;
    while (clients.size() < kMost) {
      Fd client = connect_from(host);
      if (ask(client) == "hello\n") clients.push_back(std::move(client));
    }
    return clients;
  }
  // Waits until the server has noticed that one of the host's clients has disconnected.
  void await_place(const std::string& host) const {
    testing::await([&] { return ask(connect_from(host)) == "hello\n"; });
  }

  [[nodiscard]] std::vector<pid_t> workers() const {
    const std::string pid = std::to_string(host_);
    std::ifstream list("/proc/" + pid + "/task/" + pid + "/children");
    return {std::istream_iterator<pid_t>(list), {}};
  }

  Fd report_;
  Address address_;
  pid_t host_ = 0;
};

constexpr auto kEpoll = make_reactor<EpollPoller, Trigger::edge>;
constexpr auto kOneshot = make_reactor<EpollPoller, Trigger::oneshot>;

std::string name_of(const ::testing::TestParamInfo<Architecture>& instance) {
  return instance.param.name;
}

constexpr Architecture kForkers[] = {
    {"ProcessPerConnection", make<ProcessPerConnection>, make_blocking},
    {"ShardedProcesses", make<ShardedProcesses>, kEpoll},
    {"HalfSyncHalfAsyncProcesses", make<HalfSyncHalfAsyncProcesses>, kEpoll},
    {"LeadingAcceptProcesses", make<LeadingAcceptProcesses>, make_blocking},
};

INSTANTIATE_TEST_SUITE_P(
    Threads, PeerLimitTest,
    ::testing::Values(Architecture{"Single", make<Single>, kEpoll},
                      Architecture{"Sharded", make<Sharded>, kEpoll},
                      Architecture{"HalfSyncHalfAsync", make<HalfSyncHalfAsync>, kEpoll},
                      Architecture{"HalfSyncHalfReactive", make<HalfSyncHalfReactive>, kOneshot},
                      Architecture{"LeaderFollowers", make<LeaderFollowers>, kOneshot},
                      Architecture{"Prethreaded", make<Prethreaded>, make_blocking},
                      Architecture{"ThreadPerConnection", make<ThreadPerConnection>,
                                   make_blocking}),
    name_of);
INSTANTIATE_TEST_SUITE_P(Processes, PeerLimitTest, ::testing::ValuesIn(kForkers), name_of);

TEST_P(PeerLimitTest, RefusesTheOneTooManyOfAnAddressAndServesTheOthers) {
  std::vector<Fd> clients = take_all("127.0.0.2");
  const Fd refused = connect_from("127.0.0.2");
  EXPECT_EQ(testing::receive_all(refused.get()), "full\n");
  EXPECT_EQ(read_line(),
            "a connection was refused: 127.0.0.2 already has as many connections as one address "
            "may have");
  EXPECT_EQ(ask(connect_from("127.0.0.3")), "hello\n");
  for (const Fd& client : clients) EXPECT_EQ(ask(client), "hello\n");
  clients.pop_back();
  await_place("127.0.0.2");
}

class PeerLimitOfProcessesTest : public PeerLimitTest {};

INSTANTIATE_TEST_SUITE_P(Processes, PeerLimitOfProcessesTest, ::testing::ValuesIn(kForkers),
                         name_of);

TEST_P(PeerLimitOfProcessesTest, GivesBackWhatAKilledWorkerHad) {
  const std::vector<Fd> clients = take_all("127.0.0.2");
  for (const pid_t worker : workers()) ::kill(worker, SIGKILL);
  await_place("127.0.0.2");
  static_cast<void>(take_all("127.0.0.2"));
}

}  // namespace
}  // namespace hpserver
