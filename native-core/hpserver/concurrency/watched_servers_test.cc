#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "hpserver/event/watchdog.h"
#include "test/concurrency/stuck_server.h"

// A service manager hears that a server lives as long as every loop of its moves.
namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::kOneshot;
using testing::kReactor;
using testing::make_model;
using testing::StuckServer;

// What a handler that doesn't return keeps.
enum class Kept {
  main_loop,    // which feeds, and can't any more
  worker_loop,  // which isn't the one that feeds
  member,       // no loop: the thread or process of a connection, or one of a crew
};

struct Fed {
  testing::Model model;
  Kept kept;
};

constexpr milliseconds kLimit{200};

class WatchedServerTest : public ::testing::TestWithParam<Fed> {
 protected:
  StuckServer server_{GetParam().model, [](ServerOptions& options, const StuckServer::Tell& tell) {
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

constexpr Fed kModels[] = {
    {{"Single", kReactor, make_model<Single>}, Kept::main_loop},
    {{"SingleBlocking", make_blocking, make_model<Single>}, Kept::main_loop},
    {{"HalfSyncHalfAsync", kReactor, make_model<HalfSyncHalfAsync>}, Kept::worker_loop},
    {{"HalfSyncHalfReactive", kOneshot, make_model<HalfSyncHalfReactive>}, Kept::member},
    {{"Sharded", kReactor, make_model<Sharded>}, Kept::worker_loop},
    {{"LeaderFollowers", kOneshot, make_model<LeaderFollowers>}, Kept::member},
    {{"Prethreaded", make_blocking, make_model<Prethreaded>}, Kept::worker_loop},
    {{"LeadingAccept", make_blocking, make_model<LeadingAccept>}, Kept::worker_loop},
    {{"ThreadPerConnection", make_blocking, make_model<ThreadPerConnection>}, Kept::member},
    {{"ProcessPerConnection", make_blocking, make_model<ProcessPerConnection>}, Kept::member},
    {{"ShardedProcesses", kReactor, make_model<ShardedProcesses>}, Kept::worker_loop},
    {{"HalfSyncHalfAsyncProcesses", kReactor, make_model<HalfSyncHalfAsyncProcesses>},
     Kept::worker_loop},
    {{"LeadingAcceptProcesses", make_blocking, make_model<LeadingAcceptProcesses>},
     Kept::worker_loop},
};

INSTANTIATE_TEST_SUITE_P(Models, WatchedServerTest, ::testing::ValuesIn(kModels),
                         [](const auto& instance) { return instance.param.model.name; });

TEST_P(WatchedServerTest, FeedsWhileItIdlesAndUntilALoopIsStuck) {
  await_feeding(3);
  server_.get_stuck();
  if (GetParam().kept == Kept::member) return await_feeding(6);
  if (GetParam().kept == Kept::worker_loop) {
    std::string line;
    do {
      line = server_.read_line();
    } while (line == "fed");
    EXPECT_TRUE(line.starts_with("worker") && line.find(" has not moved for ") != line.npos)
        << line;
  }
  std::this_thread::sleep_for(2 * kLimit);
  server_.kill();
  EXPECT_EQ(server_.read_rest(), "");
}

}  // namespace
}  // namespace hpserver
