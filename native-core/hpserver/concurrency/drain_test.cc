#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_async_processes.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/leading_accept.h"
#include "hpserver/concurrency/leading_accept_processes.h"
#include "hpserver/concurrency/prethreaded.h"
#include "hpserver/concurrency/process_per_connection.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/concurrency/thread_per_connection.h"
#include "hpserver/os/pipe.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

// Case S4: a handler that doesn't return can't keep a server from ending.
namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::must;

// What comes is never done with.
class StuckSession final : public Session {
 public:
  explicit StuckSession(int report_fd) : report_fd_(report_fd) {}

  std::size_t on_input(std::string_view, Channel&) override {
    static_cast<void>(!::write(report_fd_, "stuck\n", 6));
    while (true) ::pause();
  }
  void on_end_of_input(Channel&) override {}
  void on_drained(Channel&) override {}
  void on_timeout(Channel&) override {}
  void on_close() override {}
  [[nodiscard]] Phase phase() const override { return Phase::respond; }

 private:
  int report_fd_;
};

class StuckService final : public Service {
 public:
  explicit StuckService(int report_fd) : report_fd_(report_fd) {}

  Session* open() override { return std::make_unique<StuckSession>(report_fd_).release(); }
  void close(Session& session) override { const std::unique_ptr<Session> ended(&session); }
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override {}

 private:
  int report_fd_;
};

template <typename SomeServer>
std::unique_ptr<Server> make(const ServerParts& parts, const ServerOptions& options) {
  auto server = SomeServer::create(parts, options);
  if (!server) return nullptr;
  return std::move(*server);
}

using MakeIo = Result<IoUnit> (*)();

struct Model {
  const char* name;
  MakeIo make_io;
  std::unique_ptr<Server> (*make_server)(const ServerParts&, const ServerOptions&);
  // Its parent ends in order, when it has killed who doesn't.
  int exit_status;
};

constexpr MakeIo kReactor = make_reactor<EpollPoller, Trigger::level>;
constexpr MakeIo kOneshot = make_reactor<EpollPoller, Trigger::oneshot>;

class DrainTest : public ::testing::TestWithParam<Model> {
 protected:
  ~DrainTest() override {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  void start(milliseconds drain_timeout) {
    Pipe report = must(create_pipe({.nonblocking = false}));
    pid_ = ::fork();
    if (pid_ == 0) run_server(drain_timeout, report.write_end.get());
    report_ = std::move(report.read_end);
    report.write_end.reset();
    client_ = must(connect_and_wait(must(Address::parse(read_line())), testing::kHang));
    must(send(client_.get(), "x"));
    ASSERT_EQ(read_line(), "stuck");
  }

  [[noreturn]] static void run_server(milliseconds drain_timeout, int report_fd) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // not to outlive a test that fails
    const auto tell = [report_fd](const std::string& line) {
      const std::string text = line + "\n";
      static_cast<void>(!::write(report_fd, text.data(), text.size()));
    };
    ServerOptions options;
    options.workers = 2;
    options.drain_timeout = drain_timeout;
    options.on_notice = tell;
    const ServerParts parts{.make_io = GetParam().make_io, .make_service = [report_fd] {
                              return std::make_unique<StuckService>(report_fd);
                            }};
    const auto server = GetParam().make_server(parts, options);
    if (server == nullptr || !server->listen(Address::loopback_ipv4(0))) ::_exit(2);
    tell(server->addresses().front().to_string());
    ::_exit(server->run({}) ? 0 : 3);
  }

  std::string read_line() {
    std::string line;
    char byte = 0;
    while (::read(report_.get(), &byte, 1) == 1 && byte != '\n') line += byte;
    return line;
  }

  // The rest of what its log holds: it has ended, with all of its processes.
  std::string read_rest() {
    std::string rest;
    char byte = 0;
    while (::read(report_.get(), &byte, 1) == 1) rest += byte;
    return rest;
  }

  void expect_cut_off() {
    const std::string log = read_rest();
    EXPECT_TRUE(log.find("cut off, whose handler") != log.npos ||
                log.find("killed, with") != log.npos)
        << log;
    int status = 0;
    ASSERT_EQ(::waitpid(std::exchange(pid_, 0), &status, 0) > 0, true);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), GetParam().exit_status);
  }

  Fd report_;
  Fd client_;
  pid_t pid_ = 0;
};

constexpr Model kModels[] = {
    {"Single", kReactor, make<Single>, 1},
    {"SingleBlocking", make_blocking, make<Single>, 1},
    {"HalfSyncHalfAsync", kReactor, make<HalfSyncHalfAsync>, 1},
    {"HalfSyncHalfReactive", kOneshot, make<HalfSyncHalfReactive>, 1},
    {"Sharded", kReactor, make<Sharded>, 1},
    {"LeaderFollowers", kOneshot, make<LeaderFollowers>, 1},
    {"Prethreaded", make_blocking, make<Prethreaded>, 1},
    {"LeadingAccept", make_blocking, make<LeadingAccept>, 1},
    {"ThreadPerConnection", make_blocking, make<ThreadPerConnection>, 1},
    {"ProcessPerConnection", make_blocking, make<ProcessPerConnection>, 0},
    {"ShardedProcesses", kReactor, make<ShardedProcesses>, 0},
    {"HalfSyncHalfAsyncProcesses", kReactor, make<HalfSyncHalfAsyncProcesses>, 0},
    {"LeadingAcceptProcesses", make_blocking, make<LeadingAcceptProcesses>, 0},
};

INSTANTIATE_TEST_SUITE_P(Models, DrainTest, ::testing::ValuesIn(kModels),
                         [](const auto& instance) { return instance.param.name; });

TEST_P(DrainTest, CutsOffAHandlerThatDoesNotReturnAtItsDeadline) {
  start(milliseconds(100));
  ::kill(pid_, SIGTERM);
  expect_cut_off();
}

TEST_P(DrainTest, EndsAtOnceWithASecondSignal) {
  start(testing::kHang);
  // Signals that wait merge: so the second is sent again, until it has done its work.
  testing::await([this] {
    ::kill(pid_, SIGTERM);
    siginfo_t ended{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == pid_;
  });
  expect_cut_off();
}

}  // namespace
}  // namespace hpserver
