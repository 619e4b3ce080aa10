#include "hpserver/protocol/http/access/access_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "hpserver/protocol/http/access/apache_format.h"
#include "hpserver/protocol/http/testing.h"

namespace hpserver::http {
namespace {

using testing::TestServer;

// The route that the tests request.
Router one_route() {
  Router router;
  router.get("/hi", [](Request&, Response& response) { response.send("hello"); });
  return router;
}

class Recorder final : public LineOutput {
 public:
  explicit Recorder(std::string& text) : text_(text) {}
  void write(std::string_view lines) override { text_.append(lines); }

 private:
  std::string& text_;
};

void append_all(std::string& line, const AccessEntry& entry, const AccessLineTerms&) {
  for (const std::string_view part : {entry.method, entry.target, entry.protocol, entry.referer,
                                      entry.agent, entry.route, entry.request_id}) {
    line.append(part).append(1, '|');
  }
  append_number(line, entry.status);
  line.append(1, '\n');
}

std::string lines_of(std::string_view requests, AccessLinesOptions options) {
  std::string text;
  AccessLines lines(options, std::make_unique<Recorder>(text), [](auto) { FAIL(); });
  HttpOptions http;
  http.access_log = &lines;
  TestServer server(one_route(), std::move(http));
  server.answer_to(requests);
  return text;
}

TEST(AccessLines, TellWhatAClientAndARouteSay) {
  EXPECT_EQ(lines_of("GET /hi?q HTTP/1.1\r\nHost: a\r\nReferer: there\r\nUser-Agent: me\r\n\r\n"
                     "GET /no HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\nnonsense\r\n",
                     {.append = append_all}),
            "GET|/hi?q|HTTP/1.1|there|me|/hi||200\n"
            "GET|/no|HTTP/1.0|||||404\n"
            "-|-||||||400\n");
}

TEST(AccessLines, AreOneOfSoManyWhereTheyAreSampled) {
  std::string requests;
  for (int count = 0; count < 12; ++count) requests += "GET /hi HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string lines = lines_of(requests, {.append = append_ncsa, .sample = 5});
  EXPECT_EQ(std::ranges::count(lines, '\n'), 3);
}

}  // namespace
}  // namespace hpserver::http
