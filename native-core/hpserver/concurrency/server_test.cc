#include "hpserver/concurrency/server.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/aio_port.h"
#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/os/testing.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/poll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/poller/sigio_poller.h"
#include "hpserver/poller/uring_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;

// Answers with the thread that processes a line, so a test sees which one executes a step.
class ThreadSession final : public Session {
 public:
  std::size_t on_input(std::string_view input, Channel& channel) override {
    for (std::size_t index = 0; index < input.size(); ++index) {
      if (input[index] == '\n') channel.write(std::to_string(::gettid()) + "\n");
    }
    return input.size();
  }
  void on_end_of_input(Channel&) override {}
  void on_drained(Channel&) override {}
  void on_timeout(Channel&) override {}
  void on_close() override {}
  [[nodiscard]] Phase phase() const override { return Phase::idle; }
};

class ThreadService final : public Service {
 public:
  Session* open() override { return &session_; }
  void close(Session&) override {}
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override {}

 private:
  ThreadSession session_;  // stateless, so one serves all
};

enum class Model {
  single,
  half_sync_half_async,
  sharded,
  half_sync_half_reactive,
  simulated_proactor,
  leader_followers,
};

// In other models, any free thread works on the next request.
bool has_own_loops(Model model) {
  return model == Model::single || model == Model::half_sync_half_async || model == Model::sharded;
}

struct Architecture {
  Model model;
  const char* io_model;
  Result<IoUnit> (*make_io)();
};

class ServerTest : public ::testing::TestWithParam<Architecture> {
 protected:
  static constexpr std::size_t kWorkers = 3;

  template <typename SomeService>
  void start(const std::string& listen = "127.0.0.1:0") {
    create<SomeService>(listen);
    run();
  }

  template <typename SomeService>
  void create(const std::string& listen = "127.0.0.1:0") {
    const ServerParts parts{.make_io = GetParam().make_io,
                            .make_service = [] { return std::make_unique<SomeService>(); }};
    ServerOptions options;
    options.workers = kWorkers;
    options.drain_timeout = drain_timeout_;
    options.limits.deadlines.header_timeout = testing::kHang;
    options.limits.deadlines.handler_timeout = handler_timeout_;
    options.limits.deadlines.half_close = half_close_;
    options.on_notice = [this](const std::string& line) {
      const std::lock_guard lock(told_mutex_);
      told_.push_back(line);
    };
    options.limits.deadlines.linger_timeout = milliseconds(100);  // for clients that don't close
    switch (GetParam().model) {
      case Model::single:
        keep(Single::create(parts, options));
        break;
      case Model::half_sync_half_async:
        keep(HalfSyncHalfAsync::create(parts, options));
        break;
      case Model::sharded:
        keep(Sharded::create(parts, options));
        break;
      case Model::simulated_proactor:
        options.loop_duties = {.read = true, .process = false, .write = true};
        [[fallthrough]];
      case Model::half_sync_half_reactive:
        keep(HalfSyncHalfReactive::create(parts, options));
        break;
      case Model::leader_followers:
        keep(LeaderFollowers::create(parts, options));
        break;
    }
    ASSERT_TRUE(server_->listen(*Address::parse(listen)).ok());
  }

  void run() {
    runner_ = std::thread([this] {
      runner_id_ = ::gettid();
      EXPECT_TRUE(server_->run({}).ok());
    });
  }

  void stop() {
    server_->drain();
    runner_.join();
  }

  [[nodiscard]] Fd connect() const {
    return *connect_and_wait(server_->addresses().front(), testing::kHang);
  }

  static std::string ask(const Fd& client, std::string_view line) {
    EXPECT_TRUE(send(client.get(), line).ok());
    std::string answer;
    while (answer.empty() || answer.back() != '\n') {
      char buffer[4096];
      const auto got = receive(client.get(), buffer);
      if (!got || *got == 0) break;
      answer.append(buffer, *got);
    }
    return answer;
  }

  std::mutex told_mutex_;
  std::vector<std::string> told_;  // written to the log; outlives the server
  std::unique_ptr<Server> server_;
  std::thread runner_;
  std::atomic<int> runner_id_{0};
  milliseconds drain_timeout_{testing::kHang};
  milliseconds handler_timeout_{testing::kHang};
  HalfClose half_close_ = HalfClose::serve;

 private:
  template <typename Created>
  void keep(Created created) {
    ASSERT_TRUE(created.ok());
    server_ = std::move(*created);
  }
};

