#include "hpserver/link/connector.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::error_code;
using testing::must;

constexpr milliseconds kPatience = testing::kHang;

class ConnectorTest : public testing::LoopTest {
 protected:
  Connector::Connected noting() {
    return [this](Result<Fd> fd) { outcome_ = std::move(fd); };
  }

  std::unique_ptr<Connector> connector_ = std::make_unique<Connector>(*loop_);
  std::optional<Result<Fd>> outcome_;
};

TEST_F(ConnectorTest, GivesAConnectedSocketThatNeverBlocks) {
  must(connector_->start(peer_.address, kPatience, noting()));
  EXPECT_FALSE(outcome_) << "never from within start";
  turn_until([&] { return outcome_.has_value(); });
  const Fd peer = peer_.accept();
  const Fd fd = must(std::move(*outcome_));
  EXPECT_TRUE(must(get_option<option::NoDelay>(fd.get())).on);
  EXPECT_TRUE(must(get_option<option::KeepAlive>(fd.get())).on);
  char byte = 0;
  EXPECT_EQ(error_code(receive(fd.get(), {&byte, 1})), EAGAIN);
  must(send(fd.get(), "hello"));
  EXPECT_EQ(testing::receive_text(peer.get()), "hello");
}

TEST_F(ConnectorTest, TellsWhyThereIsNone) {
  const testing::Absent nobody;
  must(connector_->start(nobody.address, kPatience, noting()));
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_EQ(error_code(*outcome_), ECONNREFUSED);
}

// A listener whose backlog is full doesn't answer: see listen(2).
TEST_F(ConnectorTest, TellsOfOneThatNeverAnswers) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0), {.backlog = 0}));
  const Address address = must(Address::local_of(listener.get()));
  std::vector<Fd> crowd;
  for (int clients = 0; clients < 4; ++clients) crowd.push_back(must(start_connect(address)));
  must(connector_->start(address, milliseconds(20), noting()));
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_EQ(error_code(*outcome_), ETIMEDOUT);
}

TEST_F(ConnectorTest, SaysNothingOnceStopped) {
  must(connector_->start(peer_.address, kPatience, noting()));
  connector_->stop();
  connector_->stop();
  for (int turns = 0; turns < 3; ++turns) must(loop_->turn(milliseconds(1)));
  EXPECT_FALSE(outcome_);
}

TEST_F(ConnectorTest, StartsAnewFromItsOwnCall) {
  const testing::Absent nobody;
  must(connector_->start(nobody.address, kPatience, [this](const Result<Fd>& refused) {
    EXPECT_EQ(error_code(refused), ECONNREFUSED);
    must(connector_->start(peer_.address, kPatience, noting()));
  }));
  turn_until([&] { return outcome_.has_value(); });
  EXPECT_TRUE(outcome_->ok());
}

TEST_F(ConnectorTest, EndsInItsOwnCall) {
  bool called = false;
  must(connector_->start(peer_.address, kPatience, [&](const Result<Fd>& fd) {
    connector_.reset();
    called = fd.ok();
  }));
  turn_until([&] { return called; });
}

}  // namespace
}  // namespace hpserver
