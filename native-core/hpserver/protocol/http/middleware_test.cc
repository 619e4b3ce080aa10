#include "hpserver/protocol/http/middleware.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "hpserver/protocol/http/router.h"
#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::body_of;
using testing::field_of;
using testing::first_line;
using testing::TestServer;

constexpr const char* kGetA = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

void greet(Request& /*request*/, Response& response) {
  response.send("hello");
}

// Records its call and continues.
auto noting(std::vector<std::string>& calls, std::string name) {
  return [&calls, name = std::move(name)](Request& request, Response& response, Handler& next) {
    calls.push_back(name);
    next.on_request(request, response);
    calls.push_back("after " + name);
  };
}

void refuse(Request& /*request*/, Response& response, Handler& /*next*/) {
  response.status(401).send("who are you?");
}

TEST(Middleware, IsCalledInTheOrderOfItsUse) {
  std::vector<std::string> calls;
  Router router;
  router.use(noting(calls, "one")).get("/a", greet).use(noting(calls, "two"));
  router.use(noting(calls, "three")).get("/b", greet);
  TestServer server(std::move(router));
  const std::vector<std::string> expected{"one",         "two",       "three",
                                          "after three", "after two", "after one"};
  for (const char* path : {"/a", "/b"}) {
    calls.clear();
    const auto request = std::string("GET ") + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(body_of(server.answer_to(request)), "hello");
    EXPECT_EQ(calls, expected) << path;
  }
}

TEST(Middleware, AddsToTheAnswer) {
  Router router;
  router.get("/a", greet).use([](Request& request, Response& response, Handler& next) {
    response.header("X-Served", "yes");
    next.on_request(request, response);
  });
  TestServer server(std::move(router));
  EXPECT_EQ(field_of(server.answer_to(kGetA), "X-Served"), "yes");
  EXPECT_EQ(field_of(server.answer_to("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n"), "X-Served"), "yes");
}

TEST(Middleware, AnswersInPlaceOfTheHandler) {
  std::vector<std::string> calls;
  Router router;
  router.use(refuse).use(noting(calls, "behind")).get("/a", greet);
  TestServer server(std::move(router));
  EXPECT_EQ(first_line(server.answer_to(kGetA)), "HTTP/1.1 401 Unauthorized");
  EXPECT_TRUE(calls.empty());
}

TEST(Middleware, StandsAroundEveryMethodOfAPattern) {
  Router router;
  router.get("/a", greet).put("/a", greet).patch("/a", greet).delete_("/a", greet).use(refuse);
  router.post("/a", greet);
  TestServer server(std::move(router));
  for (const char* method : {"GET", "PUT", "PATCH", "DELETE", "POST"}) {
    const auto request =
        std::string(method) + " /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    EXPECT_EQ(first_line(server.answer_to(request)), "HTTP/1.1 401 Unauthorized") << method;
  }
}

TEST(Middleware, IsNotAskedWhereNoRouteIs) {
  Router router;
  router.get("/a", greet).use(refuse);
  TestServer server(std::move(router));
  EXPECT_EQ(first_line(server.answer_to("GET /b HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 404 Not Found");
  EXPECT_EQ(first_line(server.answer_to("DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 405 Method Not Allowed");
}

// Both the middleware and its handler answer later, from another thread.
TEST(Middleware, GoesOnWhenItsOwnWorkIsDone) {
  std::vector<std::thread> threads;
  Router router;
  router.use([&threads](Request& /*request*/, Response& response, Handler& next) {
    threads.emplace_back([responder = response.defer(), &next] {
      responder.run([&next](Request& request, Response& late) {
        late.header("X-Checked", "yes");
        next.on_request(request, late);
      });
    });
  });
  router.get("/a", [](Request& /*request*/, Response& response) {
    response.defer().send(200, "text/plain", "later");
  });
  router.get("/b", greet);
  TestServer server(std::move(router));
  for (const auto& [path, body] : std::vector<std::pair<std::string, std::string>>{
           {"/a", "later"},
           {"/b", "hello"},
       }) {
    const Fd client = server.connect();
    TestServer::say(client, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = server.await(client);
    EXPECT_EQ(body_of(answer), body);
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace hpserver::http
