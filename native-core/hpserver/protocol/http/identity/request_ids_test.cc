#include "hpserver/protocol/http/identity/request_ids.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::body_of;
using testing::field_of;
using testing::first_line;
using testing::TestServer;

// The ids of all entries, and the traces.
class IdLog final : public AccessLog {
 public:
  void on_exchange(const AccessEntry& entry) override {
    ids.emplace_back(entry.request_id);
    traces.emplace_back(entry.trace_parent);
  }
  std::vector<std::string> ids;
  std::vector<std::string> traces;
};

Router routes() {
  Router router;
  router.get("/id", [](Request& request, Response& response) {
    response.send(std::string(request.id()) + " " + std::string(request.trace_parent()));
  });
  router.get("/own", [](Request&, Response& response) {
    response.header("x-request-id", "mine").send("own");
  });
  router.get("/throws", [](Request&, Response&) { throw std::runtime_error("no"); });
  return router;
}

HttpOptions named(AccessLog* log = nullptr) {
  HttpOptions options;
  options.namer = std::make_unique<RequestIds>();
  options.access_log = log;
  return options;
}

std::string get(const std::string& path, const std::string& fields = {}) {
  return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

TEST(RequestIds, AreThoseOfClientsWhereTheyAreSane) {
  IdLog log;
  TestServer server(routes(), named(&log));
  const std::string answer = server.answer_to(get("/id", "X-Request-ID: abc/1.2-3\r\n"));
  EXPECT_EQ(body_of(answer), "abc/1.2-3 ");
  EXPECT_EQ(field_of(answer, "X-Request-Id"), "abc/1.2-3");
  EXPECT_EQ(log.ids, std::vector<std::string>{"abc/1.2-3"});
}

TEST(RequestIds, AreMadeWhereTheyAreNot) {
  TestServer server(routes(), named());
  for (const std::string& field :
       {std::string(), std::string("X-Request-Id: a b\r\n"), std::string("X-Request-Id:\r\n"),
        std::string("X-Request-Id: <script>\r\n"), std::string("X-Request-Id: \xC3\xA4\r\n"),
        "X-Request-Id: " + std::string(129, 'a') + "\r\n",
        std::string("X-Request-Id: one\r\nX-Request-Id: two\r\n")}) {
    const std::string answer = server.answer_to(get("/id", field));
    const std::string id = field_of(answer, "X-Request-Id");
    EXPECT_EQ(id.size(), 32U) << field;
    EXPECT_TRUE(RequestIds::is_sane(id));
    EXPECT_EQ(body_of(answer), id + " ");
  }
}

TEST(RequestIds, AreNeverGivenTwice) {
  TestServer one(routes(), named());
  TestServer other(routes(), named());
  std::set<std::string> ids;
  for (int count = 0; count < 100; ++count) {
    ids.insert(field_of(one.answer_to(get("/id")), "X-Request-Id"));
    ids.insert(field_of(other.answer_to(get("/id")), "X-Request-Id"));
  }
  EXPECT_EQ(ids.size(), 200U);
}

TEST(RequestIds, AreInEveryAnswer) {
  TestServer server(routes(), named());
  for (const std::string& path : {std::string("/missing"), std::string("/throws")}) {
    const std::string answer = server.answer_to(get(path, "X-Request-Id: this\r\n"));
    EXPECT_EQ(field_of(answer, "X-Request-Id"), "this") << answer;
  }
  const std::string refused = server.answer_to("nonsense\r\n\r\n");
  EXPECT_EQ(first_line(refused), "HTTP/1.1 400 Bad Request");
  EXPECT_EQ(field_of(refused, "X-Request-Id").size(), 32U);
}

TEST(RequestIds, GiveWayToThatOfAHandler) {
  TestServer server(routes(), named());
  const std::string answer = server.answer_to(get("/own", "X-Request-Id: this\r\n"));
  EXPECT_EQ(field_of(answer, "X-Request-Id"), "none");
  EXPECT_EQ(field_of(answer, "x-request-id"), "mine");
}

TEST(RequestIds, ComeWithTheTraceOfTheClient) {
  IdLog log;
  TestServer server(routes(), named(&log));
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const std::string id = "X-Request-Id: this\r\n";
  EXPECT_EQ(body_of(server.answer_to(get("/id", id + "traceparent: " + trace + "\r\n"))),
            "this " + trace);
  // An invalid traceparent counts as none; so do two, since either could be meant.
  EXPECT_EQ(body_of(server.answer_to(get("/id", id + "traceparent: 00-0-0-01\r\n"))), "this ");
  const std::string twice = "traceparent: " + trace + "\r\ntraceparent: " + trace + "\r\n";
  EXPECT_EQ(body_of(server.answer_to(get("/id", id + twice))), "this ");
  EXPECT_EQ(log.traces, (std::vector<std::string>{trace, "", ""}));
}

TEST(RequestIds, AreNotThereWhereNobodyAskedForThem) {
  TestServer server(routes());
  const std::string answer = server.answer_to(get("/id", "X-Request-Id: this\r\n"));
  EXPECT_EQ(body_of(answer), " ");
  EXPECT_EQ(field_of(answer, "X-Request-Id"), "none");
}

TEST(RequestIds, AreThoseOfTheRequestAlsoOnAConnectionThatIsKept) {
  TestServer server(routes(), named());
  const Fd client = server.connect();
  TestServer::say(client, get("/id", "X-Request-Id: one\r\n") + get("/id"));
  const std::string answers = server.hear(client);
  EXPECT_NE(answers.find("X-Request-Id: one\r\n"), answers.npos);
  EXPECT_EQ(answers.find("one", answers.rfind("HTTP/1.1")), answers.npos);
}

}  // namespace
}  // namespace hpserver::http
