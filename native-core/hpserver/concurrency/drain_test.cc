#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <string>

#include "hpserver/concurrency/drain_guard.h"
#include "test/concurrency/stuck_server.h"
#include "test/testing.h"

// Case S4: a handler that doesn't return can't keep a server from ending.
namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::kOneshot;
using testing::kReactor;
using testing::make_model;
using testing::StuckServer;

struct Drained {
  testing::Model model;
  // Its parent ends in order, when it has killed who doesn't.
  int exit_status;
};

class DrainTest : public ::testing::TestWithParam<Drained> {
 protected:
  // A server with a handler that has begun.
  static StuckServer start(milliseconds drain_timeout) {
    return {GetParam().model, [drain_timeout](ServerOptions& options, const auto&) {
              options.drain_timeout = drain_timeout;
            }};
  }

  static void expect_cut_off(StuckServer& server) {
    const std::string log = server.read_rest();
    EXPECT_TRUE(log.find("cut off, whose handler") != log.npos ||
                log.find("killed, with") != log.npos)
        << log;
    const int status = server.await_end();
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), GetParam().exit_status);
  }
};

constexpr Drained kModels[] = {
    {{"Single", kReactor, make_model<Single>}, 1},
    {{"SingleBlocking", make_blocking, make_model<Single>}, 1},
    {{"HalfSyncHalfAsync", kReactor, make_model<HalfSyncHalfAsync>}, 1},
    {{"HalfSyncHalfReactive", kOneshot, make_model<HalfSyncHalfReactive>}, 1},
    {{"Sharded", kReactor, make_model<Sharded>}, 1},
    {{"LeaderFollowers", kOneshot, make_model<LeaderFollowers>}, 1},
    {{"Prethreaded", make_blocking, make_model<Prethreaded>}, 1},
    {{"LeadingAccept", make_blocking, make_model<LeadingAccept>}, 1},
    {{"ThreadPerConnection", make_blocking, make_model<ThreadPerConnection>}, 1},
    {{"ProcessPerConnection", make_blocking, make_model<ProcessPerConnection>}, 0},
    {{"ShardedProcesses", kReactor, make_model<ShardedProcesses>}, 0},
    {{"HalfSyncHalfAsyncProcesses", kReactor, make_model<HalfSyncHalfAsyncProcesses>}, 0},
    {{"LeadingAcceptProcesses", make_blocking, make_model<LeadingAcceptProcesses>}, 0},
};

INSTANTIATE_TEST_SUITE_P(Models, DrainTest, ::testing::ValuesIn(kModels),
                         [](const auto& instance) { return instance.param.model.name; });

TEST_P(DrainTest, CutsOffAHandlerThatDoesNotReturnAtItsDeadline) {
  StuckServer server = start(milliseconds(100));
  server.get_stuck();
  ::kill(server.pid(), SIGTERM);
  expect_cut_off(server);
}

TEST_P(DrainTest, EndsAtOnceWithASecondSignal) {
  StuckServer server = start(testing::kHang);
  server.get_stuck();
  // Signals that wait merge: so the second is sent again, until it has done its work.
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
