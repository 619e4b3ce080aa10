#include "hpserver/link/relay_direction.h"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/socket/socket.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

constexpr std::size_t kBudgetBytes = std::size_t{1} << 20U;

// sender → (source → direction → sink) → receiver
class RelayDirectionTest : public ::testing::Test {
 protected:
  RelayDirectionTest() { must(ignore_sigpipe()); }

  void move(std::size_t budget_bytes = kBudgetBytes) {
    must(direction_.move(buffers_, source_.second.get(), sink_.first.get(), budget_bytes));
  }

  void say(std::string_view text) {
    EXPECT_EQ(must(send(source_.first.get(), text, {.dont_wait = true})), text.size());
  }

  // Receives what has come, about `limit_bytes` at most.
  std::string hear(std::size_t limit_bytes = kBudgetBytes) {
    std::string heard;
    std::string room(1024, '\0');
    while (heard.size() < limit_bytes) {
      const auto got = receive(sink_.second.get(), std::span<char>{room}, {.dont_wait = true});
      if (!got) break;
      heard.append(room, 0, *got);
    }
    return heard;
  }

  // Sends bulk through the direction, so what comes next is spliced.
  void make_bulky() {
    for (int count = 0; count < 4; ++count) {
      say(std::string(50'000, 'b'));
      move();
      EXPECT_EQ(hear().size(), 50'000U);
    }
  }

  // Sends past the direction until its sink takes no more; returns how many bytes.
  std::size_t fill_sink() {
    std::size_t sent_bytes = 0;
    const std::string junk(1024, 'j');
    while (const auto sent = send(sink_.first.get(), junk, {.dont_wait = true})) {
      sent_bytes += *sent;
    }
    return sent_bytes;
  }

  TransitBuffers buffers_;
  RelayDirection direction_{SpliceLimits{}};
  SocketPair source_ = must(create_socket_pair());
  SocketPair sink_ = must(create_socket_pair());
};

TEST_F(RelayDirectionTest, BorrowsAPipeOnlyWhileBulkIsUnderWay) {
  say("small");
  move();
  EXPECT_EQ(hear(), "small");
  EXPECT_EQ(buffers_.pipes().idle_count(), 0U);
  make_bulky();
  EXPECT_EQ(buffers_.pipes().idle_count(), 1U) << "given back";
}

// The pipe is still lent when the direction has gone back to copying.
TEST_F(RelayDirectionTest, LosesNothingIfItsSinkIsFullWhileItGoesBackToCopying) {
  make_bulky();
  const std::size_t junk_bytes = fill_sink();
  say("few");
  move();
  EXPECT_TRUE(direction_.awaits_sink());
  EXPECT_EQ(buffers_.pipes().idle_count(), 0U) << "they are in a pipe";
  std::string heard = hear();
  // The sink takes these bytes, which uses up the turn; before the next turn the sink is full
  // again.
  move(1);
  heard += hear();
  const std::size_t more_junk_bytes = fill_sink();
  const std::string text(90'000, 't');
  say(text);
  for (int turns = 0; turns < 10; ++turns) {
    move();
    heard += hear();
  }
  EXPECT_EQ(heard.substr(junk_bytes, 3), "few");
  EXPECT_EQ(heard.size(), junk_bytes + 3 + more_junk_bytes + text.size());
  EXPECT_TRUE(heard.ends_with(text));
  EXPECT_TRUE(direction_.awaits_source());
}

TEST_F(RelayDirectionTest, WaitsForOneSideAtATimeAndForNoneInTheEnd) {
  EXPECT_TRUE(direction_.awaits_source());
  EXPECT_FALSE(direction_.awaits_sink());
  fill_sink();
  say("text");
  move();
  EXPECT_FALSE(direction_.awaits_source());
  EXPECT_TRUE(direction_.awaits_sink());
  hear();
  must(shut_down(source_.first.get(), Direction::write));
  move();
  EXPECT_FALSE(direction_.awaits_source());
  EXPECT_FALSE(direction_.awaits_sink());
  EXPECT_TRUE(direction_.has_ended());
}

}  // namespace
}  // namespace hpserver
