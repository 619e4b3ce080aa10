#include "hpserver/concurrency/sharded_processes.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/completion/uring_port.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/shared_memory.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

struct IoModel {
  const char* name;
  Result<IoUnit> (*make_io)();
};

// Shared by the test and all processes of the server.
struct Shared {
  std::atomic<bool> fails{false};
  std::atomic<int> started_count{0};
};

class ShardedProcessesTest : public ::testing::TestWithParam<IoModel> {
 protected:
  ~ShardedProcessesTest() override {
    ::kill(host_, SIGKILL);
    ::waitpid(host_, nullptr, 0);
  }

  void start() {
    Pipe report = must(create_pipe({.nonblocking = false}));
    host_ = ::fork();
    if (host_ == 0) run_server(report.write_end.get());
    report_ = std::move(report.read_end);
    report.write_end.reset();
    address_ = must(Address::parse(read_line()));
  }

  [[noreturn]] void run_server(int report_fd) const {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // must not outlive a failing test
    const auto tell = [report_fd](const std::string& line) {
      const std::string text = line + "\n";
      static_cast<void>(!::write(report_fd, text.data(), text.size()));
    };
    ServerOptions options;
    options.workers = 2;
    options.on_notice = tell;
    // In each worker, at its start.
    const auto make_service = [&]() -> std::unique_ptr<Service> {
      if (shared_[0].fails) ::_exit(7);
      ++shared_[0].started_count;
      return std::make_unique<testing::LineService>();
    };
    auto server = ShardedProcesses::create(
        {.make_io = GetParam().make_io, .make_service = make_service}, options);
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

  [[nodiscard]] std::vector<pid_t> workers() const {
    const std::string pid = std::to_string(host_);
    std::ifstream list("/proc/" + pid + "/task/" + pid + "/children");
    return {std::istream_iterator<pid_t>(list), {}};
  }

  [[nodiscard]] std::string ask() const {
    const Fd client = must(connect_and_wait(address_, testing::kHang));
    must(send(client.get(), "echo hello\n"));
    return testing::receive_text(client.get());
  }

  SharedArray<Shared> shared_ = must(SharedArray<Shared>::create(1));
  Fd report_;
  Address address_;
  pid_t host_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Models, ShardedProcessesTest,
                         ::testing::Values(IoModel{"Epoll",
                                                   make_reactor<EpollPoller, Trigger::edge>},
                                           IoModel{"Uring", make_proactor<UringPort>},
                                           IoModel{"Blocking", make_blocking}),
                         [](const auto& instance) { return instance.param.name; });

// Case S8: the kernel gives half of the clients to the socket of the missing worker.
TEST_P(ShardedProcessesTest, ServeTheShardOfAWorkerThatCannotStart) {
  start();
  EXPECT_EQ(ask(), "hello\n");
  testing::await([this] { return shared_[0].started_count == 2; });
  shared_[0].fails = true;
  ::kill(workers().front(), SIGKILL);
  std::string told = read_line();
  EXPECT_NE(told.find("was killed by signal 9 (Killed)"), told.npos) << told << ", case S7";
  while (told.find("; restarting in ") == told.npos) told = read_line();
  for (int client = 0; client < 40; ++client) ASSERT_EQ(ask(), "hello\n") << client;
  shared_[0].fails = false;
  testing::await([this] { return workers().size() == 2; });
  ::kill(host_, SIGTERM);
  int status = 0;
  ASSERT_EQ(::waitpid(host_, &status, 0), host_);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

}  // namespace
}  // namespace hpserver
