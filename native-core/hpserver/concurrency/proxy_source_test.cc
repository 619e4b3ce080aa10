// Proxies in front of real servers, over each transport: what they send, and what others send.

#include "hpserver/connection/peer/proxy_source.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/connection/channel.h"
#include "hpserver/connection/peer/address_limit.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/filters.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using namespace std::string_literals;
using std::chrono::milliseconds;
using testing::must;

// Answers each line with its client's address.
class PeerSession final : public Session {
 public:
  std::size_t on_input(std::string_view input, Channel& channel) override {
    const std::size_t end = input.find('\n');
    if (end == input.npos) return 0;
    channel.write(std::string(input.substr(0, end)) + " of " + must(channel.peer()).host() + "\n");
    return end + 1;
  }
  void on_end_of_input(Channel&) override {}
  void on_drained(Channel&) override {}
  void on_timeout(Channel&) override {}
  void on_close() override {}
  [[nodiscard]] Phase phase() const override { return Phase::idle; }
};

class PeerService final : public Service {
 public:
  explicit PeerService(bool has_filter) : has_filter_(has_filter) {}
  Session* open() override { return &session_; }
  void close(Session&) override {}
  std::unique_ptr<StreamFilter> make_filter() override {
    return has_filter_ ? std::make_unique<testing::XorFilter>() : nullptr;
  }
  [[nodiscard]] std::string_view refusal() const override { return "full\n"; }
  void drain() override {}

 private:
  const bool has_filter_;
  PeerSession session_;  // stateless, so one serves all
};

struct Architecture {
  const char* name;
  Result<IoUnit> (*make_io)();
  bool has_crew = false;
};

class ProxySourceTest : public ::testing::TestWithParam<Architecture> {
 protected:
  ~ProxySourceTest() override {
    if (!runner_.joinable()) return;
    server_->end();
    runner_.join();
  }

  void start(ServerOptions options = {}, bool has_filter = false) {
    source_ = std::make_shared<ProxySource>(
        std::vector{must(AddressRange::parse("127.0.0.2")), must(AddressRange::parse("unix:"))});
    options.workers = 2;
    options.limits.peer_source = source_;
    options.on_notice = [this](const std::string& line) {
      const std::lock_guard lock(told_mutex_);
      told_.push_back(line);
    };
    const ServerParts parts{.make_io = GetParam().make_io, .make_service = [has_filter] {
                              return std::make_unique<PeerService>(has_filter);
                            }};
    if (GetParam().has_crew) {
      server_ = must(HalfSyncHalfReactive::create(parts, options));
    } else {
      server_ = must(Single::create(parts, options));
    }
    must(server_->listen(Address::loopback_ipv4(0)));
    runner_ = std::thread([this] { must(server_->run({})); });
  }

  [[nodiscard]] Fd connect_from(const std::string& host) const {
    const Address& address = server_->addresses().front();
    Fd client = must(stream_socket(AF_INET, Blocking::yes));
    must(bind_to(client.get(), must(Address::parse(host + ":0"))));
    EXPECT_EQ(::connect(client.get(), address.data(), address.size()), 0);
    return client;
  }
  [[nodiscard]] Fd proxy() const { return connect_from("127.0.0.2"); }

  static std::string hear_line(const Fd& client) {
    std::string line;
    while (line.empty() || line.back() != '\n') {
      const std::string text = testing::receive_text(client.get());
      if (text.empty()) break;
      line += text;
    }
    return line;
  }
  // Closed, in whatever way, without a reply.
  static bool is_closed(const Fd& client) {
    char byte = 0;
    const auto got = receive(client.get(), {&byte, 1});
    return !got || *got == 0;
  }
  void await_told(const std::string& what) {
    testing::await([&] {
      const std::lock_guard lock(told_mutex_);
      return std::ranges::any_of(told_,
                                 [&](const auto& line) { return line.find(what) != line.npos; });
    });
  }

  std::mutex told_mutex_;
  std::vector<std::string> told_;
  std::shared_ptr<ProxySource> source_;
  std::unique_ptr<Server> server_;
  std::thread runner_;
};

INSTANTIATE_TEST_SUITE_P(
    Transports, ProxySourceTest,
    ::testing::Values(Architecture{"Epoll", make_reactor<EpollPoller, Trigger::edge>},
                      Architecture{"Crew", make_reactor<EpollPoller, Trigger::oneshot>, true},
                      Architecture{"Uring", make_proactor<UringPort>},
                      Architecture{"Blocking", make_blocking}),
    [](const auto& instance) { return instance.param.name; });

const std::string kHeader = "PROXY TCP4 203.0.113.9 192.0.2.2 4711 80\r\n";