std::string name_of(const ::testing::TestParamInfo<Architecture>& instance) {
  static constexpr const char* kModels[] = {
      "Single",         "HalfSyncHalfAsync", "Sharded", "HalfSyncHalfReactive", "SimulatedProactor",
      "LeaderFollowers"};
  const std::string model = kModels[static_cast<int>(instance.param.model)];
  return model + instance.param.io_model;
}

struct IoModel {
  const char* name;
  Result<IoUnit> (*make)();
};

constexpr IoModel kEpollEdge{"EpollEdge", make_reactor<EpollPoller, Trigger::edge>};
constexpr IoModel kEpollLevel{"EpollLevel", make_reactor<EpollPoller, Trigger::level>};
constexpr IoModel kEpollOneshot{"EpollOneshot", make_reactor<EpollPoller, Trigger::oneshot>};
constexpr IoModel kSelect{"Select", make_reactor<SelectPoller, Trigger::level>};
constexpr IoModel kSelectOneshot{"SelectOneshot", make_reactor<SelectPoller, Trigger::oneshot>};
constexpr IoModel kPoll{"Poll", make_reactor<PollPoller, Trigger::level>};
constexpr IoModel kPollOneshot{"PollOneshot", make_reactor<PollPoller, Trigger::oneshot>};
constexpr IoModel kSigio{"Sigio", make_reactor<SigioPoller, Trigger::edge>};
constexpr IoModel kSigioOneshot{"SigioOneshot", make_reactor<SigioPoller, Trigger::oneshot>};
constexpr IoModel kUringPoller{"UringPoller", make_reactor<UringPoller, Trigger::edge>};
constexpr IoModel kUringOneshot{"UringOneshot", make_reactor<UringPoller, Trigger::oneshot>};
constexpr IoModel kUring{"Uring", make_proactor<UringPort>};
constexpr IoModel kAio{"Aio", make_proactor<AioPort>};

std::vector<Architecture> architectures() {
  std::vector<Architecture> all;
  const auto add = [&](std::initializer_list<Model> models,
                       std::initializer_list<IoModel> io_models) {
    for (const Model model : models) {
      for (const IoModel& io : io_models) all.push_back({model, io.name, io.make});
    }
  };
#ifndef __SANITIZE_THREAD__
  // glibc's own threads for aio free memory behind the thread sanitizer's back.
  add({Model::single, Model::half_sync_half_async, Model::sharded, Model::simulated_proactor},
      {kAio});
#endif
  add({Model::single, Model::half_sync_half_async, Model::sharded},
      {kEpollEdge, kEpollLevel, kSelect, kPoll, kSigio, kUringPoller, kUring});
  add({Model::half_sync_half_reactive},
      {kEpollOneshot, kSelectOneshot, kPollOneshot, kSigioOneshot, kUringOneshot});
  add({Model::simulated_proactor},
      {kEpollOneshot, kSelectOneshot, kPollOneshot, kSigioOneshot, kUring});
  add({Model::leader_followers}, {kEpollOneshot, kSelectOneshot, kPollOneshot});
  return all;
}

INSTANTIATE_TEST_SUITE_P(Models, ServerTest, ::testing::ValuesIn(architectures()), name_of);

std::ptrdiff_t thread_count() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

// A program may fork before the server runs, as a daemon does.
TEST_P(ServerTest, StartsNoThreadBeforeItRuns) {
  const auto before = thread_count();
  create<testing::LineService>();
  EXPECT_EQ(thread_count(), before);
  run();
  EXPECT_EQ(ask(connect(), "echo a\n"), "a\n");
  stop();
}

// Checklist 44: listen, accept, assign a logic unit.
TEST_P(ServerTest, ServesManyClientsAtOnceAndInTurn) {
  start<testing::LineService>();
  std::vector<Fd> clients;
  for (int index = 0; index < 100; ++index) clients.push_back(connect());
  for (int round = 0; round < 3; ++round) {
    for (std::size_t index = 0; index < clients.size(); ++index) {
      const std::string text = std::to_string(index);
      EXPECT_EQ(ask(clients[index], "echo " + text + "\n"), text + "\n");
    }
  }
  clients.clear();
  stop();
}

// Checklist 55: the thread that processes is what defines the model.
TEST_P(ServerTest, ProcessesOnTheThreadsThatItsModelSays) {
  start<ThreadService>();
  std::vector<Fd> clients;
  std::set<int> threads;
  for (int index = 0; index < 60; ++index) {
    clients.push_back(connect());
    const int thread = std::stoi(ask(clients.back(), "who\n"));
    threads.insert(thread);
    const int again = std::stoi(ask(clients.back(), "who\n"));
    if (has_own_loops(GetParam().model)) {
      EXPECT_EQ(again, thread) << "a connection keeps its loop";
    }
  }
  if (GetParam().model == Model::single) {
    EXPECT_EQ(threads, std::set<int>{runner_id_.load()});
  } else if (GetParam().model == Model::leader_followers) {
    EXPECT_LE(threads.size(), kWorkers) << "the caller's thread is one of them";
  } else {
    EXPECT_EQ(threads.count(runner_id_.load()), 0U);
    EXPECT_LE(threads.size(), kWorkers);
    if (has_own_loops(GetParam().model)) {
      EXPECT_EQ(threads.size(), kWorkers);
    }
  }
  clients.clear();
  stop();
}

