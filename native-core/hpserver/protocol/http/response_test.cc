#include "hpserver/protocol/http/response.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::body_of;
using testing::field_of;
using testing::first_line;
using testing::TestServer;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

template <typename Function>
Router one_route(Function function) {
  Router router;
  router.get("/", std::move(function));
  return router;
}

template <typename Function>
std::string answer_of(Function function, std::string_view request = kGet, bool* ended = nullptr) {
  TestServer server(one_route(std::move(function)));
  return server.answer_to(request, ended);
}

TEST(Response, SendsStatusFieldsAndBody) {
  EXPECT_EQ(answer_of([](Request&, Response& response) {
              response.status(201).header("X-A", "1").header("X-A", "\t2\xff").send("made");
            }),
            "HTTP/1.1 201 Created\r\nX-A: 1\r\nX-A: \t2\xff\r\nContent-Length: 4\r\n\r\nmade");
}

TEST(Response, SendsACodeWithoutAPhrase) {
  EXPECT_EQ(
      first_line(answer_of([](Request&, Response& response) { response.status(299).send({}); })),
      "HTTP/1.1 299 ");
}

TEST(Response, CannotBeSplit) {
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"X", "a\r\nSet-Cookie: b"},
           {"X", "a\nb"},
           {"X", "a\rb"},
           {"X", std::string("a\0b", 3)},
           {"X\r\nY", "a"},
           {"X Y", "a"},
           {"X:", "a"},
           {"", "a"},
           {"Content-Length", "5"},
           {"transfer-encoding", "chunked"},
           {"Connection", "keep-alive"},
           {"Date", "now"},
           {"X", std::string(kMaxFieldBytes, 'a')},
       }) {
    const std::string answer = answer_of(
        [&](Request&, Response& response) { response.header(name, value).send("secret"); });
    EXPECT_EQ(first_line(answer), "HTTP/1.1 500 Internal Server Error") << name << value;
    EXPECT_EQ(answer.find("Set-Cookie"), answer.npos);
    EXPECT_EQ(answer.find("secret"), answer.npos);
  }
}

TEST(Response, SendsNoBodyWhereTheStatusHasNone) {
  EXPECT_EQ(answer_of([](Request&, Response& response) { response.status(204).send("lost"); }),
            "HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(answer_of([](Request&, Response& response) { response.status(304).send("lost"); }),
            "HTTP/1.1 304 Not Modified\r\n\r\n");
}

TEST(Response, SendsBodiesOfEverySize) {
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 65'536U, 1'000'000U}) {
    const std::string body(size, 'b');
    const auto shared = std::make_shared<const std::string>(body);
    const auto copied = [&](Request&, Response& response) { response.send(body); };
    const auto lent = [&](Request&, Response& response) { response.send_shared(shared, *shared); };
    EXPECT_TRUE(body_of(answer_of(copied)) == body) << size;
    EXPECT_TRUE(body_of(answer_of(lent)) == body) << size;
  }
}

TEST(Response, SendsJson) {
  const std::string answer =
      answer_of([](Request&, Response& response) { response.send_json("{}"); });
  EXPECT_EQ(field_of(answer, "Content-Type"), "application/json");
  EXPECT_EQ(body_of(answer), "{}");
}

// Common types are rendered in advance, which must make no difference.
TEST(Response, TellsAnyType) {
  for (const std::string_view type :
       {"text/plain; charset=utf-8", "text/plain; charset=utf-9", "text/plain", "text/plaiN",
        "application/json", "application/octet-stream", "text/html; charset=utf-8", "a/b"}) {
    const auto room = [&](std::size_t bytes) {
      return answer_of([&](Request&, Response& response) {
        response.header("X", std::string(bytes, 'x')).content_type(type).send("body");
      });
    };
    // The room left for the value of X: without both names, their punctuation and the type.
    const std::size_t rest = kMaxFieldBytes - sizeof "X: \r\nContent-Type: \r\n" + 1 - type.size();
    const std::string answer = room(rest);
    EXPECT_EQ(field_of(answer, "Content-Type"), type);
    EXPECT_NE(answer.find("\r\nContent-Type: " + std::string(type) + "\r\n"), answer.npos);
    EXPECT_EQ(first_line(room(rest + 1)), "HTTP/1.1 500 Internal Server Error");
  }
}

