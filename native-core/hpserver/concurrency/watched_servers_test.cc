#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "hpserver/event/watchdog.h"
#include "test/concurrency/stuck_server.h"

// A service manager learns that a server is alive as long as all of its loops move.
namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::Kept;
using testing::StuckServer;

constexpr milliseconds kLimit{200};

class WatchedServerTest : public ::testing::TestWithParam<testing::Model> {
 protected:
  StuckServer server_{GetParam(), [](ServerOptions& options, const StuckServer::Tell& tell) {
                        options.watchdog = std::make_shared<Watchdog>(kLimit);
                        options.watchdog->feed_by([tell] { tell("fed"); });
                      }};

  void await_feeding(int times) {
    while (times > 0) {
      const std::string line = server_.read_line();
      ASSERT_FALSE(line.empty());
      if (line == "fed") --times;
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Models, WatchedServerTest, ::testing::ValuesIn(testing::kModels),
                         testing::name_of);

TEST_P(WatchedServerTest, FeedsWhileItIdlesAndUntilALoopIsStuck) {
  await_feeding(3);
  server_.get_stuck();
  if (GetParam().kept == Kept::member) return await_feeding(6);
  if (GetParam().kept == Kept::worker_loop) {
    std::string line;
    do {
      line = server_.read_line();
    } while (line == "fed");
    EXPECT_TRUE(line.starts_with("worker") && line.find(" has been stuck for ") != line.npos)
        << line;
  }
  std::this_thread::sleep_for(2 * kLimit);
  server_.kill();
  EXPECT_EQ(server_.read_rest(), "");
}

}  // namespace
}  // namespace hpserver
