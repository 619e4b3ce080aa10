#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::field_of;
using testing::TestServer;

// Answers at /hi.
Router greeting_router() {
  Router router;
  router.get("/hi", [](Request&, Response& response) { response.send("Hello"); });
  return router;
}

TEST(HttpSessionDrain, EndsEveryConnectionAfterItsAnswerOnceADrainHasBegun) {
  TestServer server(greeting_router());
  const Fd client = server.connect();
  TestServer::say(client, "GET /hi HTTP/1.1\r\n");
  server.turn();
  server.connections().drain();
  TestServer::say(client, "Host: a\r\n\r\n");
  bool ended = false;
  EXPECT_EQ(field_of(server.hear(client, &ended), "Connection"), "close");
  EXPECT_TRUE(ended);
}

// A client that was told to keep its connection may be sending its next request already.
TEST(HttpSessionDrain, KeepsAConnectionThatItPromisedToKeepBeforeADrain) {
  std::optional<Responder> responder;
  Router router = greeting_router();
  router.get("/stream", [&](Request&, Response& response) {
    response.begin_stream();
    response.write("a");
    responder = response.defer();
  });
  TestServer server(std::move(router));
  const Fd client = server.connect();
  TestServer::say(client, "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(field_of(server.await(client), "Connection"), "none");
  server.connections().drain();
  responder->run([](Request&, Response& response) { response.end(); });
  responder.reset();
  TestServer::say(client, "GET /hi HTTP/1.1\r\nHost: a\r\n\r\n");
  std::string heard;
  bool ended = false;
  server.turn_until([&] {
    heard += server.hear(client, &ended);
    return ended;
  });
  EXPECT_NE(heard.find("\r\nConnection: close\r\n"), std::string::npos) << heard;
  EXPECT_TRUE(heard.ends_with("Hello")) << heard;
}

}  // namespace
}  // namespace hpserver::http
