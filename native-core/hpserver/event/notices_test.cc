#include "hpserver/event/notices.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "test/testing.h"

namespace hpserver {
namespace {

using Kind = Notices::Kind;

class NoticesTest : public testing::LoopTest {
 protected:
  NoticesTest() {
    loop_->notices().tell_to([this](const std::string& line) { told_.push_back(line); });
  }

  std::vector<std::string> told_;
};

// Case S7: a flood leaves one line, and then a count.
TEST_F(NoticesTest, TellTheFirstAtOnceAndCountTheOthers) {
  for (int time = 0; time < 1000; ++time) {
    loop_->notices().note(Kind::refused, {"refused ", std::to_string(time)});
  }
  EXPECT_EQ(told_, (std::vector<std::string>{"refused 0"}));
  turn_until([this] { return told_.size() == 2; });
  EXPECT_EQ(told_[1], "refused 999 (999 more within a second)");
}

TEST_F(NoticesTest, TellEachKindOnItsOwn) {
  loop_->notices().note(Kind::refused, {"refused"});
  loop_->notices().note(Kind::exhausted, {"exhausted"});
  EXPECT_EQ(told_, (std::vector<std::string>{"refused", "exhausted"}));
}

TEST_F(NoticesTest, TellAtOnceAgainAfterAQuietPeriod) {
  loop_->notices().note(Kind::refused, {"one"});
  bool over = false;
  Timer later([&] { over = true; });
  turn_until([&] {
    if (!later.scheduled() && !over) loop_->schedule(later, loop_->now() + 2 * Notices::kPeriod);
    return over;
  });
  loop_->notices().note(Kind::refused, {"two"});
  EXPECT_EQ(told_, (std::vector<std::string>{"one", "two"}));
}

TEST_F(NoticesTest, TellWhatIsCountedWhenTheLoopEnds) {
  loop_->notices().note(Kind::refused, {"one"});
  loop_->notices().note(Kind::refused, {"two"});
  loop_.reset();
  EXPECT_EQ(told_, (std::vector<std::string>{"one", "two (1 more within a second)"}));
}

TEST_F(NoticesTest, MakeOneLineOfWhatQuotesAClient) {
  loop_->notices().note(Kind::exception, {"an exception: ", "a\r\nb\x1b[31m"});
  EXPECT_EQ(told_, (std::vector<std::string>{"an exception: a  b [31m"}));
}

TEST_F(NoticesTest, TakeALogThatThrowsForOneThatIsSilent) {
  loop_->notices().tell_to([](const std::string&) { throw std::runtime_error("disk full"); });
  loop_->notices().note(Kind::refused, {"one"});
  loop_->notices().note(Kind::refused, {"two"});
  loop_.reset();
}

TEST_F(NoticesTest, MayBeNotedOnAnyThread) {
  std::vector<std::thread> threads;
  for (int index = 0; index < 4; ++index) {
    threads.emplace_back([this] {
      for (int time = 0; time < 100; ++time) loop_->notices().note(Kind::exception, {"thrown"});
    });
  }
  for (std::thread& thread : threads) thread.join();
  loop_.reset();
  EXPECT_EQ(told_, (std::vector<std::string>{"thrown", "thrown (399 more within a second)"}));
}

}  // namespace
}  // namespace hpserver