// Checklist 1-3: the same over IPv6 and UNIX sockets.
TEST_P(ServerTest, ListensOnEveryFamily) {
  const std::string name = "server_test_" + std::to_string(::getpid());
  const std::string path = "/tmp/" + name + ".sock";
  for (const std::string& listen : {std::string("[::1]:0"), "unix:@" + name, "unix:" + path}) {
    start<testing::LineService>(listen);
    {
      std::vector<Fd> clients;
      for (int index = 0; index < 10; ++index) {
        clients.push_back(connect());
        EXPECT_EQ(ask(clients.back(), "echo hello\n"), "hello\n");
      }
    }
    stop();
  }
  EXPECT_NE(::access(path.c_str(), F_OK), 0) << "the socket's file is removed";
}

// Checklist 6: EADDRINUSE, although the loops of one server may share a port.
// More sockets than some models have acceptors, and fewer than others.
TEST_P(ServerTest, ServesSocketsThatListenAlready) {
  create<testing::LineService>();
  auto sockets = ListeningSockets::bind(Address::loopback_ipv4(0), {}, 2);
  ASSERT_TRUE(sockets.ok());
  const Address address = sockets->address();
  ASSERT_TRUE(server_->listen_with(std::move(*sockets)).ok());
  EXPECT_EQ(server_->addresses().back(), address);
  run();
  // The kernel spreads them over the sockets, so a socket without an acceptor would be noticed.
  std::vector<Fd> clients;
  for (int index = 0; index < 24; ++index) {
    clients.push_back(*connect_and_wait(address, testing::kHang));
    EXPECT_EQ(ask(clients.back(), "echo hello\n"), "hello\n");
  }
  clients.clear();
  stop();
}

// As handed over by systemd. An acceptor that accepts until the backlog is empty would block.
TEST_P(ServerTest, ServesAnInheritedSocketThatBlocks) {
  create<testing::LineService>();
  std::vector<Fd> inherited;
  inherited.push_back(*listen_on(Address::loopback_ipv4(0), {.nonblocking = false}));
  auto sockets = ListeningSockets::inherit(std::move(inherited));
  ASSERT_TRUE(sockets.ok());
  const Address address = sockets->address();
  ASSERT_TRUE(server_->listen_with(std::move(*sockets)).ok());
  run();
  EXPECT_EQ(ask(*connect_and_wait(address, testing::kHang), "echo hello\n"), "hello\n");
  stop();
}

TEST_P(ServerTest, RefusesAnAddressThatAnotherServerListensOn) {
  start<testing::LineService>();
  const ServerParts parts{.make_io = kEpollEdge.make,
                          .make_service = [] { return std::make_unique<testing::LineService>(); }};
  const auto second = Sharded::create(parts, {});
  ASSERT_TRUE(second.ok());
  const auto listening = (*second)->listen(server_->addresses().front());
  ASSERT_FALSE(listening.ok());
  EXPECT_EQ(listening.error().code, EADDRINUSE);
  stop();
}

TEST_P(ServerTest, DrainsWhatIsUnderWayAndThenEnds) {
  start<testing::LineService>();
  const Fd busy = connect();
  const Fd idle = connect();
  EXPECT_EQ(ask(idle, "echo one\n"), "one\n");
  // The answer shows that the partial line after it has arrived, too.
  EXPECT_EQ(ask(busy, "echo one\necho la"), "one\n");
  server_->drain();
  EXPECT_EQ(ask(busy, "st\n"), "last\n");
  runner_.join();
  char byte = 0;
  EXPECT_EQ(*receive(idle.get(), std::span(&byte, 1)), 0U);
}

// Case S1: a session that throws (here because of an invalid count) costs only its own client.
TEST_P(ServerTest, OutlivesASessionThatThrows) {
  start<testing::LineService>();
  const Fd other = connect();
  EXPECT_EQ(ask(other, "echo one\n"), "one\n");
  for (std::size_t time = 0; time < 2 * kWorkers; ++time) EXPECT_EQ(ask(connect(), "big x\n"), "");
  EXPECT_EQ(ask(other, "echo two\n"), "two\n");
  stop();
  const std::lock_guard lock(told_mutex_);
  ASSERT_FALSE(told_.empty());
  EXPECT_EQ(told_.front(), "a connection was closed because its session threw an exception: stoul");
}

