#include "hpserver/link/peer_link.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::error_code;
using testing::must;
using Texts = std::vector<std::string>;

class Ear final : public PeerLinkListener {
 public:
  void on_peer_message(std::string_view message) override { heard.emplace_back(message); }
  void on_peer_up() override { ++ups; }
  void on_peer_down(const Error& error) override { downs.push_back(error.code); }

  Texts heard;
  int ups = 0;
  std::vector<int> downs;
};

// A peer server's end of one link: receives messages, and sends what it is told to.
class PeerEnd final : public FramedStreamListener {
 public:
  PeerEnd(EventLoop& loop, Fd fd, const FramedStreamOptions& options = {})
      : stream(must(FramedStream::create(loop, std::move(fd), queue, *this, options))) {}

  void on_message(std::string_view message) override {
    if (message.empty()) {
      ++heartbeats;
    } else {
      heard.emplace_back(message);
    }
  }
  void on_lost(const Error& error) override { lost = error.code; }

  void say(std::string_view message) {
    must(queue.push(message));
    stream->flush_later();
  }

  FrameQueue queue;
  Texts heard;
  int heartbeats = 0;
  int lost = 0;
  std::unique_ptr<FramedStream> stream;
};

constexpr PeerLinkOptions kQuick{.first_delay = milliseconds(1), .longest_delay = milliseconds(4)};

class PeerLinkTest : public testing::LoopTest {
 protected:
  Ear ear_;
};

