#include "hpserver/protocol/admin/admin_service.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "hpserver/concurrency/side_server.h"
#include "hpserver/protocol/admin/status.h"
#include "hpserver/socket/socket.h"
#include "test/testing.h"

namespace hpserver::admin {
namespace {

using std::chrono::milliseconds;

ServerFacts facts() {
  return {.name = "my-server",
          .version = "1.2.3",
          .architecture = "one <loop>",
          .steps = {{"wait", "the \"loop\"", "epoll_wait"},
                    {"accept", "the loop", "accept4"},
                    {"read", "the loop", "recv"},
                    {"process", "the loop", "–"},
                    {"write", "the loop", "send"}},
          .max_connections = 1'000};
}

class AdminTest : public ::testing::Test {
 protected:
  void SetUp() override {
    side_ =
        *SideServer::create([this] { return make_admin_service(metrics_, facts(), log_level()); });
    ASSERT_TRUE(side_->listen(Address::loopback_ipv4(0)).ok());
    ASSERT_TRUE(side_->run_on_thread().ok());
  }

  [[nodiscard]] LogLevelControl log_level() {
    return {.words = {"debug", "info"}, .set = [this](const std::string& word) {
              const std::lock_guard lock(mutex_);
              levels_.push_back(word);
            }};
  }
  [[nodiscard]] std::vector<std::string> levels() {
    const std::lock_guard lock(mutex_);
    return levels_;
  }

  [[nodiscard]] std::string ask(std::string_view request) const { return ask_with(request, {}); }
  [[nodiscard]] std::string ask_with(std::string_view request, std::string_view body) const {
    const Fd client = *connect_and_wait(side_->addresses().front(), testing::kHang);
    std::string text = std::string(request) + "Host: a\r\nConnection: close\r\n";
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    EXPECT_TRUE(send(client.get(), (text += "\r\n") += body));
    std::string answer;
    std::array<char, 65'536> buffer;
    for (;;) {
      const auto got = receive(client.get(), buffer);
      if (!got || *got == 0) return answer;
      answer.append(buffer.data(), *got);
    }
  }

  std::shared_ptr<Metrics> metrics_ = *Metrics::create({.executors = 2});
  std::mutex mutex_;
  std::vector<std::string> levels_;
  std::unique_ptr<SideServer> side_;
};

TEST_F(AdminTest, SaysThatItIsWell) {
  const std::string answer = ask("GET /healthz HTTP/1.1\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(answer.ends_with("\r\n\r\nok\n"));
  EXPECT_NE(answer.find("Cache-Control: no-store"), std::string::npos);
  EXPECT_TRUE(ask("HEAD /healthz HTTP/1.1\r\n").ends_with("\r\n\r\n"));
}

TEST_F(AdminTest, IsReadyUntilItWasToldToEnd) {
  EXPECT_TRUE(ask("GET /readyz HTTP/1.1\r\n").starts_with("HTTP/1.1 200 "));
  metrics_->note_end();
  EXPECT_TRUE(ask("GET /readyz HTTP/1.1\r\n").starts_with("HTTP/1.1 503 "));
  EXPECT_TRUE(ask("GET /healthz HTTP/1.1\r\n").starts_with("HTTP/1.1 200 "));
}

TEST_F(AdminTest, RefusesWhateverIsNotReading) {
  for (const char* path :
       {"/healthz", "/readyz", "/metrics", "/status", "/status.json", "/other"}) {
    for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      const std::string answer = ask(std::string(method) + ' ' + path + " HTTP/1.1\r\n");
      EXPECT_TRUE(answer.starts_with("HTTP/1.1 405 ")) << method << path << answer;
      EXPECT_NE(answer.find("Allow: GET, HEAD\r\n"), std::string::npos);
    }
  }
  EXPECT_TRUE(ask("GET /other HTTP/1.1\r\n").starts_with("HTTP/1.1 404 "));
}

TEST_F(AdminTest, ChangesTheLogsLevelAndNothingElse) {
  const auto put = [this](std::string_view word) {
    return ask_with("PUT /log-level HTTP/1.1\r\n", word);
  };
  EXPECT_TRUE(put("debug").starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(put("info\n").ends_with("\r\n\r\ninfo\n"));
  EXPECT_EQ(levels(), (std::vector<std::string>{"debug", "info"}));
  for (const char* word : {"", "loud", "debug info", "DEBUG"}) {
    const std::string answer = put(word);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\nunknown level: use one of: debug info\n")) << answer;
  }
  EXPECT_TRUE(put(std::string(2'000, 'x')).starts_with("HTTP/1.1 413 "));
  for (const char* method : {"GET", "HEAD", "POST", "DELETE", "PATCH", "OPTIONS"}) {
    const std::string answer = ask(std::string(method) + " /log-level HTTP/1.1\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 405 ")) << method << answer;
    EXPECT_NE(answer.find("Allow: PUT\r\n"), std::string::npos);
  }
  EXPECT_EQ(levels().size(), 2U);
}

TEST_F(AdminTest, ShowsWhatIsCounted) {
  metrics_->of_executor(1).ended({.route = "/users/:id",
                                  .route_number = 3,
                                  .method = "GET",
                                  .method_number = 1,
                                  .status = 200,
                                  .duration = milliseconds{7}});
  EXPECT_NE(ask("GET /metrics HTTP/1.1\r\n").find(R"(http_route="/users/:id")"), std::string::npos);
  const std::string json = ask("GET /status.json HTTP/1.1\r\n");
  EXPECT_NE(json.find(R"("route":"/users/:id","status":200,"count":1,"meanMs":7.000)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("executor":"the \"loop\"")"), std::string::npos) << json;
  const std::string page = ask("GET /status HTTP/1.1\r\n");
  EXPECT_NE(page.find("one &lt;loop&gt;"), std::string::npos);
  EXPECT_NE(page.find("GET /users/:id"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("http://"), std::string::npos);
}

TEST_F(AdminTest, ServesSoManyAtOnceAndNoMore) {
  std::vector<Fd> clients;
  for (std::size_t count = 0; count < SideServer::kMaxConnections; ++count) {
    clients.push_back(*connect_and_wait(side_->addresses().front(), testing::kHang));
    EXPECT_TRUE(send(clients.back().get(), "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
    std::array<char, 1'024> answer;
    ASSERT_TRUE(receive(clients.back().get(), answer));
  }
  EXPECT_TRUE(ask("GET /healthz HTTP/1.1\r\n").starts_with("HTTP/1.1 503 "));
}

TEST(SideServer, KeepsItsPathToItsOwner) {
  const std::string path = "/tmp/side_server_test_" + std::to_string(::getpid()) + ".sock";
  const auto metrics = *Metrics::create({});
  auto side = *SideServer::create([&] { return make_admin_service(metrics, facts(), {}); });
  ASSERT_TRUE(side->listen(*Address::unix_path(path)).ok());
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_TRUE(side->run_on_thread().ok());
  side.reset();
  EXPECT_NE(::access(path.c_str(), F_OK), 0) << "the socket's file is removed";
}

TEST(Status, EscapesWhatItQuotes) {
  EXPECT_EQ(json_text("a\"b\\c\n"), "a\\\"b\\\\c\\u000a");
  EXPECT_EQ(html_text("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
}

}  // namespace
}  // namespace hpserver::admin
