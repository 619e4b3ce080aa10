#include "hpserver/protocol/http/static_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>

#include "hpserver/protocol/http/message/date.h"
#include "hpserver/protocol/http/testing.h"
#include "hpserver/storage/temporary_directory.h"

namespace hpserver::http {
namespace {

using hpserver::testing::TemporaryDirectory;
using testing::body_of;
using testing::field_of;
using testing::first_line;
using testing::TestServer;

class StaticFilesTest : public ::testing::Test {
 protected:
  // "GET path" with further lines, each ending with CRLF.
  std::string get(std::string_view path, std::string_view fields = "",
                  std::string_view method = "GET") {
    if (server_ == nullptr) {
      HttpOptions options;
      options.files = std::move(*StaticFiles::create(directory_.path().string(), files_));
      Router router;
      router.get("/send", [](Request&, Response& response) { response.send_file("a.txt"); });
      router.get("/gone", [](Request&, Response& response) {
        response.status(410).content_type("text/x-told").header("X-A", "1").send_file("a.txt");
      });
      router.get("/told", [](Request&, Response& response) {
        response.header("content-type", "text/x-told").header("Cache-Control", "no-store");
        response.send_file("a.txt");
      });
      server_ = std::make_unique<TestServer>(std::move(router), std::move(options));
    }
    return server_->answer_to(std::string(method) + ' ' + std::string(path) +
                              " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n");
  }
  std::string status(std::string_view path, std::string_view fields = "",
                     std::string_view method = "GET") {
    return get(path, fields, method).substr(9, 3);
  }

