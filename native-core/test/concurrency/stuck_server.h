#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hpserver/os/pipe.h"
#include "hpserver/socket/socket.h"
#include "test/concurrency/models.h"
#include "test/testing.h"

// Servers whose handlers don't return, in processes of their own.
namespace hpserver::testing {

// Never returns from its first input.
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

// A server of one model, and a client of it.
class StuckServer {
 public:
  using Tell = std::function<void(const std::string&)>;
  // Prepares the server further; `tell` writes a line to its log.
  using Further = std::function<void(ServerOptions&, const Tell&)>;

  StuckServer(const Model& model, const Further& further) {
    Pipe report = must(create_pipe({.nonblocking = false}));
    pid_ = ::fork();
    if (pid_ == 0) serve(model, further, report.write_end.get());
    report_ = std::move(report.read_end);
    report.write_end.reset();
    address_ = must(Address::parse(read_line()));
  }
  ~StuckServer() { kill(); }

  StuckServer(const StuckServer&) = delete;
  StuckServer& operator=(const StuckServer&) = delete;

  // Makes a handler begin. Returns what was logged before that.
  std::string get_stuck() {
    client_ = must(connect_and_wait(address_, kHang));
    must(send(client_.get(), "x"));
    std::string before;
    while (true) {
      const std::string line = read_line();
      if (line == "stuck" || line.empty()) return before;
      before += line + "\n";
    }
  }

  // Reads a line of the server's log.
  std::string read_line() {
    std::string line;
    char byte = 0;
    while (::read(report_.get(), &byte, 1) == 1 && byte != '\n') line += byte;
    return line;
  }
  // Reads the rest of the log, up to the end of the server and all of its processes.
  std::string read_rest() {
    std::string rest;
    char byte = 0;
    while (::read(report_.get(), &byte, 1) == 1) rest += byte;
    return rest;
  }

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  // Returns the server's status as waitpid reports it. Blocks.
  int await_end() {
    int status = 0;
    EXPECT_GT(::waitpid(std::exchange(pid_, 0), &status, 0), 0);
    return status;
  }
  // Kills the server first, since it would only replace its processes, and then those processes.
  void kill() {
    if (pid_ == 0) return;
    const std::string pid = std::to_string(pid_);
    std::ifstream list("/proc/" + pid + "/task/" + pid + "/children");
    const std::vector<pid_t> workers{std::istream_iterator<pid_t>(list), {}};
    ::kill(pid_, SIGKILL);
    static_cast<void>(await_end());
    for (const pid_t worker : workers) ::kill(worker, SIGKILL);
  }

 private:
  [[noreturn]] static void serve(const Model& model, const Further& further, int report_fd) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // must not outlive a failing test
    const Tell tell = [report_fd](const std::string& line) {
      const std::string text = line + "\n";
      static_cast<void>(!::write(report_fd, text.data(), text.size()));
    };
    ServerOptions options;
    options.workers = 2;
    options.on_notice = tell;
    further(options, tell);
    const ServerParts parts{.make_io = model.make_io, .make_service = [report_fd] {
                              return std::make_unique<StuckService>(report_fd);
                            }};
    const auto server = model.make_server(parts, options);
    if (server == nullptr || !server->listen(Address::loopback_ipv4(0))) ::_exit(2);
    tell(server->addresses().front().to_string());
    ::_exit(server->run({}) ? 0 : 3);
  }
  Fd report_;
  Fd client_;
  Address address_;
  pid_t pid_ = 0;
};

}  // namespace hpserver::testing
