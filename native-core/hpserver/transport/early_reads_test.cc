#include "hpserver/transport/early_reads.h"

#include <gtest/gtest.h>

namespace hpserver {
namespace {

TEST(EarlyReads, BeginWithHope) {
  EarlyReads reads;
  EXPECT_TRUE(reads.expects_input());
}

TEST(EarlyReads, GiveUpAfterAFewInVainAndTryAgainNowAndThen) {
  EarlyReads reads;
  for (int count = 0; count < 8; ++count) reads.note(false);
  int tried_count = 0;
  for (int count = 0; count < 160; ++count) tried_count += reads.expects_input() ? 1 : 0;
  EXPECT_EQ(tried_count, 10);
}

TEST(EarlyReads, LearnFromThoseThatHaveSaidSomething) {
  EarlyReads reads;
  for (int count = 0; count < 100; ++count) reads.note(false);
  for (int count = 0; count < 5; ++count) reads.note(true);
  for (int count = 0; count < 20; ++count) EXPECT_TRUE(reads.expects_input());
}

}  // namespace
}  // namespace hpserver
