#include "hpserver/link/out_of_band.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "hpserver/event/reactor.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::error_code;
using testing::must;
using Heard = std::vector<std::string>;

class Note final : public UrgentListener {
 public:
  void on_bytes(std::string_view bytes) override { heard.emplace_back(bytes); }
  void on_urgent(char byte) override { heard.push_back(std::string("urgent ") + byte); }
  void on_end(const Result<void>& result) override { end = error_code(result); }

  Heard heard;
  int end = -1;
};

class OutOfBandTest : public ::testing::TestWithParam<UrgentPlace> {
 protected:
  OutOfBandTest()
      : loop_(must(Reactor::create(must(make_poller<EpollPoller>())))),
        pair_(testing::connect_pair()) {}

  void listen() {
    reader_ = must(OutOfBandReader::create(*loop_, pair_.server.get(), note_, GetParam()));
  }

  void turn_until(const Heard& wanted) {
    testing::step_until([&] { return note_.heard.size() >= wanted.size(); },
                        [this] { must(loop_->turn(milliseconds(2))); });
    EXPECT_EQ(note_.heard, wanted);
  }

  std::unique_ptr<Reactor> loop_;
  testing::Connected pair_;
  Note note_;
  std::unique_ptr<OutOfBandReader> reader_;
};

// Checklist 12: "123", "abc" with OOB, "456": 123ab, the mark, c, 456.
TEST_P(OutOfBandTest, HearsTheUrgentByteAtItsMark) {
  must(send(pair_.client.get(), "123"));
  EXPECT_EQ(must(send_urgent(pair_.client.get(), "abc")), 3U);
  must(send(pair_.client.get(), "456"));
  testing::await([this] { return must(readable_bytes(pair_.server.get())) >= 5; });
  testing::await_events(pair_.server.get(), POLLPRI);
  listen();
  turn_until({"123ab", "urgent c", "456"});
}

// Checklist 65: one urgent byte after another, each announced separately.
TEST_P(OutOfBandTest, HearsEveryOneThatIsTaken) {
  listen();
  must(send_urgent(pair_.client.get(), "!"));
  turn_until({"urgent !"});
  must(send_urgent(pair_.client.get(), "?"));
  turn_until({"urgent !", "urgent ?"});
  must(send(pair_.client.get(), "plain"));
  turn_until({"urgent !", "urgent ?", "plain"});
}

TEST_P(OutOfBandTest, TellsTheEnd) {
  listen();
  must(send(pair_.client.get(), "bye"));
  pair_.client.reset();
  testing::step_until([this] { return note_.end != -1; },
                      [this] { must(loop_->turn(milliseconds(2))); });
  EXPECT_EQ(note_.heard, Heard{"bye"});
  EXPECT_EQ(note_.end, 0);
}

INSTANTIATE_TEST_SUITE_P(Places, OutOfBandTest,
                         ::testing::Values(UrgentPlace::aside, UrgentPlace::inside),
                         [](const auto& place) {
                           return place.param == UrgentPlace::aside ? "Aside" : "Inside";
                         });

// Checklist 12: none was sent, one was, and it is received once.
TEST(ReceiveUrgent, TakesItOnce) {
  const testing::Connected pair = testing::connect_pair();
  EXPECT_EQ(must(receive_urgent(pair.server.get())), std::nullopt);
  must(send_urgent(pair.client.get(), "x"));
  testing::await_events(pair.server.get(), POLLPRI);
  EXPECT_EQ(must(receive_urgent(pair.server.get())), 'x');
  EXPECT_EQ(must(receive_urgent(pair.server.get())), std::nullopt);
  EXPECT_EQ(error_code(receive_urgent(-1)), EBADF);
}

}  // namespace
}  // namespace hpserver
