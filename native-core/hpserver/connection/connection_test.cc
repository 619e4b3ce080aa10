#include "hpserver/connection/connection.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"
#include "test/connection/connection_fixture.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::LineService;
using testing::LineSession;

class ConnectionTest : public testing::ConnectionFixture {};

INSTANTIATE_TEST_SUITE_P(IoModels, ConnectionTest, ::testing::ValuesIn(testing::kIoModels),
                         [](const auto& instance) { return instance.param.name; });

TEST_P(ConnectionTest, AnswersWhatComesWithTheConnectionWithoutATurn) {
  start();
  SocketPair pair = *create_socket_pair();
  say(pair.second, "echo early\n");
  set_->adopt(std::move(pair.first));
  char buffer[64];
  const auto got = receive(pair.second.get(), buffer);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(std::string_view(buffer, *got), "early\n");
}

TEST_P(ConnectionTest, AnswersLinesSplitAtEveryByte) {
  const std::string input = "echo one\necho two\n";
  for (std::size_t split = 0; split <= input.size(); ++split) {
    start();
    const Fd client = connect();
    say(client, std::string_view(input).substr(0, split));
    std::string heard = hear(client);
    say(client, std::string_view(input).substr(split));
    heard += hear(client);
    EXPECT_EQ(heard, "one\ntwo\n") << "split at " << split;
  }
}

TEST_P(ConnectionTest, AnswersAThousandPipelinedLinesInOrder) {
  start();
  const Fd client = connect();
  std::string input;
  std::string expected;
  for (int index = 0; index < 1000; ++index) {
    input += "echo " + std::to_string(index) + "\n";
    expected += std::to_string(index) + "\n";
  }
  say(client, input);
  EXPECT_EQ(hear(client), expected);
}

TEST_P(ConnectionTest, KeepsNoSessionAndNoBlockWhileItIdles) {
  start();
  const Fd client = connect();
  say(client, "echo x\n");
  EXPECT_EQ(hear(client), "x\n");
  EXPECT_EQ(set_->size(), 1U);
  EXPECT_TRUE(service_.sessions.empty());
  EXPECT_LE(sizeof(Connection), 256U);
}

// Checklist 23, 48: despite partial writes and EAGAIN, everything arrives in order.
TEST_P(ConnectionTest, FinishesAnAnswerThatIsFarLargerThanTheSocketBuffer) {
  start();
  const Fd client = connect();
  say(client, "big 3000000\necho after\n");
  const std::string heard = hear(client);
  ASSERT_EQ(heard.size(), 3'000'000U + 6U);
  EXPECT_EQ(heard.find_first_not_of('x'), 3'000'000U);
  EXPECT_EQ(heard.substr(3'000'000), "after\n");
}