TEST_P(ProxySourceTest, TellsWhoseConnectionItIs) {
  start();
  const Fd client = proxy();
  must(send(client.get(), kHeader + "one\n"));
  EXPECT_EQ(hear_line(client), "one of 203.0.113.9\n");
  must(send(client.get(), "two\n"));
  EXPECT_EQ(hear_line(client), "two of 203.0.113.9\n");
  EXPECT_EQ(source_->refused_count(), 0U);
}

TEST_P(ProxySourceTest, TakesAHeaderByteByByte) {
  start();
  const Fd client = proxy();
  for (const char byte : kHeader + "one\n") must(send(client.get(), {&byte, 1}));
  EXPECT_EQ(hear_line(client), "one of 203.0.113.9\n");
}

TEST_P(ProxySourceTest, LeavesTheAddressOfAProxyThatSpeaksForItself) {
  start();
  const Fd client = proxy();
  must(send(client.get(), "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0one\n"s));
  EXPECT_EQ(hear_line(client), "one of 127.0.0.2\n");
}

TEST_P(ProxySourceTest, ClosesAProxyThatSendsAnythingElse) {
  start();
  const Fd client = proxy();
  must(send(client.get(), "GET / HTTP/1.1\r\n\r\n"));
  EXPECT_TRUE(is_closed(client));
  await_told("a connection was closed: 127.0.0.2 sent no valid PROXY header");
  EXPECT_EQ(source_->refused_count(), 1U);
}

TEST_P(ProxySourceTest, ClosesAHeaderOfWhoIsNoProxy) {
  start();
  const Fd client = connect_from("127.0.0.3");
  must(send(client.get(), kHeader + "one\n"));
  EXPECT_TRUE(is_closed(client));
  await_told("127.0.0.3 sent a PROXY header, but proxy-from does not list it");
  EXPECT_EQ(source_->refused_count(), 1U);
}

TEST_P(ProxySourceTest, ServesWhoIsNoProxyAsItIs) {
  start();
  const Fd client = connect_from("127.0.0.3");
  // This could have become a PROXY header, but doesn't.
  for (const char byte : "PROXIMITY\n"s) must(send(client.get(), {&byte, 1}));
  EXPECT_EQ(hear_line(client), "PROXIMITY of 127.0.0.3\n");
  EXPECT_EQ(source_->refused_count(), 0U);
}

TEST_P(ProxySourceTest, ClosesAHeaderThatDoesNotEndInTime) {
  ServerOptions options;
  options.limits.deadlines.handshake_timeout = milliseconds(100);
  start(options);
  const Fd client = proxy();
  must(send(client.get(), "PROXY TCP4 203.0.113.9"));
  EXPECT_TRUE(is_closed(client));
  await_told("127.0.0.2 sent no PROXY header in time");
  EXPECT_EQ(source_->refused_count(), 1U);
}

TEST_P(ProxySourceTest, SaysNothingOfAProxyThatLooksWhetherWeListen) {
  start();
  proxy().reset();
  const Fd client = proxy();
  must(shut_down(client.get(), Direction::write));
  EXPECT_TRUE(is_closed(client));
  EXPECT_EQ(source_->refused_count(), 0U);
}

TEST_P(ProxySourceTest, LimitsTheClientsThatAProxySpeaksFor) {
  if (std::string_view(GetParam().name) == "Blocking") return;  // one client after another
  ServerOptions options;
  options.limits.peer_limit = std::make_shared<AddressLimit>(2);
  start(options);
  std::vector<Fd> clients;
  for (int count = 0; count < 2; ++count) {
    clients.push_back(proxy());
    must(send(clients.back().get(), kHeader + "one\n"));
    EXPECT_EQ(hear_line(clients.back()), "one of 203.0.113.9\n");
  }
  const Fd refused = proxy();
  must(send(refused.get(), kHeader + "one\n"));
  EXPECT_EQ(testing::receive_all(refused.get()), "full\n");
  await_told("203.0.113.9 already has as many connections as one address may have");
  // Another client of the same proxy.
  const Fd other = proxy();
  must(send(other.get(), "PROXY TCP4 203.0.113.10 192.0.2.2 4711 80\r\none\n"));
  EXPECT_EQ(hear_line(other), "one of 203.0.113.10\n");
  clients.clear();
  testing::await([&] {
    const Fd client = proxy();
    must(send(client.get(), kHeader + "one\n"));
    return hear_line(client) == "one of 203.0.113.9\n";
  });
}

TEST_P(ProxySourceTest, GivesWayToTheFilterOfTheService) {
  using testing::XorFilter;
  start({}, true);
  const Fd client = proxy();
  must(send(client.get(), kHeader + XorFilter::turn("one\n"s)));
  const std::string answer = "one of 203.0.113.9\n";
  std::string heard;
  while (heard.size() < answer.size()) heard += testing::receive_text(client.get());
  EXPECT_EQ(XorFilter::turn(heard), answer);
}

}  // namespace
}  // namespace hpserver