  TemporaryDirectory directory_;
  StaticFilesOptions files_;
  std::unique_ptr<TestServer> server_;
};

TEST_F(StaticFilesTest, SendsFilesOfEverySize) {
  for (const std::size_t size : {0U, 1U, 4096U, 4097U, 16'384U, 16'385U, 3'000'000U}) {
    const std::string name = std::to_string(size) + ".txt";
    std::string content(size, ' ');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>('a' + i % 19);
    directory_.write(name, content);
    for (int round = 0; round < 2; ++round) {
      const std::string answer = get("/" + name);
      EXPECT_EQ(first_line(answer), "HTTP/1.1 200 OK");
      EXPECT_EQ(field_of(answer, "Content-Length"), std::to_string(size));
      EXPECT_EQ(field_of(answer, "Content-Type"), "text/plain; charset=utf-8");
      EXPECT_EQ(field_of(answer, "Accept-Ranges"), "bytes");
      EXPECT_TRUE(body_of(answer) == content) << size;
      const std::string head = get("/" + name, "", "HEAD");
      EXPECT_EQ(head, answer.substr(0, answer.size() - size));
    }
  }
}

// Checklist 24: an offset loop past 2 GiB, and a file that shrinks while it is sent.
TEST_F(StaticFilesTest, SendsTheEndOfAFileBeyondTwoGibibytes) {
  directory_.write("sparse", "");
  const off_t size = (off_t{1} << 31) + 5;
  ASSERT_EQ(::truncate((directory_.path() / "sparse").c_str(), size), 0);
  const std::string answer = get("/sparse", "Range: bytes=-10\r\n");
  EXPECT_EQ(field_of(answer, "Content-Range"), "bytes 2147483643-2147483652/2147483653");
  EXPECT_EQ(body_of(answer), std::string(10, '\0'));
}

TEST_F(StaticFilesTest, CutsTheConnectionWhenAFileShrinksOnItsWay) {
  directory_.write("big", std::string(5'000'000, 'b'));
  EXPECT_EQ(status("/big", "", "HEAD"), "200");
  const Fd client = server_->connect();
  TestServer::say(client, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
  server_->turn();
  ASSERT_EQ(::truncate((directory_.path() / "big").c_str(), 10), 0);
  bool ended = false;
  const std::string answer = server_->hear(client, &ended);
  EXPECT_TRUE(ended);
  EXPECT_LT(body_of(answer).size(), 5'000'000U);
}

TEST_F(StaticFilesTest, NeverSendsWhatIsHiddenOrOutside) {
  directory_.write("a.txt", "a");
  directory_.write(".hidden", "secret");
  directory_.write("dir/.git/config", "secret");
  directory_.write(".well-known/security.txt", "known");
  std::filesystem::create_symlink("/etc/hostname", directory_.path() / "escape");
  for (const std::string_view path :
       {"/.hidden", "/%2ehidden", "/dir/.git/config", "/../etc/hostname", "/..%2f..%2fetc/hostname",
        "/%2e%2e/%2e%2e/etc/hostname", "/escape", "//etc/hostname", "/dir//.git/config", "/a.txt/",
        "/a.txt/b", "/dir/../a.txt", "/./a.txt"}) {
    EXPECT_EQ(status(path), "404") << path;
  }
  EXPECT_EQ(status("/a%00.txt"), "400");
  EXPECT_EQ(status("/a%zz"), "400");
  EXPECT_EQ(body_of(get("/.well-known/security.txt")), "known");
  ASSERT_EQ(::mkfifo((directory_.path() / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(status("/fifo"), "403");
}

TEST_F(StaticFilesTest, SendsTheIndexOfADirectoryAndNeverAList) {
  directory_.write("index.html", "root");
  directory_.write("dir/index.html", "dir");
  directory_.write("bare/file", "x");
  EXPECT_EQ(body_of(get("/")), "root");
  EXPECT_EQ(body_of(get("/dir/")), "dir");
  EXPECT_EQ(status("/bare/"), "404");
  const std::string redirect = get("/dir?q=1");
  EXPECT_EQ(first_line(redirect), "HTTP/1.1 301 Moved Permanently");
  EXPECT_EQ(field_of(redirect, "Location"), "/dir/?q=1");
}

TEST_F(StaticFilesTest, AllowsReadingOnly) {
  directory_.write("a.txt", "a");
  const std::string post = get("/a.txt", "", "POST");
  EXPECT_EQ(first_line(post), "HTTP/1.1 405 Method Not Allowed");
  EXPECT_EQ(field_of(post, "Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(status("/a.txt", "", "OPTIONS"), "204");
}

TEST_F(StaticFilesTest, SendsAFileForAHandler) {
  directory_.write("a.txt", "abc");
  EXPECT_EQ(body_of(get("/send")), "abc");
}

// H14
TEST_F(StaticFilesTest, SendsAFileAsAHandlerSays) {
  files_.cache_control = "max-age=60";
  for (const std::size_t size : {3U, 26'000U}) {
    const std::string content(size, 'a');
    directory_.write("a.txt", content);
    server_ = nullptr;
    const std::string gone = get("/gone", "Range: bytes=0-0\r\nIf-None-Match: *\r\n");
    EXPECT_EQ(first_line(gone), "HTTP/1.1 410 Gone");
    EXPECT_EQ(field_of(gone, "Content-Type"), "text/x-told");
    EXPECT_EQ(field_of(gone, "X-A"), "1");
    EXPECT_EQ(field_of(gone, "Content-Length"), std::to_string(size));
    EXPECT_EQ(body_of(gone), content);
    EXPECT_EQ(get("/gone", "", "HEAD"), gone.substr(0, gone.size() - size));

    const std::string told = get("/told");
    EXPECT_EQ(first_line(told), "HTTP/1.1 200 OK");
    EXPECT_EQ(field_of(told, "content-type"), "text/x-told");
    EXPECT_EQ(field_of(told, "Content-Type"), "none");
    EXPECT_EQ(field_of(told, "Cache-Control"), "no-store");
    EXPECT_EQ(told.find("max-age"), told.npos);
    EXPECT_EQ(body_of(told), content);
    const std::string tag = field_of(told, "ETag");
    EXPECT_EQ(status("/told", "If-None-Match: " + tag + "\r\n"), "304");
    const std::string part = get("/told", "Range: bytes=0-0\r\n");
    EXPECT_EQ(first_line(part), "HTTP/1.1 206 Partial Content");
    EXPECT_EQ(field_of(part, "content-type"), "text/x-told");
    EXPECT_EQ(field_of(part, "Content-Type"), "none");
    const std::string parts = get("/told", "Range: bytes=0-0,2-2\r\n");
    EXPECT_TRUE(field_of(parts, "Content-Type").starts_with("multipart/byteranges"));
    EXPECT_EQ(field_of(parts, "content-type"), "none");
    EXPECT_NE(body_of(parts).find("Content-Type: text/x-told"), parts.npos);
  }
}

// H1. See: RFC 9110 section 8.8.2.1.
TEST_F(StaticFilesTest, WasNeverModifiedLaterThanItIsSent) {
  for (const std::size_t size : {3U, 26'000U}) {
    const std::string content(size, 'a');
    directory_.write("a.txt", content);
    const timespec later{4'000'000'000, 0};
    const std::array<timespec, 2> times{later, later};
    const std::string path = (directory_.path() / "a.txt").string();
    ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times.data(), 0), 0);
    for (const std::string_view fields : {"", "Range: bytes=0-0\r\n", "If-None-Match: *\r\n"}) {
      const std::time_t before = std::time(nullptr);
      const std::string answer = get("/a.txt", fields);
      const auto modified = parse_date(field_of(answer, "Last-Modified"));
      ASSERT_TRUE(modified.has_value()) << answer;
      EXPECT_GE(*modified, before);
      // time(2) may be a tick behind the clock that the server reads.
      EXPECT_LE(*modified, std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
    }
    EXPECT_EQ(body_of(get("/a.txt")), content);
    server_ = nullptr;
  }
}

// H13
TEST_F(StaticFilesTest, HasNoMethodsForWhatIsNotThere) {
  directory_.write("a.txt", "a");
  directory_.write("dir/index.html", "a");
  for (const std::string_view method : {"POST", "DELETE", "OPTIONS"}) {
    for (const std::string_view path :
         {"/nx", "/dir/nx", "/.hidden", "/%zz", "/a.txt/", "/bare/"}) {
      EXPECT_EQ(status(path, "", method), "404") << method << ' ' << path;
    }
  }
  for (const std::string_view path : {"/a.txt", "/%61.txt", "/dir", "/dir/"}) {
    EXPECT_EQ(status(path, "", "POST"), "405") << path;
  }
}

TEST_F(StaticFilesTest, AddsCacheControl) {
  files_.cache_control = "max-age=60";
  directory_.write("a.txt", "a");
  const std::string answer = get("/a.txt");
  EXPECT_EQ(field_of(answer, "Cache-Control"), "max-age=60");
  const std::string fields = "If-None-Match: " + field_of(answer, "ETag") + "\r\n";
  EXPECT_EQ(field_of(get("/a.txt", fields), "Cache-Control"), "max-age=60");
}

// See: RFC 9110 section 13.2.2.
TEST_F(StaticFilesTest, EvaluatesPreconditionsInTheirOrder) {
  directory_.write("a.txt", "abc");
  directory_.age("a.txt");
  const std::string answer = get("/a.txt");
  const std::string tag = field_of(answer, "ETag");
  const std::string date = field_of(answer, "Last-Modified");
  const std::string before = "Sun, 06 Nov 1994 08:49:37 GMT";
  const std::string after = "Sun, 06 Nov 2094 08:49:37 GMT";
  ASSERT_TRUE(tag.starts_with('"') && tag.ends_with('"'));
  const std::vector<std::pair<std::string, std::string>> table = {
      {"If-Match: " + tag + "\r\n", "200"},
      {"If-Match: \"x\", " + tag + "\r\n", "200"},
      {"If-Match: *\r\n", "200"},
      {"If-Match: \"x\"\r\n", "412"},
      {"If-Match: W/" + tag + "\r\n", "412"},
      {"If-Match: " + tag + "\r\nIf-Unmodified-Since: " + before + "\r\n", "200"},
      {"If-Unmodified-Since: " + date + "\r\n", "200"},
      {"If-Unmodified-Since: " + before + "\r\n", "412"},
      {"If-Unmodified-Since: nonsense\r\n", "200"},
      {"If-None-Match: " + tag + "\r\n", "304"},
      {"If-None-Match: W/" + tag + "\r\n", "304"},
      {"If-None-Match: \"a,b\" , " + tag + "\r\n", "304"},
      {"If-None-Match: \"x\"\r\nIf-None-Match: " + tag + "\r\n", "304"},
      {"If-None-Match: *\r\n", "304"},
      {"If-None-Match: \"x\"\r\n", "200"},
      {"If-None-Match: \"x\"\r\nIf-Modified-Since: " + after + "\r\n", "200"},
      {"If-Modified-Since: " + date + "\r\n", "304"},
      {"If-Modified-Since: " + before + "\r\n", "200"},
      {"If-Modified-Since: nonsense\r\n", "200"},
      // H9
      {"If-Modified-Since: " + date + "\r\nIf-Modified-Since: " + date + "\r\n", "200"},
      {"If-Unmodified-Since: " + before + "\r\nIf-Unmodified-Since: " + before + "\r\n", "200"},
      {"If-Modified-Since: Thu, 30 Feb 2090 00:00:00 GMT\r\n", "200"},
      {"Range: bytes=0-0\r\nIf-Range: " + tag + "\r\nIf-Range: " + tag + "\r\n", "200"},
      // H10
      {"Range: bytes=0-0\r\nRange: bytes=0-0\r\n", "200"},
      {"If-Match: \"x\"\r\nIf-None-Match: " + tag + "\r\n", "412"},
      {"If-None-Match: " + tag + "\r\nRange: bytes=0-0\r\n", "304"},
      {"Range: bytes=0-0\r\nIf-Range: " + tag + "\r\n", "206"},
      {"Range: bytes=0-0\r\nIf-Range: " + date + "\r\n", "206"},
      {"Range: bytes=0-0\r\nIf-Range: \"x\"\r\n", "200"},
      {"Range: bytes=0-0\r\nIf-Range: W/" + tag + "\r\n", "200"},
      {"Range: bytes=0-0\r\nIf-Range: " + before + "\r\n", "200"},
      {"Range: bytes=9-\r\n", "416"},
      {"Range: bytes=9-\r\nIf-Range: \"x\"\r\n", "200"},
  };
  for (const auto& [fields, expected] : table) {
    EXPECT_EQ(status("/a.txt", fields), expected) << fields;
  }
  const std::string unchanged = get("/a.txt", "If-None-Match: " + tag + "\r\n");
  EXPECT_EQ(body_of(unchanged), "");
  EXPECT_EQ(field_of(unchanged, "ETag"), tag);
  EXPECT_EQ(field_of(unchanged, "Content-Length"), "none");
}

TEST_F(StaticFilesTest, SendsRanges) {
  for (const std::size_t size : {26U, 26'000U}) {
    std::string content(size, ' ');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>('a' + i % 26);
    const std::string name = "/" + std::to_string(size) + ".txt";
    directory_.write(name.substr(1), content);
    const std::string one = get(name, "Range: bytes=2-4\r\n");
    EXPECT_EQ(first_line(one), "HTTP/1.1 206 Partial Content");
    EXPECT_EQ(field_of(one, "Content-Range"), "bytes 2-4/" + std::to_string(size));
    EXPECT_EQ(field_of(one, "Content-Length"), "3");
    EXPECT_EQ(body_of(one), "cde");
    EXPECT_EQ(first_line(get(name, "Range: bytes=2-4\r\n", "HEAD")), "HTTP/1.1 200 OK");

    const std::string two = get(name, "Range: bytes=0-1,-2\r\n");
    const std::string type = field_of(two, "Content-Type");
    ASSERT_TRUE(type.starts_with("multipart/byteranges; boundary=")) << type;
    const std::string line = "\r\n--" + type.substr(type.find('=') + 1);
    const std::string part = line + "\r\nContent-Type: text/plain; charset=utf-8\r\n";
    const std::string total = "/" + std::to_string(size) + "\r\n\r\n";
    const std::string last = std::to_string(size - 2) + "-" + std::to_string(size - 1);
    EXPECT_EQ(body_of(two), part + "Content-Range: bytes 0-1" + total + "ab" + part +
                                "Content-Range: bytes " + last + total + "yz" + line + "--\r\n");
    EXPECT_EQ(field_of(two, "Content-Length"), std::to_string(body_of(two).size()));
  }
  const std::string none = get("/26.txt", "Range: bytes=26-\r\n");
  EXPECT_EQ(field_of(none, "Content-Range"), "bytes */26");
}

TEST_F(StaticFilesTest, SendsThePrecompressedSiblingThatTheClientPrefers) {
  directory_.write("a.js", "plain");
  directory_.write("a.js.gz", "gzipped");
  directory_.write("a.js.br", "brotli");
  directory_.write("old.js", "plain");
  directory_.write("old.js.gz", "left over");
  directory_.age("old.js.gz");
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "plain"},
      {"Accept-Encoding: gzip\r\n", "gzipped"},
      {"Accept-Encoding: gzip, br\r\n", "brotli"},
      {"Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n", "brotli"},
      {"Accept-Encoding: gzip;q=1.0, br;q=0.5\r\n", "gzipped"},
      {"Accept-Encoding: *\r\n", "brotli"},
      {"Accept-Encoding: *;q=0.5, br;q=0\r\n", "gzipped"},
      {"Accept-Encoding: gzip;q=0\r\n", "plain"},
      {"Accept-Encoding: identity;q=1, gzip;q=0.5\r\n", "plain"},
      {"Accept-Encoding: gzip;q=2\r\n", "plain"},
      {"Accept-Encoding: GZIP;Q=0.001\r\n", "gzipped"},
  };
  for (const auto& [fields, expected] : table) {
    const std::string answer = get("/a.js", fields);
    EXPECT_EQ(body_of(answer), expected) << fields;
    EXPECT_EQ(field_of(answer, "Vary"), "Accept-Encoding");
    EXPECT_EQ(field_of(answer, "Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(field_of(answer, "Content-Encoding") == "none", expected == "plain");
  }
  EXPECT_NE(field_of(get("/a.js"), "ETag"),
            field_of(get("/a.js", "Accept-Encoding: gzip\r\n"), "ETag"));
  EXPECT_EQ(body_of(get("/old.js", "Accept-Encoding: gzip\r\n")), "plain");
  const std::string itself = get("/a.js.gz", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(field_of(itself, "Content-Type"), "application/gzip");
  EXPECT_EQ(field_of(itself, "Content-Encoding"), "none");
}

}  // namespace
}  // namespace hpserver::http
