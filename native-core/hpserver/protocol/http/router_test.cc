#include "hpserver/protocol/http/router.h"

#include <gtest/gtest.h>

#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::body_of;
using testing::first_line;
using testing::TestServer;

// Answers with its own pattern and the values of its parameters.
auto telling(std::string pattern, std::vector<std::string> names) {
  return [pattern = std::move(pattern), names = std::move(names)](Request& request,
                                                                  Response& response) {
    std::string text = pattern;
    for (const std::string& name : names) {
      text.append(" ").append(name).append("=").append(request.param(name));
    }
    response.send(text);
  };
}

Router telling_router() {
  Router router;
  for (const auto& [pattern, names] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"/", {}},
           {"/users", {}},
           {"/users/me", {}},
           {"/users/:id", {"id"}},
           {"/users/:id/posts/:post", {"id", "post"}},
           {"/users/:id/posts/new", {"id"}},
           {"/files/*", {"*"}},
           {"/%63af%c3%a9", {}},
           {"/files/:name/raw", {"name"}},
       }) {
    router.get(pattern, telling(pattern, names));
  }
  return router;
}

struct Expectation {
  std::string path;
  std::string answer;
};

TEST(Router, FindsTheMostExactRoute) {
  TestServer server(telling_router());
  for (const auto& [path, answer] : {
           Expectation{"/", "/"},
           {"/users", "/users"},
           {"/users?x=/users/me", "/users"},
           {"/users/me", "/users/me"},
           {"/users/7", "/users/:id id=7"},
           {"/users/a%20b", "/users/:id id=a%20b"},
           // H5: equivalent paths are equal, and nothing is decoded twice.
           {"/%75sers", "/users"},
           {"/users/%6De", "/users/me"},
           {"/users/%2d%2E", "/users/:id id=-."},
           {"/users/a%2fb", "/users/:id id=a%2Fb"},
           {"/users/%2565", "/users/:id id=%2565"},
           {"/users/%zz%6", "/users/:id id=%zz%6"},
           {"/caf%C3%a9", "/%63af%c3%a9"},
           {"/use%72s?%61", "/users"},
           {"/users/7/posts/9", "/users/:id/posts/:post id=7 post=9"},
           {"/users/7/posts/new", "/users/:id/posts/new id=7"},
           {"/users/me/posts/new", "/users/:id/posts/new id=me"},
           {"/files/", "/files/* *="},
           {"/files/a/b/c", "/files/* *=a/b/c"},
           {"/files/a/raw", "/files/:name/raw name=a"},
           {"/files/a/raw/b", "/files/* *=a/raw/b"},
           {"/users/", "Not Found\n"},
           {"/users/7/", "Not Found\n"},
           {"/users/7/posts", "Not Found\n"},
           {"/files", "Not Found\n"},
           {"//", "Not Found\n"},
       }) {
    EXPECT_EQ(body_of(server.answer_to("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")), answer)
        << path;
  }
}

TEST(Router, FindsEveryOneOfAThousandExactPaths) {
  Router router;
  for (int i = 0; i < 1000; ++i) {
    const std::string path = "/p" + std::to_string(i);
    router.get(path, telling(path, {}));
  }
  TestServer server(std::move(router));
  for (int i = 0; i < 1000; ++i) {
    const std::string path = "/p" + std::to_string(i);
    ASSERT_EQ(body_of(server.answer_to("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")), path);
  }
  EXPECT_EQ(first_line(server.answer_to("GET /p1000 HTTP/1.1\r\nHost: a\r\n\r\n")),
            "HTTP/1.1 404 Not Found");
}

TEST(Router, TellsWhatIsWrongWithARoute) {
  Router router = telling_router();
  EXPECT_EQ(router.check(Method::get, "/new"), RouteProblem::none);
  EXPECT_EQ(router.check(Method::post, "/users"), RouteProblem::none);
  EXPECT_EQ(router.check(Method::get, "/users"), RouteProblem::duplicate);
  EXPECT_EQ(router.check(Method::get, "/users/:name"), RouteProblem::other_names);
  EXPECT_EQ(router.check(Method::put, "/users/:name/posts/:post"), RouteProblem::other_names);
  EXPECT_EQ(router.check(Method::get, "/users/:name/posts"), RouteProblem::none);
  EXPECT_EQ(router.check(Method::get, "/users/:name/*"), RouteProblem::none);
  EXPECT_EQ(router.check(Method::get, ""), RouteProblem::malformed);
  EXPECT_EQ(router.check(Method::get, "users"), RouteProblem::malformed);
  EXPECT_EQ(router.check(Method::get, "/:"), RouteProblem::malformed);
  EXPECT_EQ(router.check(Method::get, "/*/a"), RouteProblem::malformed);
  EXPECT_EQ(router.check(Method::get, "/:a/:a"), RouteProblem::malformed);
  EXPECT_EQ(router.check(Method::get, "/:a/:b/:c/:d/:e/:f/:g/:h/:i"),
            RouteProblem::too_many_params);
  EXPECT_EQ(router.check(Method::trace, "/new"), RouteProblem::method);
  EXPECT_EQ(router.check(Method::other, "/new"), RouteProblem::method);
}

}  // namespace
}  // namespace hpserver::http
