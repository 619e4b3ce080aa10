#include "hpserver/event/signal_hub.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <vector>

#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

TEST(SignalHub, TellsWhoeverListensInTheirOrder) {
  SignalHub hub;
  std::string told;
  must(hub.listen(SIGUSR1,
                  [&](const Signal& signal) { told += "a" + std::to_string(signal.value); }));
  must(hub.listen(SIGUSR1, [&](const Signal&) { told += "b"; }));
  must(hub.listen(SIGHUP, [&](const Signal&) { told += "c"; }, SignalHub::Reach::workers_too));
  hub.tell({.number = SIGUSR1, .sender = 1, .value = 7});
  hub.tell({.number = SIGUSR2});
  EXPECT_EQ(told, "a7b");
  EXPECT_EQ(hub.numbers(), (std::vector<int>{SIGHUP, SIGUSR1}));
  EXPECT_TRUE(hub.reaches_workers(SIGHUP));
  EXPECT_FALSE(hub.reaches_workers(SIGUSR1));
  EXPECT_FALSE(hub.reaches_workers(SIGUSR2));
}

TEST(SignalHub, BlocksWhatIsListenedTo) {
  SignalHub hub;
  must(hub.listen(SIGURG, [](const Signal&) {}));
  sigset_t blocked;
  ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, nullptr, &blocked), 0);
  EXPECT_EQ(::sigismember(&blocked, SIGURG), 1);
  unblock_signals({SIGURG});
}

TEST(SignalHub, RefusesWhatItWouldNeverHearOf) {
  SignalHub hub;
  for (const int number : {SIGKILL, SIGSTOP, SIGCHLD, -1, 1'000}) {
    EXPECT_EQ(testing::error_code(hub.listen(number, [](const Signal&) {})), EINVAL) << number;
  }
  EXPECT_TRUE(hub.numbers().empty());
}

}  // namespace
}  // namespace hpserver
