#include "hpserver/protocol/http/body_sink.h"

#include <gtest/gtest.h>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::body_of;
using testing::first_line;
using testing::TestServer;

// Records its calls; answers with the whole body at the end.
class Collector final : public BodySink {
 public:
  void on_body(std::string_view bytes) override {
    EXPECT_EQ(ends + aborts, 0);
    body += bytes;
    if (pauses) request->pause_body();
  }
  void on_body_end() override {
    EXPECT_EQ(ends + aborts, 0);
    ++ends;
    if (answers) response->send(body);
  }
  void on_body_abort() override {
    EXPECT_EQ(ends + aborts, 0);
    ++aborts;
  }

  Request* request = nullptr;
  Response* response = nullptr;
  std::string body;
  int ends = 0;
  int aborts = 0;
  bool pauses = false;
  bool answers = true;
};

Router collecting(Collector& sink) {
  const auto handler = [&sink](Request& request, Response& response) {
    sink.request = &request;
    sink.response = &response;
    request.stream_body(sink);
  };
  Router router;
  router.post("/", handler, BodyMode::streamed);
  router.add(Method::get, "/", make_handler(handler), BodyMode::streamed);
  return router;
}

TEST(BodySink, HearsABodyHoweverItComes) {
  for (const std::string_view input :
       {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"}) {
    for (std::size_t split = 0; split <= input.size(); ++split) {
      Collector sink;
      TestServer server(collecting(sink));
      const Fd client = server.connect();
      TestServer::say(client, input.substr(0, split));
      std::string heard = server.hear(client);
      TestServer::say(client, input.substr(split));
      heard += server.hear(client);
      ASSERT_EQ(body_of(heard), "abcde") << "split at " << split;
      ASSERT_EQ(sink.ends, 1);
      ASSERT_EQ(sink.aborts, 0);
    }
  }
}

TEST(BodySink, HearsAtOnceThatThereIsNoBody) {
  Collector sink;
  TestServer server(collecting(sink));
  EXPECT_EQ(first_line(server.answer_to("GET / HTTP/1.1\r\nHost: a\r\n\r\n")), "HTTP/1.1 200 OK");
  EXPECT_EQ(sink.ends, 1);
}

TEST(BodySink, GetsItsContinue) {
  Collector sink;
  TestServer server(collecting(sink));
  const Fd client = server.connect();
  TestServer::say(client,
                  "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                  "Content-Length: 2\r\n\r\n");
  EXPECT_EQ(server.hear(client), "HTTP/1.1 100 Continue\r\n\r\n");
  TestServer::say(client, "ok");
  EXPECT_EQ(body_of(server.hear(client)), "ok");
}

TEST(BodySink, HoldsBackItsSender) {
  Collector sink;
  sink.pauses = true;
  ExchangeId id;
  Router router;
  router.post(
      "/",
      [&](Request& request, Response& response) {
        sink.request = &request;
        sink.response = &response;
        request.stream_body(sink);
        id = response.detach();
      },
      BodyMode::streamed);
  TestServer server(std::move(router));
  const Fd client = server.connect();
  constexpr std::size_t kBodyBytes = 4'000'000;
  TestServer::say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                              std::to_string(kBodyBytes) + "\r\n\r\n");
  const std::string piece(65'536, 'b');
  std::size_t sent_bytes = 0;
  const auto send_while_possible = [&] {
    while (sent_bytes < kBodyBytes) {
      const auto sent = send(client.get(), std::string_view(piece).substr(
                                               0, std::min(piece.size(), kBodyBytes - sent_bytes)));
      if (!sent) return;
      sent_bytes += *sent;
      server.turn();
    }
  };
  send_while_possible();
  EXPECT_LT(sent_bytes, kBodyBytes) << "TCP itself makes the client wait";
  EXPECT_LT(sink.body.size(), 200'000U);
  sink.pauses = false;
  ASSERT_TRUE(
      server.service().resume(id, [](Request& request, Response&) { request.resume_body(); }));
  while (sent_bytes < kBodyBytes) {
    send_while_possible();
    server.turn();
  }
  EXPECT_EQ(body_of(server.hear(client)).size(), kBodyBytes);
}

TEST(BodySink, HearsThatTheClientIsGone) {
  Collector sink;
  TestServer server(collecting(sink));
  {
    const Fd client = server.connect();
    TestServer::say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
    server.turn();
  }
  server.turn_until([&] { return server.connections().size() == 0; });
  EXPECT_EQ(sink.aborts, 1);
  EXPECT_EQ(sink.ends, 0);
}

TEST(BodySink, HearsThatTheBodyIsNonsense) {
  Collector sink;
  TestServer server(collecting(sink));
  EXPECT_EQ(first_line(server.answer_to(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")),
            "HTTP/1.1 400 Bad Request");
  EXPECT_EQ(sink.aborts, 1);
}

TEST(BodySink, HearsThatTheBodyIsTooLong) {
  Collector sink;
  HttpOptions options;
  options.limits.max_body_bytes = 3;
  TestServer server(collecting(sink), std::move(options));
  EXPECT_EQ(first_line(server.answer_to("POST / HTTP/1.1\r\nHost: a\r\n"
                                        "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n")),
            "HTTP/1.1 413 Content Too Large");
  EXPECT_EQ(sink.aborts, 1);
}

TEST(BodySink, ThatIsDeferredAnswersWhenItLikes) {
  Collector sink;
  sink.answers = false;
  ExchangeId id;
  Router router;
  router.post(
      "/",
      [&](Request& request, Response& response) {
        request.stream_body(sink);
        id = response.detach();
      },
      BodyMode::streamed);
  TestServer server(std::move(router));
  const Fd client = server.connect();
  TestServer::say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde");
  EXPECT_EQ(server.hear(client), "");
  EXPECT_EQ(sink.ends, 1);
  EXPECT_TRUE(
      server.service().resume(id, [&](Request&, Response& response) { response.send(sink.body); }));
  EXPECT_EQ(body_of(server.hear(client)), "abcde");
}

// Sends each piece back as it arrives.
class Echo final : public BodySink {
 public:
  void on_body(std::string_view bytes) override { response->write(bytes); }
  void on_body_end() override { response->end(); }
  void on_body_abort() override { ++aborts; }

  Response* response = nullptr;
  int aborts = 0;
};

Router echoing(Echo& sink) {
  Router router;
  router.post(
      "/",
      [&sink](Request& request, Response& response) {
        sink.response = &response;
        request.stream_body(sink);
        response.begin_stream(request.content_length());
      },
      BodyMode::streamed);
  return router;
}

TEST(BodySink, EchoesABodyLongerThanEveryBuffer) {
  Echo sink;
  TestServer server(echoing(sink));
  const Fd client = server.connect();
  std::string body(3'000'000, ' ');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  std::string input =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  input += body;
  std::string heard;
  char buffer[65'536];
  std::size_t sent_bytes = 0;
  server.turn_until([&] {
    const auto sent = send(client.get(), std::string_view(input).substr(sent_bytes));
    if (sent.ok()) sent_bytes += *sent;
    const auto got = receive(client.get(), buffer);
    if (got.ok()) heard.append(buffer, *got);
    return heard.size() >= body.size() + 80;
  });
  heard += server.hear(client);
  EXPECT_TRUE(body_of(TestServer::without_date(heard)) == body);
}

TEST(BodySink, ThatHasAnsweredEarlyHearsNoMore) {
  class Early final : public BodySink {
   public:
    void on_body(std::string_view) override { response->status(403).send("enough"); }
    void on_body_end() override { ADD_FAILURE(); }
    void on_body_abort() override { ++aborts; }
    Response* response = nullptr;
    int aborts = 0;
  } sink;
  Router router;
  router.post(
      "/",
      [&](Request& request, Response& response) {
        sink.response = &response;
        request.stream_body(sink);
      },
      BodyMode::streamed);
  TestServer server(std::move(router));
  const Fd client = server.connect();
  TestServer::say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nab");
  EXPECT_EQ(body_of(server.hear(client)), "enough");
  EXPECT_EQ(sink.aborts, 1);
  TestServer::say(client, "cdefghPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
  EXPECT_EQ(body_of(server.hear(client)), "enough") << "the rest was dropped";
}

}  // namespace
}  // namespace hpserver::http
