#include "hpserver/event/reactor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/event/testing.h"
#include "hpserver/os/pipe.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;

using testing::Callback;

class ReactorTest : public ::testing::Test {
 protected:
  ReactorTest() : reactor_(std::move(*Reactor::create(*make_poller<EpollPoller>()))) {}

  void turn() { ASSERT_TRUE(reactor_->turn(milliseconds(0)).ok()); }

  std::unique_ptr<Reactor> reactor_;
};

// Checklist 52: the first steps of the Reactor: register, wait, get the event, and only then read.
TEST_F(ReactorTest, TellsTheHandlerOfAReadyDescriptor) {
  Pipe pipe = *create_pipe();
  std::vector<std::string> trace;
  Callback handler([&](Ready ready) {
    trace.push_back(ready.readable ? "readable" : "other");
    char byte = 0;
    trace.push_back(::read(pipe.read_end.get(), &byte, 1) == 1 ? "read" : "nothing");
  });
  const Token token = reactor_->attach(handler);
  ASSERT_TRUE(reactor_->watch(pipe.read_end.get(), token, {.readable = true}, Trigger::edge).ok());
  turn();
  EXPECT_TRUE(trace.empty());
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  turn();
  EXPECT_EQ(trace, (std::vector<std::string>{"readable", "read"}));
}

TEST_F(ReactorTest, DropsEventsOfAHandlerThatEndedInTheSameTurn) {
  Pipe first = *create_pipe();
  Pipe second = *create_pipe();
  int calls = 0;
  Token tokens[2];
  // Whichever handler is called first removes the other one.
  Callback one([&](Ready) {
    ++calls;
    reactor_->unwatch(second.read_end.get());
    reactor_->detach(tokens[1]);
  });
  Callback two([&](Ready) {
    ++calls;
    reactor_->unwatch(first.read_end.get());
    reactor_->detach(tokens[0]);
  });
  tokens[0] = reactor_->attach(one);
  tokens[1] = reactor_->attach(two);
  ASSERT_TRUE(
      reactor_->watch(first.read_end.get(), tokens[0], {.readable = true}, Trigger::edge).ok());
  ASSERT_TRUE(
      reactor_->watch(second.read_end.get(), tokens[1], {.readable = true}, Trigger::edge).ok());
  ASSERT_EQ(::write(first.write_end.get(), "x", 1), 1);
  ASSERT_EQ(::write(second.write_end.get(), "x", 1), 1);
  turn();
  turn();
  EXPECT_EQ(calls, 1);
}

TEST_F(ReactorTest, AnEndedTokenIsNotFoundThoughItsSlotIsTakenAgain) {
  Callback old_handler([](Ready) {});
  Callback new_handler([](Ready) {});
  const Token old_token = reactor_->attach(old_handler);
  reactor_->detach(old_token);
  const Token new_token = reactor_->attach(new_handler);
  EXPECT_EQ(new_token.slot, old_token.slot);
  EXPECT_EQ(reactor_->find(old_token), nullptr);
  EXPECT_EQ(reactor_->find(new_token), &new_handler);
}

TEST_F(ReactorTest, CallsADeferredHandlerOnceInTheNextTurn) {
  int calls = 0;
  Token token;
  Callback handler([&](Ready ready) {
    EXPECT_FALSE(ready.readable);
    ++calls;
  });
  token = reactor_->attach(handler);
  reactor_->defer(token);
  reactor_->defer(token);
  ASSERT_TRUE(reactor_->turn(milliseconds(-1)).ok());
  turn();
  EXPECT_EQ(calls, 1);
}

TEST_F(ReactorTest, DeferringInsideTheCallMeansTheNextTurnNotThisOne) {
  int calls = 0;
  Token token;
  Callback handler([&](Ready) {
    if (++calls < 3) reactor_->defer(token);
  });
  token = reactor_->attach(handler);
  reactor_->defer(token);
  turn();
  EXPECT_EQ(calls, 1);
  turn();
  turn();
  turn();
  EXPECT_EQ(calls, 3);
}

TEST_F(ReactorTest, RunsWhatOtherThreadsPostInOrder) {
  std::vector<int> ran;
  std::thread poster([&] {
    for (int index = 0; index < 1000; ++index) {
      reactor_->post([&ran, index] { ran.push_back(index); });
    }
    reactor_->post([this] { reactor_->stop(); });
  });
  ASSERT_TRUE(reactor_->run().ok());
  poster.join();
  ASSERT_EQ(ran.size(), 1000U);
  for (int index = 0; index < 1000; ++index) EXPECT_EQ(ran[static_cast<std::size_t>(index)], index);
}

TEST_F(ReactorTest, WakesForATimerWithoutAnyDescriptor) {
  bool fired = false;
  Timer timer([&] {
    fired = true;
    reactor_->stop();
  });
  const Deadline due = Clock::now() + milliseconds(120);
  reactor_->schedule(timer, due);
  ASSERT_TRUE(reactor_->run().ok());
  EXPECT_TRUE(fired);
  EXPECT_GE(Clock::now(), due);
}

// Otherwise a loop that was held up would close a connection whose request has arrived in time.
TEST_F(ReactorTest, HearsWhatHasComeBeforeATimerThatIsDue) {
  Pipe pipe = *create_pipe();
  std::vector<std::string> trace;
  Callback handler([&](Ready) { trace.push_back("event"); });
  Timer timer([&] { trace.push_back("timer"); });
  const Token token = reactor_->attach(handler);
  ASSERT_TRUE(reactor_->watch(pipe.read_end.get(), token, {.readable = true}, Trigger::edge).ok());
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  reactor_->schedule(timer, Clock::now());
  std::this_thread::sleep_for(milliseconds(100));
  turn();
  EXPECT_EQ(trace, (std::vector<std::string>{"event", "timer"}));
}

TEST_F(ReactorTest, SleepsForEverWithoutTimers) {
  EXPECT_LT(reactor_->sleep_time().count(), 0);
  Timer timer([] {});
  reactor_->schedule(timer, Clock::now() + milliseconds(500));
  EXPECT_GE(reactor_->sleep_time().count(), 0);
  timer.unlink();
  EXPECT_LT(reactor_->sleep_time().count(), 0);
}

}  // namespace
}  // namespace hpserver
