#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "hpserver/event/notices.h"
#include "hpserver/protocol/http/responder.h"
#include "hpserver/protocol/http/testing.h"

// Case S1: an exception costs only its own exchange, whatever is thrown, and in whichever call.
namespace hpserver::http {
namespace {

using testing::first_line;
using testing::TestServer;

// Throws in the call with that name.
class ThrowingSink final : public BodySink {
 public:
  explicit ThrowingSink(std::string_view where) : where_(where) {}

  void on_body(std::string_view) override { throw_at("body"); }
  void on_body_end() override { throw_at("end"); }
  void on_body_abort() override {
    ++aborted_count;
    throw_at("abort");
  }

  int aborted_count = 0;

 private:
  void throw_at(std::string_view place) const {
    if (where_ == place) throw std::runtime_error("thrown at " + where_);
  }

  const std::string where_;
};

class HttpExceptions : public ::testing::Test {
 protected:
  HttpExceptions() : server_(routes()) {
    server_.loop().notices().tell_to([this](const std::string& line) { told_.push_back(line); });
  }

  Router routes() {
    Router router;
    router.use([](Request& request, Response& response, Handler& next) {
      if (request.path() == "/guarded") throw std::runtime_error("no entry");
      next.on_request(request, response);
    });
    router.get("/hi", [](Request&, Response& response) { response.send("hi"); });
    router.get("/guarded", [](Request&, Response& response) { response.send("hi"); });
    router.get("/items/:n", [](Request& request, Response& response) {
      response.send(std::to_string(std::stoi(std::string(request.param("n")))));
    });
    router.get("/odd", [](Request&, Response&) { throw 42; });
    router.get("/half", [](Request&, Response& response) {
      response.begin_stream();
      response.write("half");
      throw std::runtime_error("in the middle");
    });
    router.get("/answered", [](Request&, Response& response) {
      response.send("whole");
      throw std::runtime_error("too late");
    });
    router.get("/later", [](Request&, Response& response) {
      response.defer().run([](Request&, Response&) { throw std::runtime_error("later"); });
    });
    router.get("/deferred", [this](Request&, Response& response) {
      kept_.push_back(response.defer());
      throw std::runtime_error("deferred");
    });
    router.get("/drained", [](Request&, Response& response) {
      response.begin_stream();
      response.on_drained([](Response&) { throw std::runtime_error("drained"); });
      while (response.write(std::string(65'536, 'x'))) {
      }
    });
    router.get("/gone", [](Request&, Response& response) {
      response.begin_stream();
      response.on_abort([] { throw std::runtime_error("gone"); });
      static_cast<void>(response.detach());
    });
    router.post("/buffered", [](Request&, Response&) { throw std::runtime_error("buffered"); });
    for (ThrowingSink* sink : {&at_body_, &at_end_, &at_abort_}) {
      const std::string path = sink == &at_body_ ? "/body" : sink == &at_end_ ? "/end" : "/abort";
      router.post(
          path, [sink](Request& request, Response&) { request.stream_body(*sink); },
          BodyMode::streamed);
    }
    return router;
  }

  static std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  static std::string post(std::string_view path) {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
  }

  ThrowingSink at_body_{"body"};
  ThrowingSink at_end_{"end"};
  ThrowingSink at_abort_{"abort"};
  std::vector<Responder> kept_;
  std::vector<std::string> told_;
  TestServer server_;
};

TEST_F(HttpExceptions, AnswerWith500AndGoOnWithTheConnection) {
  for (const std::string& request :
       {get("/items/abc"), get("/odd"), get("/guarded"), get("/later"), get("/deferred"),
        post("/buffered"), post("/body"), post("/end")}) {
    const Fd client = server_.connect();
    TestServer::say(client, request);
    EXPECT_EQ(first_line(server_.await(client)), "HTTP/1.1 500 Internal Server Error") << request;
    TestServer::say(client, get("/hi"));
    EXPECT_EQ(first_line(server_.await(client)), "HTTP/1.1 200 OK") << request;
  }
  EXPECT_EQ(server_.service().counters().handler_errors, 8U);
  EXPECT_EQ(at_body_.aborted_count, 1) << "the sink hears that nothing more comes";
  EXPECT_EQ(at_end_.aborted_count, 0) << "it has heard the end";
}

TEST_F(HttpExceptions, AreToldWithTheirText) {
  (void)server_.answer_to(get("/items/abc"));
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_[0], "the handler of GET /items/abc threw an exception: stoi");
}

TEST_F(HttpExceptions, CutTheConnectionWhereTheAnswerHasBegun) {
  bool ended = false;
  const std::string heard = server_.answer_to(get("/half"), &ended);
  EXPECT_TRUE(ended);
  EXPECT_EQ(heard.find("0\r\n\r\n"), std::string::npos) << heard;
}

TEST_F(HttpExceptions, ComeTooLateForAnAnswerThatIsWhole) {
  const std::string heard = server_.answer_to(get("/answered"));
  EXPECT_EQ(testing::body_of(heard), "whole");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(HttpExceptions, CutAStreamThatThrowsWhenItIsDrained) {
  bool ended = false;
  const Fd client = server_.connect();
  TestServer::say(client, get("/drained"));
  server_.turn_until([&] {
    (void)server_.hear(client, &ended);
    return ended;
  });
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(HttpExceptions, EndWithWhoeverIsToldOfTheEnd) {
  {
    const Fd client = server_.connect();
    TestServer::say(client, get("/gone"));
    (void)server_.hear(client);
  }
  server_.turn_until([&] { return told_.size() == 1; });
  {
    const Fd client = server_.connect();
    TestServer::say(client, "POST /abort HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbody");
    server_.turn();
  }
  server_.turn_until([&] { return at_abort_.aborted_count == 1; });
  EXPECT_EQ(first_line(server_.answer_to(get("/hi"))), "HTTP/1.1 200 OK");
}

TEST_F(HttpExceptions, LeavePipelinedRequestsTheirAnswers) {
  const std::string heard = server_.answer_to(get("/hi") + get("/odd") + get("/hi"));
  EXPECT_EQ(first_line(heard), "HTTP/1.1 200 OK");
  const auto failed = heard.find("HTTP/1.1 500 ");
  ASSERT_NE(failed, std::string::npos);
  EXPECT_NE(heard.find("HTTP/1.1 200 OK", failed), std::string::npos);
}

}  // namespace
}  // namespace hpserver::http
