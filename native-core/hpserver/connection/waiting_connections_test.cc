#include "hpserver/connection/waiting_connections.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "hpserver/os/limits.h"
#include "hpserver/os/pipe.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

class WaitingConnectionsTest : public ::testing::Test {
 protected:
  WaitingConnectionsTest() {
    notices().tell_to([this](const std::string& line) { told_.push_back(line); });
  }

  Notices& notices() { return io_.loop->notices(); }

  // Returns the number of the waiting descriptor.
  int add() {
    Pipe pipe = must(create_pipe());
    const int number = pipe.read_end.get();
    waiting_.add(std::move(pipe.read_end), notices());
    return number;
  }

  IoUnit io_ = must(make_reactor<EpollPoller, Trigger::edge>());
  std::vector<std::string> told_;
  WaitingConnections waiting_;
};

TEST_F(WaitingConnectionsTest, GivesThoseThatCameFirstAndKeepsTheRest) {
  const std::vector<int> numbers{add(), add(), add()};
  std::vector<int> given;
  const auto take_two = [&](const Fd& conn_fd) {
    if (given.size() == 2) return false;
    given.push_back(conn_fd.get());
    return true;
  };
  waiting_.give_to(take_two);
  EXPECT_EQ(given, std::vector<int>(numbers.begin(), numbers.begin() + 2));
  EXPECT_FALSE(waiting_.empty());
}

TEST_F(WaitingConnectionsTest, RefusesWhatItHasNoPlaceForAndSaysSo) {
  ASSERT_TRUE(raise_descriptor_limit());
  for (std::size_t count = 0; count < WaitingConnections::kMaxCount; ++count) add();
  EXPECT_TRUE(told_.empty());
  add();
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_[0], "a connection was refused: too many connections are waiting for a worker");
  std::size_t given = 0;
  waiting_.give_to([&](const Fd&) { return ++given > 0; });
  EXPECT_EQ(given, WaitingConnections::kMaxCount);
}

TEST_F(WaitingConnectionsTest, ClosesWhoNobodyWillTake) {
  const int number = add();
  waiting_.close_all(notices());
  EXPECT_TRUE(waiting_.empty());
  EXPECT_EQ(::fcntl(number, F_GETFD), -1);
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_[0], "a connection was refused: no worker is left to serve it");
}

}  // namespace
}  // namespace hpserver
