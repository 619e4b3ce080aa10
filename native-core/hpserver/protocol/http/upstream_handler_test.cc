#include "hpserver/protocol/http/upstream_handler.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <future>
#include <string>
#include <utility>

#include "hpserver/protocol/http/testing.h"
#include "test/testing.h"

namespace hpserver::http {
namespace {

using hpserver::testing::must;
using std::chrono::milliseconds;
using testing::body_of;
using testing::field_of;
using testing::first_line;
using testing::TestServer;

constexpr std::string_view kAsk = "GET /upstream HTTP/1.1\r\nHost: a\r\n\r\n";

// A server in front of an upstream server simulated by the test.
class UpstreamHandlerTest : public ::testing::Test {
 protected:
  void serve(UpstreamOptions pool = {}, milliseconds timeout = milliseconds(10'000)) {
    const UpstreamGatewayOptions options{
        .address = peer_.address, .host = "up", .pool = pool, .response_timeout = timeout};
    Router router;
    router.add(Method::get, "/upstream", std::make_unique<UpstreamHandler>(options));
    router.add(Method::get, "/all/*", std::make_unique<UpstreamHandler>(options));
    // Deadlines have tests of their own; a slow machine must not reach any here.
    ConnectionLimits limits;
    limits.deadlines.write_timeout = hpserver::testing::kHang;
    server_ = std::make_unique<TestServer>(std::move(router), HttpOptions{}, limits);
  }

  // A client's request opens a connection to the upstream server: returns that server's end.
  [[nodiscard]] Fd pass_on(const Fd& client) {
    TestServer::say(client, kAsk);
    server_->turn();
    return peer_.accept();
  }

  // Returns one request as the upstream server receives it.
  static std::string hear(const Fd& peer) {
    std::string heard;
    while (!heard.ends_with("\r\n\r\n") && !::testing::Test::HasFailure()) {
      heard += hpserver::testing::receive_text(peer.get());
    }
    return heard;
  }

  // Returns a client's whole answer, up to the known `end`.
  std::string await(const Fd& client, std::string_view end) {
    std::string heard;
    server_->turn_until([&] {
      heard += server_->hear(client);
      return heard.ends_with(end);
    });
    return heard;
  }

  hpserver::testing::Peer peer_;
  std::unique_ptr<TestServer> server_;
};

TEST_F(UpstreamHandlerTest, AnswersWithWhatTheUpstreamServerSays) {
  serve();
  const Fd client = server_->connect();
  const Fd peer = pass_on(client);
  EXPECT_EQ(hear(peer), "GET / HTTP/1.1\r\nHost: up\r\n\r\n");
  must(send(peer.get(),
            "HTTP/1.1 201 Created\r\nContent-Type: text/x\r\nX-Hop: 1\r\n"
            "Connection: X-Hop\r\nContent-Length: 5\r\n\r\nhello"));
  const std::string answer = await(client, "hello");
  EXPECT_EQ(first_line(answer), "HTTP/1.1 201 Created");
  EXPECT_EQ(field_of(answer, "Content-Type"), "text/x");
  EXPECT_EQ(field_of(answer, "Content-Length"), "5");
  EXPECT_EQ(field_of(answer, "X-Hop"), "none") << "between those two alone";
}

// Checklist 58: one connection serves one client after another.
TEST_F(UpstreamHandlerTest, KeepsItsConnection) {
  serve();
  const Fd client = server_->connect();
  Fd peer;
  for (int round = 0; round < 3; ++round) {
    TestServer::say(client, "GET /all/a%20b?q=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    server_->turn();
    if (round == 0) peer = peer_.accept();
    EXPECT_EQ(first_line(hear(peer)), "GET /a%20b?q=1 HTTP/1.1");
    must(send(peer.get(),
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
              "3\r\nyes\r\n0\r\n\r\n"));
    EXPECT_EQ(body_of(await(client, "yes")), "yes");
  }
  EXPECT_EQ(hpserver::testing::look(peer_.listener.get(), POLLIN), 0) << "no second connection";
}

TEST_F(UpstreamHandlerTest, PassesOnWhatComesInPieces) {
  serve();
  const Fd client = server_->connect();
  const Fd peer = pass_on(client);
  hear(peer);
  must(send(peer.get(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_EQ(field_of(await(client, "\r\n\r\n"), "Transfer-Encoding"), "chunked");
  must(send(peer.get(), "1\r\na\r\n"));
  EXPECT_EQ(await(client, "a\r\n"), "1\r\na\r\n") << "before the rest is there";
  must(send(peer.get(), "2\r\nbc\r\n0\r\n\r\n"));
  EXPECT_EQ(await(client, "0\r\n\r\n"), "2\r\nbc\r\n0\r\n\r\n");
}

// A client that doesn't read makes the upstream server wait, and memory doesn't grow.
TEST_F(UpstreamHandlerTest, GoesAsFastAsTheClientReads) {
  serve({}, hpserver::testing::kHang);
  const Fd client = server_->connect();
  const Fd peer = pass_on(client);
  hear(peer);
  constexpr std::size_t kBodyBytes = std::size_t{24} * 1024 * 1024;
  const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kBodyBytes) +
                            "\r\n\r\n" + std::string(kBodyBytes, 'x');
  std::string_view rest = whole;
  const auto send_some = [&] {
    while (!rest.empty()) {
      const auto sent = send(peer.get(), rest);
      if (!sent) return;
      rest.remove_prefix(*sent);
    }
  };
  for (int quiet = 0; quiet < 200; ++quiet) {
    const std::size_t before = rest.size();
    send_some();
    server_->turn();
    ::usleep(1000);
    if (rest.size() != before) quiet = 0;
  }
  EXPECT_FALSE(rest.empty()) << "TCP itself makes the upstream server wait";
  std::size_t heard = 0;
  bool ended = false;
  server_->turn_until([&] {
    send_some();
    heard += server_->hear(client, &ended).size();
    return heard > kBodyBytes || ended;
  });
  EXPECT_FALSE(ended);
  EXPECT_TRUE(rest.empty());
}

TEST_F(UpstreamHandlerTest, AnswersHeadWithoutABody) {
  serve();
  const Fd client = server_->connect();
  TestServer::say(client, "HEAD /upstream HTTP/1.1\r\nHost: a\r\n\r\n");
  server_->turn();
  const Fd peer = peer_.accept();
  EXPECT_EQ(first_line(hear(peer)), "HEAD / HTTP/1.1");
  must(send(peer.get(), "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"));
  const std::string answer = await(client, "\r\n\r\n");
  EXPECT_EQ(field_of(answer, "Content-Length"), "7");
  EXPECT_EQ(body_of(answer), "");
}

// Checklist 60
TEST_F(UpstreamHandlerTest, Is502WhenRefused) {
  const hpserver::testing::Absent nobody;
  peer_.address = nobody.address;
  serve();
  const Fd client = server_->connect();
  TestServer::say(client, kAsk);
  EXPECT_EQ(first_line(server_->await(client)), "HTTP/1.1 502 Bad Gateway");
}

TEST_F(UpstreamHandlerTest, Is502WhenItUnderstandsNothing) {
  serve();
  const Fd client = server_->connect();
  const Fd peer = pass_on(client);
  hear(peer);
  must(send(peer.get(), "220 mail.example ESMTP\r\n\r\n"));
  EXPECT_EQ(first_line(server_->await(client)), "HTTP/1.1 502 Bad Gateway");
  EXPECT_EQ(hpserver::testing::receive_text(peer.get()), "") << "and is closed";
}

TEST_F(UpstreamHandlerTest, Is504WhenNothingComes) {
  serve({}, milliseconds(20));
  const Fd client = server_->connect();
  const Fd peer = pass_on(client);
  EXPECT_EQ(first_line(server_->await(client)), "HTTP/1.1 504 Gateway Timeout");
}

// Checklist 46: waiting callers are limited.
TEST_F(UpstreamHandlerTest, Is503WhenTooManyWait) {
  serve({.max_connections = 1, .max_waiters = 1});
  const Fd first = server_->connect();
  TestServer::say(first, kAsk);
  server_->turn();
  const Fd peer = peer_.accept();
  hear(peer);
  const Fd second = server_->connect();
  const Fd third = server_->connect();
  TestServer::say(second, kAsk);
  server_->turn();
  TestServer::say(third, kAsk);
  EXPECT_EQ(first_line(server_->await(third)), "HTTP/1.1 503 Service Unavailable");
  must(send(peer.get(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(first_line(server_->await(first)), "HTTP/1.1 200 OK");
  hear(peer);
  must(send(peer.get(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(first_line(server_->await(second)), "HTTP/1.1 200 OK");
}

// If the upstream server closes a kept connection when we use it, the request is repeated once.
TEST_F(UpstreamHandlerTest, AsksAgainOnAFreshConnection) {
  serve();
  const Fd client = server_->connect();
  Fd stale = pass_on(client);
  hear(stale);
  must(send(stale.get(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  await(client, "\r\n\r\n");
  TestServer::say(client, kAsk);
  server_->turn();
  hear(stale);
  stale.reset();
  const Fd fresh = peer_.accept();
  hear(fresh);
  must(send(fresh.get(), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  EXPECT_EQ(body_of(await(client, "ok")), "ok");
}

// An answer that is cut off must not look complete.
TEST_F(UpstreamHandlerTest, CutsTheClientOffWithTheUpstreamServer) {
  serve();
  const Fd client = server_->connect();
  Fd peer = pass_on(client);
  hear(peer);
  must(send(peer.get(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"));
  await(client, "ab\r\n");
  peer.reset();
  bool ended = false;
  server_->turn_until([&] {
    EXPECT_EQ(server_->hear(client, &ended), "");
    return ended;
  });
}

TEST_F(UpstreamHandlerTest, LetsGoWhenTheClientIsGone) {
  serve();
  Fd client = server_->connect();
  const Fd peer = pass_on(client);
  hear(peer);
  client.reset();
  server_->turn_until([&] { return hpserver::testing::look(peer.get(), POLLIN) != 0; });
  EXPECT_EQ(hpserver::testing::receive_text(peer.get()), "");
}

// C11: a listener may release the last reference to the gateway, on the gateway's own thread.
TEST(UpstreamGateway, MayEndInItsListener) {
  const hpserver::testing::Peer peer;
  auto gateway = must(UpstreamGateway::create({.address = peer.address}));
  std::promise<std::uint16_t> failure;
  UpstreamGateway& used = *gateway;
  used.begin({.target = "/"},
             [&failure, held = std::move(gateway)](auto, const UpstreamPiece& piece) mutable {
               held.reset();
               failure.set_value(piece.failure);
             });
  peer.accept().reset();
  EXPECT_EQ(failure.get_future().get(), 502);
}

}  // namespace
}  // namespace hpserver::http
