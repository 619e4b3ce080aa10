#include "hpserver/proxy/tunnel_service.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "hpserver/connection/peer/proxy_header.h"
#include "hpserver/event/notices.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver::proxy {
namespace {

using std::chrono::milliseconds;
using testing::connect_pair;
using testing::must;

// An address at which connecting hangs: the queue of its listener is full.
struct Hanging {
  Fd listener = must(listen_on(Address::loopback_ipv4(0), {.backlog = 0}));
  Address address = must(Address::local_of(listener.get()));
  std::vector<Fd> queued;

  Hanging() {
    for (int count = 0; count < 4; ++count) queued.push_back(must(start_connect(address)));
  }
};

// client ⇄ tunnel ⇄ upstream, which is `peer_`.
class TunnelTest : public testing::LoopTest {
 protected:
  TunnelTest() {
    must(ignore_sigpipe());
    loop_->notices().tell_to([this](const std::string& line) { log_ += line + "\n"; });
  }

  // The loop outlives `log_`, and when it is destroyed it logs what it has counted.
  ~TunnelTest() override { loop_->notices().tell_to({}); }

  void start(std::vector<Address> upstreams, const TunnelOptions& options = {}) {
    service_ = std::make_unique<TunnelService>(std::move(upstreams), options);
  }

  // A client of a new tunnel; `tunnel_` is null if that could not even begin.
  Fd arrive() {
    auto pair = connect_pair();
    must(set_option(pair.client.get(), option::NoDelay{true}));
    tunnel_ = service_->carry(std::move(pair.server), *loop_, [this] {
      ++ended_count_;
      tunnel_.reset();
    });
    return std::move(pair.client);
  }

  std::string hear(const Fd& fd) {
    turn_until([&] { return testing::look(fd.get(), POLLIN) != 0; });
    return testing::receive_text(fd.get());
  }

  int error_at(const Fd& fd) {
    turn_until([&] { return testing::look(fd.get(), POLLIN) != 0; });
    char byte = 0;
    return testing::error_code(receive(fd.get(), {&byte, 1}));
  }

  [[nodiscard]] std::size_t open_count() const {
    std::size_t count = 0;
    for (std::size_t index = 0; index < service_->group().size(); ++index) {
      count += service_->group().open_count(index);
    }
    return count;
  }

