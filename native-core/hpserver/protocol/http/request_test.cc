#include "hpserver/protocol/http/request.h"

#include <gtest/gtest.h>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::TestServer;

// Shows one request to `look`.
void with_request(const std::string& request, std::function<void(Request&)> look) {
  bool looked = false;
  Router router;
  router.get("/*", [&](Request& seen, Response& response) {
    look(seen);
    looked = true;
    response.send({});
  });
  TestServer server(std::move(router));
  server.answer_to(request);
  EXPECT_TRUE(looked);
}

// Case S19.
TEST(Request, DecodesItsParametersWhenAsked) {
  with_request("GET /caf%C3%A9%20au HTTP/1.1\r\nHost: a\r\n\r\n", [](Request& request) {
    EXPECT_EQ(request.param("*"), "caf%C3%A9%20au");
    EXPECT_EQ(request.decoded_param("*"), "caf\xC3\xA9 au");
    EXPECT_EQ(request.decoded_param("none"), "");
  });
  with_request("GET /100%zz HTTP/1.1\r\nHost: a\r\n\r\n",
               [](Request& request) { EXPECT_EQ(request.decoded_param("*"), std::nullopt); });
}

TEST(Request, IsAViewOfItsParts) {
  with_request(
      "GET /a%20b/c?q=1&q=2&r=a+b%21&bad=%zz HTTP/1.1\r\nHost: a\r\nX-Own: 1\r\nx-own: 2\r\n"
      "Content-Length: 0\r\n\r\n",
      [](Request& request) {
        EXPECT_EQ(request.method(), Method::get);
        EXPECT_EQ(request.method_name(), "GET");
        EXPECT_EQ(request.version_minor(), 1);
        EXPECT_EQ(request.target(), "/a%20b/c?q=1&q=2&r=a+b%21&bad=%zz");
        EXPECT_EQ(request.path(), "/a%20b/c");
        EXPECT_EQ(request.decoded_path(), "/a b/c");
        EXPECT_EQ(request.query(), "q=1&q=2&r=a+b%21&bad=%zz");
        EXPECT_EQ(request.query_value("q"), "1");
        EXPECT_EQ(request.query_value("r"), "a b!");
        EXPECT_EQ(request.query_value("none"), std::nullopt);
        EXPECT_EQ(request.query_value("bad"), std::nullopt);
        EXPECT_EQ(request.header(HeaderId::host), "a");
        EXPECT_EQ(request.header("X-OWN"), "1");
        EXPECT_EQ(request.header("none"), "");
        EXPECT_EQ(request.header_count(), 4U);
        EXPECT_EQ(request.header_name(2), "x-own");
        EXPECT_EQ(request.header_value(2), "2");
        EXPECT_TRUE(request.has_header(HeaderId::content_length));
        EXPECT_FALSE(request.has_header(HeaderId::cookie));
        EXPECT_EQ(request.content_length(), 0U);
        EXPECT_FALSE(request.has_body());
        EXPECT_EQ(request.param("none"), "");
      });
}

TEST(Request, FindsThePathInAnAbsoluteTarget) {
  with_request("GET http://a:80/b?c HTTP/1.1\r\nHost: a\r\n\r\n", [](Request& request) {
    EXPECT_EQ(request.path(), "/b");
    EXPECT_EQ(request.query(), "c");
  });
  with_request("GET http://a?c/d HTTP/1.1\r\nHost: a\r\n\r\n", [](Request& request) {
    EXPECT_EQ(request.path(), "/");
    EXPECT_EQ(request.query(), "c/d");
  });
  with_request("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", [](Request& request) {
    EXPECT_EQ(request.path(), "/");
    EXPECT_EQ(request.query(), "");
  });
}

// H2: the target's authority takes precedence over Host.
TEST(Request, KnowsWhomItIsFor) {
  for (const auto& [target, host] : std::vector<std::pair<std::string, std::string>>{
           {"/", "a:1"},
           {"/http://b/", "a:1"},
           {"http://b", "b"},
           {"http://b:80/c", "b:80"},
           {"HTTP://[::1]?c", "[::1]"},
       }) {
    with_request("GET " + target + " HTTP/1.1\r\nHost: a:1\r\n\r\n",
                 [&](Request& request) { EXPECT_EQ(request.host(), host) << target; });
  }
}

// H5
TEST(Request, HasOnePathForEquivalentTargets) {
  with_request("GET http://a/%70%2f%7E?%70 HTTP/1.1\r\nHost: a\r\n\r\n", [](Request& request) {
    EXPECT_EQ(request.target(), "http://a/%70%2f%7E?%70");
    EXPECT_EQ(request.path(), "/p%2F~");
    EXPECT_EQ(request.decoded_path(), "/p/~");
    EXPECT_EQ(request.query(), "%70");
  });
}

TEST(Request, HasNoDecodedPathThatHidesANul) {
  with_request("GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",
               [](Request& request) { EXPECT_EQ(request.decoded_path(), std::nullopt); });
}

TEST(Request, KnowsItsPeer) {
  with_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n",
               [](Request& request) { EXPECT_TRUE(request.peer().ok()); });
}

}  // namespace
}  // namespace hpserver::http