// Checklist 47: connects at the start; messages both ways, of any size and split anywhere.
TEST_F(PeerLinkTest, CarriesMessagesBothWays) {
  PeerLink link(*loop_, peer_.address, ear_);
  const std::string large(900'000, 'x');
  must(link.send("sent before it was up"));
  PeerEnd peer(*loop_, accept());
  must(link.send(large));
  must(link.send("last"));
  turn_until([&] { return peer.heard.size() == 3; });
  EXPECT_TRUE((peer.heard == Texts{"sent before it was up", large, "last"}));
  peer.say("one");
  peer.say("two");
  turn_until([&] { return ear_.heard.size() == 2; });
  EXPECT_EQ(ear_.heard, (Texts{"one", "two"}));
  EXPECT_EQ(link.statistics().received_count, 2U);
  EXPECT_TRUE(link.up());
}

// Checklist 47: a restart of the peer costs one connect(), requests cost none.
TEST_F(PeerLinkTest, ConnectsAgainAfterARestartAndNotPerRequest) {
  PeerLink link(*loop_, peer_.address, ear_, kQuick);
  for (int restart = 0; restart < 2; ++restart) {
    PeerEnd peer(*loop_, accept());
    for (int request = 0; request < 100; ++request) must(link.send(std::to_string(request)));
    turn_until([&] { return peer.heard.size() == 100; });
    EXPECT_EQ(peer.heard.back(), "99");
    peer.say("heard");
    turn_until([&] { return ear_.heard.size() == static_cast<std::size_t>(restart) + 1; });
  }
  turn_until([&] { return ear_.downs.size() == 2; });
  EXPECT_EQ(link.statistics().up_count, link.statistics().connect_count);
  EXPECT_GE(link.statistics().connect_count, 2U);
  EXPECT_LE(link.statistics().connect_count, 3U) << "200 requests, two restarts";
}

// Checklist 47: while the peer is down, messages wait and connects are repeated.
TEST_F(PeerLinkTest, KeepsTryingWhileThePeerIsDown) {
  testing::Absent absent;
  PeerLink link(*loop_, absent.address, ear_, kQuick);
  must(link.send("patience"));
  turn_until([&] { return ear_.downs.size() == 3; });
  EXPECT_EQ(ear_.downs, std::vector<int>(3, ECONNREFUSED));
  EXPECT_FALSE(link.up());
  ASSERT_EQ(::listen(absent.bound.get(), 1), 0);
  peer_.listener = std::move(absent.bound);
  PeerEnd peer(*loop_, accept());
  turn_until([&] { return !peer.heard.empty(); });
  EXPECT_EQ(peer.heard, Texts{"patience"});
}

// Checklist 47: heartbeats keep an idle link open; a peer without any is dead.
TEST_F(PeerLinkTest, NoticesAPeerThatHangs) {
  PeerLinkOptions options = kQuick;
  options.stream = {.heartbeat_interval = milliseconds(1), .silence_timeout = testing::kHang};
  {
    PeerLink link(*loop_, peer_.address, ear_, options);
    {
      PeerEnd peer(*loop_, accept(), options.stream);
      turn_until([&] { return peer.heartbeats >= 5; });
      EXPECT_EQ(ear_.ups, 1);
      EXPECT_TRUE(ear_.downs.empty());
    }
    turn_until([&] { return !ear_.downs.empty(); });
    EXPECT_EQ(ear_.downs, std::vector{ECONNRESET});
  }
  // Its descriptor is open, its kernel answers, but no process does.
  Ear other;
  options.stream.silence_timeout = milliseconds(20);
  PeerLink link(*loop_, peer_.address, other, options);
  turn_until([&] { return !other.downs.empty(); });
  EXPECT_EQ(other.downs.front(), ETIMEDOUT);
}

// Checklist 46: the queue is bounded, and says so.
TEST_F(PeerLinkTest, RefusesWhatItsQueueCannotHold) {
  PeerLinkOptions options;
  options.queue = {.max_bytes = 100, .max_message_bytes = 50};
  PeerLink link(*loop_, peer_.address, ear_, options);
  EXPECT_EQ(error_code(link.send("")), EMSGSIZE);
  EXPECT_EQ(error_code(link.send(std::string(51, 'x'))), EMSGSIZE);
  must(link.send(std::string(50, 'a')));
  EXPECT_EQ(error_code(link.send(std::string(50, 'b'))), EAGAIN);
  must(link.send(std::string(42, 'c')));
}

// Checklist 46: … or lets the oldest go.
TEST_F(PeerLinkTest, DropsTheOldestIfToldSo) {
  PeerLinkOptions options;
  options.queue = {.max_bytes = 20, .overflow = Overflow::drop_oldest};
  PeerLink link(*loop_, peer_.address, ear_, options);
  for (const char* message : {"one", "two", "three"}) must(link.send(message));
  PeerEnd peer(*loop_, accept());
  turn_until([&] { return peer.heard.size() == 2; });
  EXPECT_EQ(peer.heard, (Texts{"two", "three"}));
  EXPECT_EQ(link.statistics().dropped_count, 1U);
}

// A partly sent message is sent again as a whole: a part is useless.
TEST_F(PeerLinkTest, SendsAgainWhatWasCut) {
  PeerLinkOptions options = kQuick;
  options.queue.max_bytes = std::size_t{32} << 20U;  // more than the kernel's buffers hold
  PeerLink link(*loop_, peer_.address, ear_, options);
  const std::string large(std::size_t{1} << 20U, 'x');
  {
    const Fd deaf = accept();
    for (int message = 0; message < 24; ++message) must(link.send(large));
    for (int turns = 0; turns < 50; ++turns) must(loop_->turn(milliseconds(1)));
  }
  PeerEnd peer(*loop_, accept());
  turn_until([&] { return !peer.heard.empty(); });
  ASSERT_FALSE(peer.heard.empty());
  EXPECT_TRUE(peer.heard[0] == large);
}

TEST_F(PeerLinkTest, EndsALinkThatSpeaksNonsense) {
  PeerLink link(*loop_, peer_.address, ear_, kQuick);
  const Fd peer = accept();
  must(send(peer.get(), "GET / HTTP/1.1\r\n\r\n"));
  turn_until([&] { return !ear_.downs.empty(); });
  EXPECT_EQ(ear_.downs[0], EMSGSIZE);
}

}  // namespace
}  // namespace hpserver
