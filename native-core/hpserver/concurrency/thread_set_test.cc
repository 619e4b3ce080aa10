#include "hpserver/concurrency/thread_set.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace hpserver {
namespace {

Connection* some_connection(std::uintptr_t number) {
  return reinterpret_cast<Connection*>(number);
}

// Checklist 56: at most one leader, always; a thread that is done leads only if there is none.
TEST(ThreadSet, NeverHasTwoLeaders) {
  ThreadSet set;
  std::atomic<int> leaders{0};
  std::atomic<int> terms{0};
  std::atomic<int> most{0};
  std::vector<std::thread> threads;
  for (int index = 0; index < 4; ++index) {
    threads.emplace_back([&] {
      while (std::holds_alternative<ThreadSet::Leader>(set.join())) {
        const int now = leaders.fetch_add(1) + 1;
        if (now > most) most = now;
        if (terms.fetch_add(1) == 20'000) set.close();
        leaders.fetch_sub(1);
        set.promote_new_leader();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
  EXPECT_GE(terms, 20'000);
}

TEST(ThreadSet, GivesWhatIsHandedOffToAFollowerAndKeepsItsLeader) {
  ThreadSet set;
  ASSERT_TRUE(std::holds_alternative<ThreadSet::Leader>(set.join()));
  Connection* const given[] = {some_connection(16), some_connection(32)};
  set.hand_off(given);
  std::vector<Connection*> taken;
  std::thread follower([&] {
    for (int count = 0; count < 2; ++count) taken.push_back(std::get<Connection*>(set.join()));
  });
  follower.join();
  EXPECT_EQ(taken, (std::vector<Connection*>{given[0], given[1]}));
  set.promote_new_leader();
  EXPECT_TRUE(std::holds_alternative<ThreadSet::Leader>(set.join()));
}

TEST(ThreadSet, EndsEveryoneWhenItIsClosed) {
  ThreadSet set;
  ASSERT_TRUE(std::holds_alternative<ThreadSet::Leader>(set.join()));
  std::thread follower([&] { EXPECT_TRUE(std::holds_alternative<ThreadSet::Closed>(set.join())); });
  set.close();
  follower.join();
  EXPECT_TRUE(set.closed());
}

}  // namespace
}  // namespace hpserver