TEST_P(ConnectionTest, SendsSharedBytesBetweenCopiedOnesInOrder) {
  start();
  const Fd client = connect();
  say(client, "echo a\nshared 300000\necho b\nshared 5\necho c\n");
  const std::string heard = hear(client);
  EXPECT_EQ(heard, "a\n" + std::string(300'000, 's') + "b\n" + std::string(5, 's') + "c\n");
}

// Checklist 10: a client that shuts down its side still gets the whole answer, then the end.
TEST_P(ConnectionTest, AnswersAfterAHalfClose) {
  start();
  const Fd client = connect();
  say(client, "big 1000000\n");
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  bool ended = false;
  EXPECT_EQ(hear(client, &ended).size(), 1'000'000U);
  EXPECT_TRUE(ended);
  EXPECT_EQ(set_->size(), 0U);
}

TEST_P(ConnectionTest, GivesTheSessionTheLastWordWhenAnInputIsCutOff) {
  start();
  const Fd client = connect();
  say(client, "echo uncompl");
  EXPECT_EQ(hear(client), "");
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  bool ended = false;
  EXPECT_EQ(hear(client, &ended), "cut off\n");
  EXPECT_TRUE(ended);
}

TEST_P(ConnectionTest, ClosesAfterTheAnswerAndDropsWhatFollows) {
  start();
  const Fd client = connect();
  say(client, "close\necho never\n");
  bool ended = false;
  EXPECT_EQ(hear(client, &ended), "bye\n");
  EXPECT_TRUE(ended);
}

// Checklist 10: lingering close. An RST for the late bytes would destroy the answer.
TEST_P(ConnectionTest, AClientThatGoesOnSendingStillGetsTheAnswerAndNoReset) {
  start({.deadlines = {.linger_timeout = testing::kHang}});
  testing::Connected pair = testing::connect_pair();
  Fd client = std::move(pair.client);
  ASSERT_TRUE(set_nonblocking(client.get(), true).ok());
  set_->adopt(std::move(pair.server));
  say(client, "close\n");
  turn();
  for (int index = 0; index < 50; ++index) {
    say(client, std::string(1000, 'x'));
    turn();
  }
  bool ended = false;
  std::string heard;
  turn_until([&] {
    heard += hear(client, &ended);
    return ended;
  });
  EXPECT_EQ(heard, "bye\n");
  EXPECT_TRUE(take_error(client.get(), "send").ok());
  client.reset();
  turn_until([this] { return set_->size() == 0; });
}

TEST_P(ConnectionTest, LingersForAClientThatHasPromisedToSayNothingMore) {
  start({.deadlines = {.linger_timeout = testing::kHang}});
  Fd client = connect();
  say(client, "last\n");
  EXPECT_EQ(hear(client), "bye\n");
  turn();
  EXPECT_EQ(set_->size(), 1U);
  // The client breaks its promise, but its bytes are read anyway: otherwise there would be a reset.
  for (int index = 0; index < 20; ++index) {
    say(client, std::string(1000, 'x'));
    turn();
  }
  EXPECT_TRUE(take_error(client.get(), "send").ok());
  EXPECT_EQ(set_->size(), 1U);
  client.reset();
  turn_until([this] { return set_->size() == 0; });
}

TEST_P(ConnectionTest, AbortDropsTheConnectionAtOnce) {
  start();
  const Fd client = connect();
  say(client, "abort\n");
  bool ended = false;
  hear(client, &ended);
  EXPECT_TRUE(ended);
  EXPECT_EQ(service_.closed_count, 1);
  EXPECT_EQ(budget_->open_count(), 0U);
}

TEST_P(ConnectionTest, WaitsForALateAnswerAndKeepsTheOrder) {
  start();
  const Fd client = connect();
  say(client, "echo first\nlater\necho last\n");
  EXPECT_EQ(hear(client), "first\n");
  ASSERT_EQ(service_.waiting.size(), 1U);
  EXPECT_TRUE(set_->resume(service_.waiting[0], [](Session& session, Channel& channel) {
    static_cast<LineSession&>(session).answer(channel, "late\n");
  }));
  EXPECT_EQ(hear(client), "late\nlast\n");
}

TEST_P(ConnectionTest, ALateAnswerOfAnotherThreadIsPosted) {
  start();
  const Fd client = connect();
  say(client, "later\n");
  EXPECT_EQ(hear(client), "");
  const Token token = service_.waiting.at(0);
  std::thread worker([&] {
    loop_->post([&] {
      set_->resume(token, [](Session& session, Channel& channel) {
        static_cast<LineSession&>(session).answer(channel, "posted\n");
      });
    });
  });
  worker.join();
  EXPECT_EQ(hear(client), "posted\n");
}

TEST_P(ConnectionTest, ALateAnswerForAConnectionThatIsGoneGoesNowhere) {
  start();
  Fd client = connect();
  say(client, "later\n");
  EXPECT_EQ(hear(client), "");
  client.reset();
  turn();
  turn();
  EXPECT_EQ(set_->size(), 0U);
  EXPECT_FALSE(set_->resume(service_.waiting.at(0), [](Session&, Channel&) { FAIL(); }));
}

TEST_P(ConnectionTest, AClientThatGoesTogetherWithItsRequestIsGone) {
  start();
  Fd client = connect();
  say(client, "echo registered\n");
  EXPECT_EQ(hear(client), "registered\n");
  say(client, "later\n");
  client.reset();
  turn();
  turn();
  ASSERT_EQ(service_.waiting.size(), 1U);
  EXPECT_EQ(set_->size(), 0U);
}

TEST_P(ConnectionTest, OneConnectionMayAnswerForAnotherInTheMiddleOfItsOwnInput) {
  start();
  const Fd waiting = connect();
  say(waiting, "later\necho mine\n");
  EXPECT_EQ(hear(waiting), "");
  const Fd other = connect();
  say(other, "later\n");
  EXPECT_EQ(hear(other), "");
  // While `other` is resumed, its step resumes `waiting`, whose output and input must not mix.
  set_->resume(service_.waiting.at(1), [&](Session& session, Channel& channel) {
    static_cast<LineSession&>(session).answer(channel, "o1\n");
    set_->resume(service_.waiting.at(0), [](Session& inner, Channel& inner_channel) {
      static_cast<LineSession&>(inner).answer(inner_channel, "w1\n");
    });
    channel.write("o2\n");
  });
  EXPECT_EQ(hear(other), "o1\no2\n");
  EXPECT_EQ(hear(waiting), "w1\nmine\n");
}

TEST_P(ConnectionTest, TellsTheSessionWhenItsOutputIsOut) {
  start();
  const Fd client = connect();
  say(client, "later\n");
  hear(client);
  int drained = 0;
  set_->resume(service_.waiting.at(0),
               [&](Session&, Channel& channel) { channel.write(std::string(2'000'000, 'y')); });
  EXPECT_EQ(hear(client).size(), 2'000'000U);
  drained = service_.sessions.at(0)->drained_count;
  EXPECT_GE(drained, 1);
}

TEST_P(ConnectionTest, RefusesTheOneTooManyAndTakesTheNextWhenOneHasGone) {
  start({.max_connections = 2});
  Fd first = connect();
  const Fd second = connect();
  const Fd third = connect();
  bool ended = false;
  EXPECT_EQ(hear(third, &ended), "full\n");
  EXPECT_TRUE(ended);
  first.reset();
  turn();
  const Fd fourth = connect();
  say(fourth, "echo in\n");
  EXPECT_EQ(hear(fourth), "in\n");
  EXPECT_EQ(set_->counters().refused.load(), 1U);
}

// A close that leaves input unread would be a reset. See: unix(7), tcp(7).
TEST_P(ConnectionTest, ClosesThoseThatItCannotEvenTellWithoutAReset) {
  start({.max_connections = 1});
  const Fd only = connect();
  std::vector<Fd> told;
  char buffer[16];
  while (true) {
    SocketPair pair = *create_socket_pair();
    say(pair.second, "echo x\n");
    set_->adopt(std::move(pair.first));
    const auto got = receive(pair.second.get(), buffer);
    ASSERT_TRUE(got.ok()) << got.error().message();
    if (*got == 0) break;
    EXPECT_EQ(std::string_view(buffer, *got), "full\n");
    told.push_back(std::move(pair.second));
    ASSERT_LT(told.size(), 1000U);
  }
  EXPECT_GT(told.size(), 10U);
  EXPECT_EQ(set_->counters().refused.load(), told.size() + 1);
}

// Checklist 61: a connection that always has input doesn't keep the others waiting.
TEST_P(ConnectionTest, AFirehoseLeavesTheTurnToOthersWhenItsBudgetIsSpent) {
  start({.read_budget_bytes = 4096, .write_budget_bytes = 4096});
  const Fd firehose = connect();
  const Fd small = connect();
  std::string flood;
  while (flood.size() < 100'000) flood += "echo 0123456789012345678901234567890123456789\n";
  say(firehose, flood);
  say(small, "echo small\n");
  turn();
  turn();
  char buffer[64];
  const auto got = receive(small.get(), buffer);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(std::string_view(buffer, *got), "small\n");
  EXPECT_EQ(hear(firehose).size(), flood.size() / 46 * 41);
}

TEST_P(ConnectionTest, GivesASlowHeadItsLastWordsAndCloses) {
  start({.deadlines = {.header_timeout = milliseconds(100)}});
  const Fd client = connect();
  say(client, "echo slo");
  turn();
  bool ended = false;
  std::string heard;
  turn_until([&] {
    heard += hear(client, &ended);
    if (!ended) static_cast<void>(send(client.get(), "o"));
    return ended;
  });
  EXPECT_EQ(heard, "timeout\n");
}

TEST_P(ConnectionTest, ClosesOneThatNeverSpeaks) {
  start({.deadlines = {.header_timeout = milliseconds(100)}});
  const Fd client = connect();
  bool ended = false;
  turn_until([&] {
    hear(client, &ended);
    return ended;
  });
}

TEST_P(ConnectionTest, DropsAPeerThatNeverReads) {
  start({.deadlines = {.write_timeout = milliseconds(100)}});
  const Fd client = connect();
  say(client, "big 5000000\n");
  turn_until([this] { return set_->size() == 0; });
}

TEST_P(ConnectionTest, DrainLetsTheNextAnswerBeTheLastAndClosesTheSilent) {
  start();
  const Fd silent = connect();
  Fd speaking = connect();
  say(silent, "echo hello\n");
  hear(silent);
  set_->drain();
  say(speaking, "echo last\n");
  bool ended = false;
  EXPECT_EQ(hear(speaking, &ended), "last\n");
  EXPECT_TRUE(ended);
  speaking.reset();
  turn_until([this] { return set_->size() == 0; });
}

// Checklist 24: the head is sent before its file; if the file shrinks, the connection is closed,
// and the process survives.
TEST_P(ConnectionTest, SendsFilesBehindTheirHeadAndEndsWhenOneShrinks) {
  char path[] = "/tmp/connection_test_XXXXXX";
  auto file = std::make_shared<SharedFile>();
  file->fd = Fd(::mkstemp(path));
  ASSERT_TRUE(file->fd.valid());
  const std::string content(500'000, 'f');
  ASSERT_EQ(::write(file->fd.get(), content.data(), content.size()),
            static_cast<ssize_t>(content.size()));
  start();
  const Fd client = connect();
  say(client, "later\n");
  hear(client);
  const auto send_file = [&](std::uint64_t length_bytes) {
    set_->resume(service_.waiting.at(0), [&](Session&, Channel& channel) {
      channel.write("head:");
      channel.write_file(file, 0, length_bytes);
      channel.write(":tail");
    });
  };
  send_file(content.size());
  EXPECT_EQ(hear(client), "head:" + content + ":tail");
  send_file(content.size() + 1);
  bool ended = false;
  EXPECT_EQ(hear(client, &ended), "head:" + content);
  EXPECT_TRUE(ended);
  ::unlink(path);
}

}  // namespace
}  // namespace hpserver