TEST_P(ServerTest, EndsWhatNeverAnswers) {
  handler_timeout_ = milliseconds(50);
  start<testing::LineService>();
  const Fd other = connect();
  EXPECT_EQ(ask(other, "echo one\n"), "one\n");
  EXPECT_EQ(ask(connect(), "later\n"), "timeout\n");
  EXPECT_EQ(ask(other, "echo two\n"), "two\n");
  stop();
}

// Case S5: nothing is read while a handler works, so few demultiplexers report a FIN.
TEST_P(ServerTest, TakesAClientThatClosesForGoneIfToldTo) {
  half_close_ = HalfClose::abort;
  start<testing::LineService>();
  const Fd client = connect();
  ASSERT_TRUE(send(client.get(), "later\n").ok());
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  char byte = 0;
  const auto got = receive(client.get(), std::span(&byte, 1));
  EXPECT_TRUE(!got || *got == 0);
  stop();
}

// Checklist 73: signals are events of the loop.
TEST_P(ServerTest, TakesSigtermForADrain) {
  start<testing::LineService>();
  const Fd client = connect();
  EXPECT_EQ(ask(client, "echo one\n"), "one\n");
  ::kill(::getpid(), SIGTERM);
  runner_.join();
}

// C5: `drain` and `end` may come from any thread at any time: first, twice, while connections are
// moving between two loops, and last.
TEST_P(ServerTest, EndsWhileClientsConnect) {
  for (int round = 0; round < 4; ++round) {
    create<testing::LineService>();
    const Address where = server_->addresses().front();
    run();
    constexpr int kConnects = 150;
    std::atomic<int> connected{0};
    std::vector<std::thread> clients;
    for (int index = 0; index < 3; ++index) {
      clients.emplace_back([&] {
        for (int count = 0; count < kConnects && start_connect(where).ok(); ++count) ++connected;
      });
    }
    while (connected < kConnects) std::this_thread::yield();
    server_->end();
    runner_.join();
    for (std::thread& client : clients) client.join();
    server_->end();
    server_->drain();
    server_.reset();
  }
}

// C11: the deadline of a drain is that of the first call.
TEST_P(ServerTest, DrainsUntilItsFirstDeadline) {
  drain_timeout_ = milliseconds(100);
  start<testing::LineService>();
  const Fd busy = connect();
  EXPECT_EQ(ask(busy, "echo one\necho la"), "one\n");
  std::atomic<bool> ended{false};
  std::thread impatient([&] {
    while (!ended) {
      server_->drain();
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  runner_.join();
  ended = true;
  impatient.join();
}

TEST_P(ServerTest, EndsBeforeItHasRun) {
  create<testing::LineService>();
  const Fd early = connect();
  server_->drain();
  server_->end();
  server_->end();
  run();
  runner_.join();
  char byte = 0;
  const auto got = receive(early.get(), std::span(&byte, 1));
  if (got) {
    EXPECT_EQ(*got, 0U);
  }
}

// Checklist 8: without descriptors, one client is closed instead of left hanging, and the loop
// doesn't spin; when descriptors are available again, so is the service.
TEST_P(ServerTest, ShedsWithoutDescriptorsAndComesBack) {
  start<testing::LineService>();
  Fd early = connect();
  EXPECT_EQ(ask(early, "echo early\n"), "early\n");
  const std::size_t count = testing::open_descriptor_count() - 2;  // without its two ends
  early.reset();
  testing::await([count] { return testing::open_descriptor_count() == count; });
  Fd waiting = *stream_socket(AF_INET, Blocking::yes);
  std::vector<Fd> hoard;
  for (Fd fd(::dup(0)); fd; fd.reset(::dup(0))) hoard.push_back(std::move(fd));
  const Address& server = server_->addresses().front();
  ASSERT_EQ(::connect(waiting.get(), server.data(), server.size()), 0);
  char byte = 0;
  EXPECT_LE(::recv(waiting.get(), &byte, 1, 0), 0) << "closed, by FIN or RST";
  hoard.clear();
  {
    const std::lock_guard lock(told_mutex_);
    ASSERT_FALSE(told_.empty()) << "case S7: the log says so";
    EXPECT_TRUE(told_.front().ends_with("Too many open files (EMFILE)")) << told_.front();
  }
  const Fd late = connect();
  EXPECT_EQ(ask(late, "echo late\n"), "late\n");
  stop();
}

}  // namespace
}  // namespace hpserver
