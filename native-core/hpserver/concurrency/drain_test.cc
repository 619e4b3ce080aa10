#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <string>

#include "hpserver/concurrency/drain_guard.h"
#include "test/concurrency/stuck_server.h"
#include "test/testing.h"

// Case S4: a handler that doesn't return can't keep a server from stopping.
namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::StuckServer;

class DrainTest : public ::testing::TestWithParam<testing::Model> {
 protected:
  // A server with a handler that has begun.
  static StuckServer start(milliseconds drain_timeout) {
    return {GetParam(), [drain_timeout](ServerOptions& options, const auto&) {
              options.drain_timeout = drain_timeout;
            }};
  }

  static void expect_cut_off(StuckServer& server) {
    const std::string log = server.read_rest();
    EXPECT_TRUE(log.find("cut off because its handler") != log.npos ||
                log.find("did not stop in time: killed") != log.npos)
        << log;
    const int status = server.await_end();
    ASSERT_TRUE(WIFEXITED(status));
    // A parent exits normally even if it had to kill its workers.
    EXPECT_EQ(WEXITSTATUS(status), GetParam().has_processes ? 0 : 1);
  }
};

INSTANTIATE_TEST_SUITE_P(Models, DrainTest, ::testing::ValuesIn(testing::kModels),
                         testing::name_of);

TEST_P(DrainTest, CutsOffAHandlerThatDoesNotReturnAtItsDeadline) {
  StuckServer server = start(milliseconds(100));
  server.get_stuck();
  ::kill(server.pid(), SIGTERM);
  expect_cut_off(server);
}

TEST_P(DrainTest, EndsAtOnceWithASecondSignal) {
  StuckServer server = start(testing::kHang);
  server.get_stuck();
  // Pending signals merge, so the second is sent again until it takes effect.
  testing::await([&server] {
    ::kill(server.pid(), SIGTERM);
    siginfo_t ended{};
    return ::waitid(P_PID, static_cast<id_t>(server.pid()), &ended, WEXITED | WNOHANG | WNOWAIT) ==
               0 &&
           ended.si_pid == server.pid();
  });
  expect_cut_off(server);
}

}  // namespace
}  // namespace hpserver