  std::string log_;
  std::unique_ptr<TunnelService> service_;
  std::unique_ptr<Carrier> tunnel_;
  int ended_count_ = 0;
};

TEST_F(TunnelTest, JoinsAClientWithAnUpstream) {
  start({peer_.address});
  const Fd client = arrive();
  Fd upstream = accept();
  must(send(client.get(), "question"));
  EXPECT_EQ(hear(upstream), "question");
  must(send(upstream.get(), "answer"));
  EXPECT_EQ(hear(client), "answer");
  EXPECT_EQ(open_count(), 1U);
  must(shut_down(client.get(), Direction::write));
  EXPECT_EQ(hear(upstream), "") << "a half-close is passed on";
  must(send(upstream.get(), "last words"));
  EXPECT_EQ(hear(client), "last words");
  upstream.reset();
  EXPECT_EQ(hear(client), "");
  turn_until([&] { return ended_count_ == 1; });
  EXPECT_EQ(open_count(), 0U);
}

// As SMTP and MySQL do.
TEST_F(TunnelTest, LetsTheUpstreamSpeakFirst) {
  start({peer_.address});
  const Fd client = arrive();
  const Fd upstream = accept();
  must(send(upstream.get(), "220 ready"));
  EXPECT_EQ(hear(client), "220 ready");
}

TEST_F(TunnelTest, GoesOnWithTheNextUpstreamIfOneRefuses) {
  const testing::Absent absent;
  start({absent.address, absent.address, peer_.address});
  for (int count = 0; count < 3; ++count) {
    const Fd client = arrive();
    const Fd upstream = accept();
    must(send(client.get(), "hello"));
    EXPECT_EQ(hear(upstream), "hello");
  }
  EXPECT_NE(log_.find("can't be reached: connect: Connection refused (ECONNREFUSED)"),
            std::string::npos)
      << log_;
}

TEST_F(TunnelTest, GoesOnWithTheNextUpstreamIfOneHangs) {
  const Hanging hanging;
  start({hanging.address, hanging.address, peer_.address}, {.connect_timeout = milliseconds(30)});
  const Fd client = arrive();
  const Fd upstream = accept();
  must(send(client.get(), "hello"));
  EXPECT_EQ(hear(upstream), "hello");
}

TEST_F(TunnelTest, ResetsAClientForWhomThereIsNoUpstream) {
  const testing::Absent absent;
  start({absent.address, absent.address});
  const Fd client = arrive();
  EXPECT_EQ(error_at(client), ECONNRESET) << "it isn't a server that has nothing to say";
  turn_until([&] { return tunnel_ == nullptr; });
  EXPECT_EQ(open_count(), 0U);
}

TEST_F(TunnelTest, MakesNoMoreAttemptsThanItMay) {
  const testing::Absent absent;
  start({absent.address, absent.address, absent.address},
        {.group = {.failures_to_eject = 1}, .max_attempts = 2});
  const Fd client = arrive();
  EXPECT_EQ(error_at(client), ECONNRESET);
  std::size_t ejected_count = 0;
  for (std::size_t index = 0; index < 3; ++index) {
    ejected_count += service_->group().is_ejected(index, loop_->now()) ? 1 : 0;
  }
  EXPECT_EQ(ejected_count, 2U);
}

// The upstream has done nothing wrong.
TEST_F(TunnelTest, EjectsNobodyForItsOwnLackOfDescriptors) {
  start({peer_.address}, {.group = {.failures_to_eject = 1}});
  auto pair = connect_pair();
  std::vector<Fd> hoard;
  for (Fd fd(::dup(0)); fd; fd.reset(::dup(0))) hoard.push_back(std::move(fd));
  tunnel_ = service_->carry(std::move(pair.server), *loop_, [] {});
  EXPECT_EQ(tunnel_, nullptr);
  hoard.clear();
  EXPECT_FALSE(service_->group().is_ejected(0, loop_->now()));
  EXPECT_EQ(open_count(), 0U);
}

TEST_F(TunnelTest, PassesAResetOn) {
  start({peer_.address});
  const Fd client = arrive();
  Fd upstream = accept();
  must(send(upstream.get(), "half an ans"));
  EXPECT_EQ(hear(client), "half an ans");
  must(set_option(upstream.get(), option::Linger::abort()));
  upstream.reset();
  EXPECT_EQ(error_at(client), ECONNRESET) << "half an answer is no whole one";
  turn_until([&] { return ended_count_ == 1; });
}

TEST_F(TunnelTest, ResetsTheUpstreamOfAClientThatResets) {
  start({peer_.address});
  Fd client = arrive();
  const Fd upstream = accept();
  must(send(client.get(), "half a quest"));
  EXPECT_EQ(hear(upstream), "half a quest");
  must(set_option(client.get(), option::Linger::abort()));
  client.reset();
  EXPECT_EQ(error_at(upstream), ECONNRESET);
}

TEST_F(TunnelTest, TellsItsUpstreamAboutTheClient) {
  for (const auto version : {PreambleVersion::v1, PreambleVersion::v2}) {
    start({peer_.address}, {.preamble = version});
    const Fd client = arrive();
    const Fd upstream = accept();
    must(send(client.get(), "hello"));
    std::string heard;
    while (heard.find("hello") == std::string::npos) heard += hear(upstream);
    const auto header = must(ProxyHeader::read(heard));
    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->source, must(Address::local_of(client.get())));
    EXPECT_EQ(heard.substr(header->size_bytes), "hello");
    tunnel_.reset();
  }
}

TEST_F(TunnelTest, ClosesBothEndsWhenItIsDestroyed) {
  start({peer_.address});
  const Fd client = arrive();
  const Fd upstream = accept();
  must(send(client.get(), "hello"));
  EXPECT_EQ(hear(upstream), "hello");
  tunnel_.reset();
  EXPECT_EQ(testing::receive_text(client.get()), "");
  EXPECT_EQ(testing::receive_text(upstream.get()), "");
  EXPECT_EQ(open_count(), 0U);
  EXPECT_EQ(ended_count_, 0) << "whoever destroys it knows";
}

// The client has gone while its upstream was being connected.
TEST_F(TunnelTest, EndsWithAClientThatDoesNotWait) {
  start({peer_.address});
  arrive().reset();
  const Fd upstream = accept();
  EXPECT_EQ(hear(upstream), "");
}

std::ptrdiff_t descriptor_count() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

TEST_F(TunnelTest, HoldsTwoSocketsAndNoPipeWhileItIdles) {
  start({peer_.address});
  const auto before = descriptor_count();
  const Fd client = arrive();
  const Fd upstream = accept();
  must(send(client.get(), "hello"));
  EXPECT_EQ(hear(upstream), "hello");
  constexpr int kEndsOfTheTest = 2;
  EXPECT_EQ(descriptor_count() - before, kEndsOfTheTest + 2);
}

}  // namespace
}  // namespace hpserver::proxy
