#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/aio_port.h"
#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_async_processes.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/connection/channel.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/reap.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/poll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/poller/sigio_poller.h"
#include "hpserver/poller/uring_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;

// Answers "who" with its process id; "slow" likewise, but later; never answers "wait".
class ProcessSession final : public Session {
 public:
  std::size_t on_input(std::string_view input, Channel& channel) override {
    const std::size_t end = input.find('\n');
    if (end == std::string_view::npos || waits_) return 0;
    const std::string_view line = input.substr(0, end);
    if (line == "wait") {
      waits_ = true;
      channel.pause_input();
      return end + 1;
    }
    if (line == "slow") std::this_thread::sleep_for(milliseconds(200));
    channel.write(std::to_string(::getpid()) + "\n");
    return end + 1;
  }
  void on_end_of_input(Channel&) override {}
  void on_drained(Channel&) override {}
  void on_timeout(Channel&) override {}
  void on_close() override {}
  [[nodiscard]] Phase phase() const override { return waits_ ? Phase::respond : Phase::idle; }

 private:
  bool waits_ = false;
};

class ProcessService final : public Service {
 public:
  Session* open() override {
    sessions_.push_back(std::make_unique<ProcessSession>());
    return sessions_.back().get();
  }
  void close(Session& session) override {
    std::erase_if(sessions_, [&](const auto& own) { return own.get() == &session; });
  }
  [[nodiscard]] std::string_view refusal() const override { return "full\n"; }
  void drain() override {}

 private:
  std::vector<std::unique_ptr<ProcessSession>> sessions_;
};

enum class Model { sharded, half_sync_half_async };

struct Architecture {
  Model model;
  const char* io_model;
  Result<IoUnit> (*make_io)();
};

