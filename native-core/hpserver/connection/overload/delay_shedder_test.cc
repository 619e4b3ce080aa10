#include "hpserver/connection/overload/delay_shedder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <thread>
#include <vector>

namespace hpserver {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr DelayShedder::Options kOptions{.target = 20ms, .interval = 100ms};

// A queue in front of one server, with its own clock.
class Simulation {
 public:
  // Simulates `per_second` jobs a second for `duration`, each of which takes 1 ms.
  void load(int per_second, nanoseconds duration) {
    const Deadline end = now_ + duration;
    const nanoseconds pause = nanoseconds(1s) / per_second;
    for (Deadline next = now_; now_ < end;) {
      for (; next <= now_; next += pause) queue_.push_back(next);
      if (queue_.empty()) {
        now_ = next;
        continue;
      }
      const nanoseconds waited = now_ - queue_.front();
      queue_.pop_front();
      if (shedder_.keeps_up(waited, now_)) {
        ++served;
        longest_wait = std::max(longest_wait, waited);
        now_ += 1ms;
      } else {
        ++shed;
        now_ += 10us;
      }
    }
  }
  void forget() { served = shed = 0, longest_wait = {}; }

  int served = 0;
  int shed = 0;
  nanoseconds longest_wait{};

 private:
  DelayShedder shedder_{kOptions};
  Deadline now_ = Deadline{} + 1h;
  std::deque<Deadline> queue_;
};

TEST(DelayShedder, ShedsNothingThatKeepsUp) {
  Simulation simulation;
  simulation.load(900, 10s);
  EXPECT_EQ(simulation.shed, 0);
  EXPECT_GT(simulation.served, 8'900);
}

TEST(DelayShedder, LetsABurstPass) {
  Simulation simulation;
  simulation.load(5'000, 20ms);  // 80 ms behind
  simulation.load(100, 2s);
  EXPECT_EQ(simulation.shed, 0);
}

TEST(DelayShedder, ServesAllThatCanBeServedOfThreeTimesAsMuch) {
  Simulation simulation;
  simulation.load(3'000, 1s);
  simulation.forget();
  simulation.load(3'000, 10s);
  // 10 s of work, minus what shedding takes, and no job waits for long.
  EXPECT_GT(simulation.served, 9'500);
  EXPECT_GT(simulation.shed, 18'000);
  EXPECT_LE(simulation.longest_wait, kOptions.target);
}

TEST(DelayShedder, EndsWithTheOverload) {
  Simulation simulation;
  simulation.load(3'000, 2s);
  simulation.load(500, 300ms);
  simulation.forget();
  simulation.load(500, 5s);
  EXPECT_EQ(simulation.shed, 0);
}

TEST(DelayShedder, KnowsNothingFromBeforeAPause) {
  DelayShedder shedder(kOptions);
  Deadline now = Deadline{} + 1h;
  for (int count = 0; count < 50; ++count) {
    static_cast<void>(shedder.keeps_up(50ms, now += 10ms));
  }
  EXPECT_FALSE(shedder.keeps_up(50ms, now));
  EXPECT_TRUE(shedder.keeps_up(1ms, now += 200ms)) << "what keeps up is served always";
  EXPECT_TRUE(shedder.keeps_up(1ms, now += 110ms));
  EXPECT_TRUE(shedder.keeps_up(50ms, now += 110ms)) << "and a single one that has waited is, too";
}

TEST(DelayShedder, IsForManyThreads) {
  DelayShedder shedder({.target = 1us, .interval = 100us});
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&shedder, number] {
      for (int count = 0; count < 20'000; ++count) {
        static_cast<void>(shedder.keeps_up(nanoseconds(count * number), Clock::now()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace hpserver
