#include "hpserver/connection/channel.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "hpserver/socket/socket.h"
#include "test/connection/connection_fixture.h"
#include "test/connection/line_service.h"

namespace hpserver {
namespace {

using testing::LineSession;

class ChannelTest : public testing::ConnectionFixture {};

INSTANTIATE_TEST_SUITE_P(IoModels, ChannelTest, ::testing::ValuesIn(testing::kIoModels),
                         [](const auto& instance) { return instance.param.name; });

TEST_P(ChannelTest, BecomesAnotherSessionsWithWhatIsLeftOfTheInput) {
  start();
  const Fd client = connect();
  say(client, "echo one\nbecome\nab");
  EXPECT_EQ(hear(client), "one\n0A1B");
  EXPECT_EQ(service_.closed_count, 1);
  // The new session isn't given back between two requests.
  say(client, "c");
  EXPECT_EQ(hear(client), "2C");
  bool ended = false;
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  EXPECT_EQ(hear(client, &ended), ".");
  EXPECT_TRUE(ended);
  EXPECT_EQ(service_.upper_closed_count, 1);
  EXPECT_EQ(service_.upper_ended_count, 1);
}

TEST_P(ChannelTest, BecomesAnotherSessionsInAStepFromOutside) {
  start();
  const Fd client = connect();
  say(client, "later\nab");
  EXPECT_EQ(hear(client), "");
  const bool resumed = set_->resume(service_.waiting.at(0), [&](Session&, Channel& channel) {
    channel.become(std::make_unique<testing::UpperSession>(service_));
  });
  EXPECT_TRUE(resumed);
  EXPECT_EQ(hear(client), "0A1B");
}

TEST_P(ChannelTest, ASuccessorIsNobodyElses) {
  start();
  const Fd client = connect();
  const Fd other = connect();
  say(other, "later\n");
  hear(other);
  say(client, "fall\n");
  hear(client);
  EXPECT_EQ(service_.upper_ended_count, 1);
  set_->resume(service_.waiting.at(0), [](Session& session, Channel& channel) {
    static_cast<LineSession&>(session).answer(channel, "mine\n");
  });
  say(other, "echo a\n");
  EXPECT_EQ(hear(other), "mine\na\n");
}

TEST_P(ChannelTest, ADrainEndsASuccessorThatIdles) {
  start({.deadlines = {.idle_timeout = testing::kHang}});
  const Fd client = connect();
  say(client, "become\na");
  EXPECT_EQ(hear(client), "0A");
  set_->drain();
  turn_until([&] { return set_->size() == 0; });
  EXPECT_EQ(service_.upper_closed_count, 1);
}

}  // namespace
}  // namespace hpserver
