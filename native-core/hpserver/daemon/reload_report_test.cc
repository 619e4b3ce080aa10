#include "hpserver/daemon/reload_report.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <functional>
#include <string>

#include "hpserver/os/fd.h"
#include "hpserver/os/syscall.h"
#include "hpserver/socket/address.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPatience{60'000};

// A process that calls `on_hup` at SIGHUP, until it is killed.
class Server {
 public:
  explicit Server(const std::function<void()>& on_hup) {
    sigset_t hup;
    ::sigemptyset(&hup);
    ::sigaddset(&hup, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &hup, &before_);
    pid_ = ::fork();
    if (pid_ == 0) {
      while (true) {
        int number = 0;
        ::sigwait(&hup, &number);
        on_hup();
      }
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  ~Server() {
    ::kill(pid_, SIGKILL);
    retry_on_eintr([this] { return ::waitpid(pid_, nullptr, 0); });
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  sigset_t before_{};
  pid_t pid_ = 0;
};

TEST(ReloadReport, TellsWhoAsks) {
  const Server server(
      [] { report_reload({.exit_code = 4, .text = "workers: needs a restart\n"}); });
  for (int turn = 0; turn < 3; ++turn) {
    const auto report = request_reload(server.pid(), kPatience);
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->exit_code, 4);
    EXPECT_EQ(report->text, "workers: needs a restart\n");
  }
}

TEST(ReloadReport, MayBeForNobody) {
  report_reload({.exit_code = 0, .text = "nobody asks"});
}

TEST(ReloadReport, IsCutWhereItIsTooLong) {
  const Server server([] { report_reload({.exit_code = 2, .text = std::string(100'000, 'x')}); });
  const auto report = request_reload(server.pid(), kPatience);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->exit_code, 2);
  EXPECT_GT(report->text.size(), 30'000U);
}

TEST(ReloadReport, IsNotWaitedForFromWhoHasEnded) {
  const Server server([] { ::_exit(0); });
  const auto report = request_reload(server.pid(), kPatience);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ESRCH);
}

TEST(ReloadReport, IsNotWaitedForForEver) {
  const Server server([] {});
  const auto report = request_reload(server.pid(), milliseconds{50});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ETIMEDOUT);
}

// Reports from any other process are ignored.
TEST(ReloadReport, IsTheServersOnly) {
  const Server server([] {});
  const auto place = Address::unix_abstract("hpserver-reload-" + std::to_string(server.pid()));
  ASSERT_TRUE(place);
  const pid_t liar = ::fork();
  if (liar == 0) {
    const Fd socket{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    while (true) {
      ::sendto(socket.get(), "0 all is well", 13, MSG_NOSIGNAL, place->data(), place->size());
      ::usleep(1000);
    }
  }
  const auto report = request_reload(server.pid(), milliseconds{100});
  ::kill(liar, SIGKILL);
  retry_on_eintr([&] { return ::waitpid(liar, nullptr, 0); });
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ETIMEDOUT);
}

TEST(ReloadReport, IsWaitedForByOneAtATime) {
  const Server server([] {});
  const auto place = Address::unix_abstract("hpserver-reload-" + std::to_string(server.pid()));
  const Fd other{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  ASSERT_EQ(::bind(other.get(), place->data(), place->size()), 0);
  const auto report = request_reload(server.pid(), milliseconds{50});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, EADDRINUSE);
  EXPECT_NE(explain_reload_error(report.error(), server.pid()).find("try again"),
            std::string::npos);
}

}  // namespace
}  // namespace hpserver