// H15: an answer without content gets no type by default.
TEST(Response, SendsNoTypeOfNoContent) {
  EXPECT_EQ(answer_of([](Request&, Response& response) { response.status(204).send_json("{}"); }),
            "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(Response, ClosesWhenAskedTo) {
  bool ended = false;
  const std::string answer = answer_of(
      [](Request&, Response& response) { response.close_connection().send("bye"); }, kGet, &ended);
  EXPECT_EQ(field_of(answer, "Connection"), "close");
  EXPECT_TRUE(ended);
}

const auto kStream = [](Request&, Response& response) {
  response.begin_stream();
  response.write("Hello, ");
  response.write("");
  response.write("World! 0123456789");
  response.end();
};

TEST(Response, StreamsChunked) {
  EXPECT_EQ(answer_of(kStream),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            "7\r\nHello, \r\n11\r\nWorld! 0123456789\r\n0\r\n\r\n");
}

TEST(Response, StreamsToAnOldClientUpToTheEnd) {
  bool ended = false;
  EXPECT_EQ(answer_of(kStream, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", &ended),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nHello, World! 0123456789");
  EXPECT_TRUE(ended);
}

TEST(Response, StreamsNothingForHead) {
  EXPECT_EQ(answer_of(kStream, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(Response, StreamsAKnownLength) {
  EXPECT_EQ(answer_of([](Request&, Response& response) {
              response.begin_stream(4);
              response.write("ab");
              response.write("cd");
              response.end();
            }),
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
}

TEST(Response, CutsAStreamThatBreaksItsPromise) {
  for (const std::string_view piece : {"a", "abc"}) {
    bool ended = false;
    const std::string answer = answer_of(
        [&](Request&, Response& response) {
          response.begin_stream(2);
          response.write(piece);
          if (!response.ended()) response.end();
        },
        kGet, &ended);
    EXPECT_TRUE(ended);
    EXPECT_EQ(answer.find("abc"), answer.npos);
  }
}

TEST(Response, CutsAStreamThatNobodyCouldEnd) {
  bool ended = false;
  answer_of([](Request&, Response& response) { response.begin_stream(); }, kGet, &ended);
  EXPECT_TRUE(ended);
}

TEST(Response, WaitsForASlowReader) {
  constexpr int kPieces = 2000;
  const std::string piece(1024, 'p');
  int written = 0;
  int drained = 0;
  const auto go_on = [&](Response& response) {
    while (written < kPieces) {
      ++written;
      if (!response.write(piece)) return;
    }
    response.end();
  };
  TestServer server(one_route([&](Request&, Response& response) {
    response.on_drained([&](Response& same) {
      ++drained;
      go_on(same);
    });
    response.begin_stream(kPieces * piece.size());
    go_on(response);
  }));
  const Fd client = server.connect();
  TestServer::say(client, kGet);
  for (int i = 0; i < 10; ++i) server.turn();
  EXPECT_LT(written, kPieces) << "the handler is held back while nobody reads";
  const std::string answer = server.hear(client);
  EXPECT_EQ(body_of(answer).size(), kPieces * piece.size());
  EXPECT_GT(drained, 0);
  written = 0;
  TestServer::say(client, kGet);
  EXPECT_EQ(body_of(server.hear(client)).size(), body_of(answer).size())
      << "the connection goes on";
}

TEST(Response, TellsAStreamThatItsReaderIsGone) {
  const std::string piece(65'536, 'p');
  int aborted = 0;
  TestServer server(one_route([&](Request&, Response& response) {
    response.on_abort([&] { ++aborted; });
    response.on_drained([&](Response& same) {
      while (same.write(piece)) {
      }
    });
    response.begin_stream();
    while (response.write(piece)) {
    }
  }));
  {
    const Fd client = server.connect();
    TestServer::say(client, kGet);
    server.turn();
    EXPECT_EQ(aborted, 0);
  }
  server.turn_until([&] { return aborted > 0; });
  EXPECT_EQ(aborted, 1);
}

TEST(Response, IsGivenLaterFromAnotherThread) {
  std::thread worker;
  TestServer server(one_route([&](Request&, Response& response) {
    worker = std::thread([responder = response.defer()] {
      responder.run([](Request& request, Response& later) {
        later.header("X-Host", request.header(HeaderId::host)).send(request.query());
      });
    });
  }));
  const Fd client = server.connect();
  TestServer::say(client, "GET /?q=1 HTTP/1.1\r\nHost: a.example\r\n\r\n");
  const std::string answer = server.await(client);
  worker.join();
  EXPECT_EQ(field_of(answer, "X-Host"), "a.example") << "the request outlives its input";
  EXPECT_EQ(body_of(answer), "q=1");
}

TEST(Response, KeepsABufferedBodyForALaterAnswer) {
  std::optional<Responder> kept;
  Router router;
  router.post("/", [&](Request&, Response& response) { kept = response.defer(); });
  TestServer server(std::move(router));
  const Fd client = server.connect();
  TestServer::say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
  server.turn();
  ASSERT_TRUE(kept.has_value());
  kept->run([](Request& request, Response& response) { response.send(request.body()); });
  EXPECT_EQ(body_of(server.await(client)), "body");
}

TEST(Response, HoldsBackPipelinedRequestsUntilItIsGiven) {
  std::vector<Responder> kept;
  TestServer server(
      one_route([&](Request&, Response& response) { kept.push_back(response.defer()); }));
  const Fd client = server.connect();
  TestServer::say(client, std::string(kGet) + std::string(kGet));
  EXPECT_EQ(server.hear(client), "");
  ASSERT_EQ(kept.size(), 1U);
  kept[0].send(200, "text/plain", "first");
  EXPECT_EQ(body_of(server.await(client)), "first");
  ASSERT_EQ(kept.size(), 2U);
  kept[1].send(200, "text/plain", "second");
  EXPECT_EQ(body_of(server.await(client)), "second");
}

TEST(Response, GivenByTwoHoldersIsTheFirstOnes) {
  std::optional<Responder> kept;
  TestServer server(one_route([&](Request&, Response& response) { kept = response.defer(); }));
  const Fd client = server.connect();
  TestServer::say(client, kGet);
  server.turn();
  const Responder copy = *kept;
  kept->send(200, "", "first");
  copy.send(200, "", "second");
  EXPECT_EQ(body_of(server.await(client)), "first");
  EXPECT_EQ(server.hear(client), "");
}

TEST(Response, ThatIsGivenUpIsAnError) {
  TestServer server(one_route([](Request&, Response& response) { (void)response.defer(); }));
  const Fd client = server.connect();
  TestServer::say(client, kGet);
  EXPECT_EQ(first_line(server.await(client)), "HTTP/1.1 500 Internal Server Error");
}

TEST(Response, ToAGoneClientGoesNowhere) {
  std::optional<Responder> kept;
  TestServer server(one_route([&](Request&, Response& response) { kept = response.defer(); }));
  {
    const Fd client = server.connect();
    TestServer::say(client, kGet);
    server.turn();
  }
  server.turn_until([&] { return server.connections().size() == 0; });
  bool ran = false;
  kept->run([&](Request&, Response&) { ran = true; });
  server.turn();
  server.turn();
  EXPECT_FALSE(ran);
}

TEST(Response, OfAnEndedServerGoesNowhere) {
  std::vector<Responder> kept;
  {
    TestServer server(
        one_route([&](Request&, Response& response) { kept.push_back(response.defer()); }));
    const Fd client = server.connect();
    TestServer::say(client, kGet);
    server.turn();
    ASSERT_EQ(kept.size(), 1U);
    kept[0].send(200, "", "still queued when the reactor ends");
  }
  kept[0].send(200, "", "too late");
  kept.clear();
}

TEST(Response, IsFoundByItsId) {
  ExchangeId id;
  TestServer server(one_route([&](Request&, Response& response) { id = response.detach(); }));
  const Fd client = server.connect();
  TestServer::say(client, "GET /?a HTTP/1.1\r\nHost: a\r\n\r\n");
  server.turn();
  EXPECT_FALSE(server.service().resume({id.connection, id.sequence + 1},
                                       [](Request&, Response&) { FAIL(); }));
  EXPECT_TRUE(server.service().resume(id, [](Request& request, Response& response) {
    EXPECT_EQ(request.query(), "a");
    response.send("found");
  }));
  EXPECT_EQ(body_of(server.hear(client)), "found");
  EXPECT_FALSE(server.service().resume(id, [](Request&, Response&) { FAIL(); }));
}

TEST(Response, IsGivenByIdFromWithinAnotherExchange) {
  ExchangeId first;
  HttpService* service = nullptr;
  Router router;
  router.get("/wait", [&](Request&, Response& response) { first = response.detach(); });
  router.get("/wake", [&](Request&, Response& response) {
    EXPECT_TRUE(service->resume(first, [](Request&, Response& other) { other.send("woken"); }));
    response.send("done");
  });
  TestServer server(std::move(router));
  service = &server.service();
  const Fd waiting = server.connect();
  const Fd waking = server.connect();
  TestServer::say(waiting, "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
  server.turn();
  TestServer::say(waking, "GET /wake HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(body_of(server.hear(waking)), "done");
  EXPECT_EQ(body_of(server.hear(waiting)), "woken");
}

}  // namespace
}  // namespace hpserver::http