void write_text(int fd, const std::string& text) {
  EXPECT_EQ(::write(fd, text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

template <typename SomeServer>
[[noreturn]] void serve(const ServerParts& parts, const ServerOptions& options,
                        const std::string& address, int report_fd) {
  auto server = SomeServer::create(parts, options);
  if (!server || !(*server)->listen(*Address::parse(address))) ::_exit(2);
  write_text(report_fd, (*server)->addresses().front().to_string() + "\n");
  SignalHub signals;
  const auto heard = signals.listen(
      SIGHUP, [report_fd](const auto&) { write_text(report_fd, "hang-up\n"); },
      SignalHub::Reach::workers_too);
  if (!heard) ::_exit(3);
  const auto ran = (*server)->run(signals);
  if (!ran) write_text(report_fd, ran.error().message() + "\n");
  ::_exit(ran ? 0 : 1);
}

// A server needs a process that may fork, without a test's threads.
class ProcessServerTest : public ::testing::TestWithParam<Architecture> {
 protected:
  static constexpr std::size_t kWorkers = 3;

  void start(ServerOptions options = {}, const std::string& address = "127.0.0.1:0") {
    if (options.workers == 1) options.workers = kWorkers;
    options.drain_timeout = std::max<milliseconds>(options.drain_timeout, testing::kHang);
    auto report = create_pipe({.nonblocking = false});
    ASSERT_TRUE(report);
    const int report_fd = report->write_end.get();
    options.on_notice = [report_fd](const std::string& text) {
      write_text(report_fd, text + "\n");
    };
    const ServerParts parts{.make_io = GetParam().make_io,
                            .make_service = [] { return std::make_unique<ProcessService>(); }};
    host_ = ::fork();
    if (host_ == 0) {
      if (GetParam().model == Model::sharded) {
        serve<ShardedProcesses>(parts, options, address, report_fd);
      } else {
        serve<HalfSyncHalfAsyncProcesses>(parts, options, address, report_fd);
      }
    }
    report_ = std::move(report->read_end);
    report->write_end.reset();
    const std::string said = read_report();
    const auto parsed = Address::parse(said);
    ASSERT_TRUE(parsed) << said;
    address_ = *parsed;
  }

  void TearDown() override {
    if (host_ == 0) return;
    ::kill(host_, SIGKILL);
    static_cast<void>(await_exit(host_));
  }

  // A line of the server's log; empty once no process is left to write one.
  std::string read_report() {
    std::string line;
    char byte = 0;
    while (::read(report_.get(), &byte, 1) == 1 && byte != '\n') line += byte;
    return line;
  }

  // True if the server has exited normally.
  [[nodiscard]] bool ended_well() {
    const auto exit = await_exit(std::exchange(host_, 0));
    return exit && !exit->killed && exit->status == 0;
  }

  [[nodiscard]] bool stop() {
    ::kill(host_, SIGTERM);
    return ended_well();
  }

  [[nodiscard]] Fd connect() const {
    auto fd = connect_and_wait(address_, testing::kHang);
    return fd ? std::move(*fd) : Fd{};
  }

  // Reads a line; empty if the connection was closed instead.
  static std::string read_line(const Fd& conn) {
    std::string line;
    char byte = 0;
    while (true) {
      const auto got = receive(conn.get(), {&byte, 1});
      if (!got || *got == 0) return {};
      if (byte == '\n') return line;
      line += byte;
    }
  }

  static std::string ask(const Fd& conn, std::string_view line = "who\n") {
    if (!send(conn.get(), line)) return {};
    return read_line(conn);
  }

  [[nodiscard]] std::vector<Fd> connect_many(std::size_t count) const {
    std::vector<Fd> conns;
    for (std::size_t index = 0; index < count; ++index) conns.push_back(connect());
    return conns;
  }

  // How many of these connections each process serves.
  static std::map<std::string, std::size_t> processes_of(const std::vector<Fd>& conns) {
    std::map<std::string, std::size_t> counts;
    for (const Fd& conn : conns) ++counts[ask(conn)];
    return counts;
  }

  // A worker that is still starting is skipped while others serve.
  [[nodiscard]] bool all_serve() const {
    return wait_until([&] { return processes_of(connect_many(60)).size() == kWorkers; });
  }

  template <typename Condition>
  [[nodiscard]] static bool wait_until(Condition condition) {
    const Deadline end = Clock::now() + testing::kHang;
    while (!condition()) {
      if (Clock::now() > end) return false;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return true;
  }

  Address address_;
  pid_t host_ = 0;
  Fd report_;
};

TEST_P(ProcessServerTest, ServesInItsWorkersAlone) {
  start();
  ASSERT_TRUE(all_serve());
  // Counters decide who gets the next connection, and a worker updates its own only when it runs:
  // one that hasn't noticed disconnected clients yet is skipped for a while.
  testing::await([this] {
    const auto conns = connect_many(60);
    const auto counts = processes_of(conns);
    EXPECT_EQ(counts.count(std::to_string(host_)), 0U);
    EXPECT_EQ(counts.count(""), 0U);
    return counts.size() == kWorkers;
  });
}

TEST_P(ProcessServerTest, AnswersWhatIsUnderWayWhenItDrains) {
  start();
  const auto conns = connect_many(6);
  ASSERT_EQ(processes_of(conns).count(""), 0U);
  for (const Fd& conn : conns) ASSERT_TRUE(send(conn.get(), "slow\n"));
  EXPECT_TRUE(stop());
  for (const Fd& conn : conns) {
    EXPECT_NE(read_line(conn), "");
    EXPECT_EQ(read_line(conn), "") << "and closes then";
  }
  EXPECT_EQ(read_report(), "") << "nothing to complain of";
}

TEST_P(ProcessServerTest, EndsAtOnceWhenItIsAskedTwice) {
  ServerOptions options;
  options.drain_timeout = milliseconds(600'000);
  start(options);
  const Fd conn = connect();
  ASSERT_NE(ask(conn), "");
  ASSERT_TRUE(send(conn.get(), "wait\n"));
  ::kill(host_, SIGTERM);
  // New connections are refused once the drain has begun; a second signal merges with a first one
  // that is still pending.
  ASSERT_TRUE(wait_until([&] { return !connect_and_wait(address_, testing::kHang); }));
  EXPECT_TRUE(stop());
  EXPECT_EQ(read_line(conn), "");
}

TEST_P(ProcessServerTest, TellsEveryWorkerOfAHangUp) {
  start();
  ASSERT_TRUE(all_serve());
  ::kill(host_, SIGHUP);
  for (std::size_t count = 0; count < kWorkers + 1; ++count) {
    EXPECT_EQ(read_report(), "hang-up");
  }
  EXPECT_TRUE(stop());
}

TEST_P(ProcessServerTest, LosesOnlyTheConnectionsOfAKilledWorkerUnderLoad) {
  start();
  std::atomic<bool> loaded{true};
  std::atomic<int> asked_count{0};
  std::mutex lost_mutex;
  std::set<std::string> lost;  // the processes whose connections broke
  std::vector<std::thread> clients;
  for (int client = 0; client < 4; ++client) {
    clients.emplace_back([&] {
      while (loaded) {
        const Fd conn = connect();
        std::string process;
        for (int round = 0; round < 20; ++round) {
          std::string answer = ask(conn);
          if (answer.empty()) {
            const std::lock_guard lock(lost_mutex);
            if (!process.empty()) lost.insert(process);
            break;
          }
          process = std::move(answer);
          ++asked_count;
        }
      }
    });
  }
  EXPECT_TRUE(wait_until([&] { return asked_count > 500; }));
  const std::string victim = ask(connect());
  ::kill(std::stoi(victim), SIGKILL);
  EXPECT_EQ(read_report().find("worker "), 0U);
  const auto before = asked_count.load();
  EXPECT_TRUE(wait_until([&] { return asked_count > before + 500; }));
  loaded = false;
  for (std::thread& client : clients) client.join();
  lost.erase(victim);
  EXPECT_EQ(lost, std::set<std::string>{});
  EXPECT_TRUE(all_serve()) << "there is a replacement";
  EXPECT_TRUE(stop());
}

// The kernel may still wake the dead process for the new connection.
TEST_P(ProcessServerTest, LeavesNobodyWaitingWhoComesRightAfterAKill) {
  start();
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(all_serve());
    const std::string victim = ask(connect());
    ::kill(std::stoi(victim), SIGKILL);
    EXPECT_EQ(read_report().find("worker "), 0U);
    const auto conns = connect_many(6);
    for (const Fd& conn : conns) EXPECT_NE(ask(conn), "");
  }
  EXPECT_TRUE(stop());
}

TEST_P(ProcessServerTest, ReplacesAWorkerThatWasDrainedAlone) {
  start();
  for (int round = 0; round < 2; ++round) {
    const std::string first = ask(connect());
    ::kill(std::stoi(first), SIGTERM);
    EXPECT_EQ(read_report().find("worker "), 0U);
    const auto counts = processes_of(connect_many(60));
    EXPECT_EQ(counts.count(""), 0U);
    EXPECT_EQ(counts.count(first), 0U);
    EXPECT_TRUE(all_serve()) << "there is a replacement";
  }
  EXPECT_TRUE(stop());
}

TEST_P(ProcessServerTest, CountsTheConnectionsOfAllWorkersTogether) {
  ServerOptions options;
  options.limits.max_connections = 8;
  start(options);
  auto conns = connect_many(8);
  const auto counts = processes_of(conns);
  ASSERT_EQ(counts.count(""), 0U);
  EXPECT_EQ(read_line(connect()), "full");
  EXPECT_TRUE(read_report().starts_with("a connection was refused")) << "case S7";
  // What a killed worker had open is given back.
  const auto [victim, held_count] = *counts.begin();
  ::kill(std::stoi(victim), SIGKILL);
  EXPECT_EQ(read_report().find("worker "), 0U);
  for (std::size_t count = 0; count < held_count; ++count) {
    conns.push_back(connect());
    EXPECT_NE(ask(conns.back()), "full");
  }
  EXPECT_EQ(read_line(connect()), "full");
  // So are connections that a client closes.
  conns.clear();
  EXPECT_TRUE(wait_until([&] {
    const std::string answer = ask(connect());
    return !answer.empty() && answer != "full";
  }));
  EXPECT_TRUE(stop());
}

TEST_P(ProcessServerTest, KeepsItsSocketFileUntilItEnds) {
  const std::string path = std::filesystem::temp_directory_path() /
                           ("hpserver-processes-" + std::to_string(::getpid()) + ".sock");
  start({}, "unix:" + path);
  const std::string victim = ask(connect());
  ::kill(std::stoi(victim), SIGTERM);
  EXPECT_EQ(read_report().find("worker "), 0U);
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_NE(ask(connect()), victim);
  EXPECT_TRUE(stop());
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_P(ProcessServerTest, EndsItsWorkersWhenTheParentIsKilled) {
  start();
  ASSERT_TRUE(all_serve());
  ::kill(host_, SIGKILL);
  EXPECT_FALSE(ended_well());
  EXPECT_EQ(read_report(), "") << "the last worker has closed the pipe";
}

std::string name_of(const ::testing::TestParamInfo<Architecture>& instance) {
  const bool sharded = instance.param.model == Model::sharded;
  return std::string(sharded ? "Sharded" : "HalfSyncHalfAsync") + instance.param.io_model;
}

std::vector<Architecture> architectures() {
  const std::pair<const char*, Result<IoUnit> (*)()> makers[] = {
      {"EpollEdge", make_reactor<EpollPoller, Trigger::edge>},
      {"EpollLevel", make_reactor<EpollPoller, Trigger::level>},
      {"Select", make_reactor<SelectPoller, Trigger::level>},
      {"Poll", make_reactor<PollPoller, Trigger::level>},
      {"Sigio", make_reactor<SigioPoller, Trigger::edge>},
      {"UringReactor", make_reactor<UringPoller, Trigger::edge>},
      {"UringProactor", make_proactor<UringPort>},
#ifndef __SANITIZE_THREAD__
      // glibc's own threads for aio free memory behind the thread sanitizer's back.
      {"Aio", make_proactor<AioPort>},
#endif
  };
  std::vector<Architecture> all;
  for (const auto& [name, make_io] : makers) {
    all.push_back({Model::sharded, name, make_io});
    all.push_back({Model::half_sync_half_async, name, make_io});
  }
  return all;
}

// Prefork: every process serves one client at a time, and so do these tests.
class PreforkTest : public ProcessServerTest {};

TEST_P(PreforkTest, ServesOneClientPerProcess) {
  start();
  std::set<std::string> processes;
  EXPECT_TRUE(wait_until([&] {
    processes.insert(ask(connect()));
    return processes.size() == kWorkers;
  }));
  EXPECT_EQ(processes.count(""), 0U);
  EXPECT_TRUE(stop());
}

TEST_P(PreforkTest, ReplacesAKilledWorker) {
  start();
  const std::string victim = ask(connect());
  ::kill(std::stoi(victim), SIGKILL);
  EXPECT_EQ(read_report().find("worker "), 0U);
  for (int count = 0; count < 30; ++count) {
    const std::string process = ask(connect());
    EXPECT_NE(process, "");
    EXPECT_NE(process, victim);
  }
  EXPECT_TRUE(stop());
}

TEST_P(PreforkTest, AnswersWhatIsUnderWayWhenItDrains) {
  start();
  const Fd conn = connect();
  ASSERT_NE(ask(conn), "");
  ASSERT_TRUE(send(conn.get(), "slow\n"));
  EXPECT_TRUE(stop());
  EXPECT_NE(read_line(conn), "");
}

TEST_P(PreforkTest, GrowsWhileAllAreBusy) {
  ServerOptions options;
  options.workers = 2;
  options.max_workers = 3;
  options.busy_connections = 1;
  start(options);
  // More than enough to keep both busy; a client served by a third process had to wait.
  const auto held = connect_many(24);
  for (const Fd& conn : held) ASSERT_TRUE(send(conn.get(), "who\n"));
  std::vector<pollfd> polled;
  for (const Fd& conn : held) polled.push_back({conn.get(), POLLIN, 0});
  std::set<std::string> processes;
  EXPECT_TRUE(wait_until([&] {
    if (::poll(polled.data(), polled.size(), 0) <= 0) return false;
    for (std::size_t index = 0; index < polled.size(); ++index) {
      if (polled[index].revents == 0) continue;
      processes.insert(read_line(held[index]));
      polled[index].fd = -1;
    }
    return processes.size() == 3;
  }));
  EXPECT_TRUE(stop());
}

INSTANTIATE_TEST_SUITE_P(Blocking, PreforkTest,
                         ::testing::Values(Architecture{Model::sharded, "Blocking", make_blocking}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Models, ProcessServerTest, ::testing::ValuesIn(architectures()), name_of);

}  // namespace
}  // namespace hpserver
