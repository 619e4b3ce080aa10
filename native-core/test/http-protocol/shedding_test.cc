// Servers that fall behind: which clients are refused, and which aren't.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/connection/overload/load_shedder.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/protocol/http/testing.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

namespace hpserver::http {
namespace {

using hpserver::testing::must;
using testing::body_of;
using testing::field_of;
using testing::first_line;

// Decides as the test tells it to, and counts how often it was asked.
class ToldShedder final : public LoadShedder {
 public:
  bool keeps_up(std::chrono::nanoseconds waited, Deadline) noexcept override {
    ++asked_count;
    if (waited < std::chrono::nanoseconds::zero()) ++nonsense_count;
    return !is_late;
  }

  std::atomic<bool> is_late{false};
  std::atomic<int> asked_count{0};
  std::atomic<int> nonsense_count{0};
};

enum class Model { single, sharded, crew, simulated_proactor, leader_followers };

class SheddingTest : public ::testing::TestWithParam<Model> {
 protected:
  SheddingTest() {
    auto router = std::make_shared<Router>();
    router->get("/work", [](Request&, Response& response) { response.send("done"); });
    router->get("/healthz", [](Request&, Response& response) { response.send("ok"); });
    router->post("/body",
                 [](Request& request, Response& response) { response.send(request.body()); });
    const bool has_crew = GetParam() == Model::crew || GetParam() == Model::leader_followers;
    const ServerParts parts{.make_io = has_crew ? make_reactor<EpollPoller, Trigger::oneshot>
                                                : make_reactor<EpollPoller, Trigger::edge>,
                            .make_service = [router] {
                              HttpOptions http;
                              http.never_shed = {"/healthz"};
                              return std::make_unique<HttpService>(router, std::move(http));
                            }};
    ServerOptions options;
    options.workers = 2;
    options.handle_signals = false;
    options.limits.make_shedder = [this] { return shedder_; };
    options.on_notice = [this](const std::string& line) {
      const std::lock_guard lock(told_mutex_);
      told_.push_back(line);
    };
    switch (GetParam()) {
      case Model::single:
        server_ = must(Single::create(parts, options));
        break;
      case Model::sharded:
        server_ = must(Sharded::create(parts, options));
        break;
      case Model::simulated_proactor:
        options.loop_duties = {.read = true, .process = false, .write = true};
        [[fallthrough]];
      case Model::crew:
        server_ = must(HalfSyncHalfReactive::create(parts, options));
        break;
      case Model::leader_followers:
        server_ = must(LeaderFollowers::create(parts, options));
        break;
    }
    must(server_->listen(Address::loopback_ipv4(0)));
    runner_ = std::thread([this] { must(server_->run({})); });
  }
  ~SheddingTest() override {
    server_->end();
    runner_.join();
  }

  [[nodiscard]] Fd connect() const {
    return must(connect_and_wait(server_->addresses().front(), hpserver::testing::kHang));
  }
  static std::string ask(const Fd& client, const std::string& request) {
    must(send(client.get(), request));
    std::string answer;
    while (answer.find("\r\n\r\n") == answer.npos) {
      const std::string text = hpserver::testing::receive_text(client.get());
      if (text.empty()) break;
      answer += text;
    }
    return answer;
  }
  static std::string get(const Fd& client, const std::string& path) {
    return ask(client, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  std::shared_ptr<ToldShedder> shedder_ = std::make_shared<ToldShedder>();
  std::mutex told_mutex_;
  std::vector<std::string> told_;
  std::unique_ptr<Server> server_;
  std::thread runner_;
};

std::string name_of(const ::testing::TestParamInfo<Model>& instance) {
  static constexpr const char* kNames[] = {"Single", "Sharded", "Crew", "SimulatedProactor",
                                           "LeaderFollowers"};
  return kNames[static_cast<int>(instance.param)];
}

INSTANTIATE_TEST_SUITE_P(Models, SheddingTest,
                         ::testing::Values(Model::single, Model::sharded, Model::crew,
                                           Model::simulated_proactor, Model::leader_followers),
                         name_of);

TEST_P(SheddingTest, SendsAwayWhatHasWaitedTooLongAndGoesOn) {
  const Fd client = connect();
  EXPECT_EQ(first_line(get(client, "/work")), "HTTP/1.1 200 OK");
  shedder_->is_late = true;
  const std::string answer = get(client, "/work");
  EXPECT_EQ(first_line(answer), "HTTP/1.1 503 Service Unavailable");
  EXPECT_EQ(field_of(answer, "Retry-After"), "1");
  EXPECT_EQ(field_of(answer, "Connection"), "none") << "it may ask again";
  shedder_->is_late = false;
  EXPECT_EQ(body_of(get(client, "/work")), "done");
  hpserver::testing::await([&] {
    const std::lock_guard lock(told_mutex_);
    return !told_.empty() && told_.front() == "a request has waited too long: 503 for GET /work";
  });
}

TEST_P(SheddingTest, AnswersHealthChecksHoweverLateItIs) {
  shedder_->is_late = true;
  const Fd client = connect();
  EXPECT_EQ(body_of(get(client, "/healthz")), "ok");
  EXPECT_EQ(first_line(get(client, "/work")), "HTTP/1.1 503 Service Unavailable");
}

TEST_P(SheddingTest, DropsTheBodyOfWhatItSendsAway) {
  const Fd client = connect();
  shedder_->is_late = true;
  const std::string post = "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
  EXPECT_EQ(first_line(ask(client, post)), "HTTP/1.1 503 Service Unavailable");
  shedder_->is_late = false;
  EXPECT_EQ(body_of(ask(client, post)), "hello");
}

// The shedder is asked once for each request that begins, and waiting times are never negative.
TEST_P(SheddingTest, MeasuresWorkThatBegins) {
  const Fd client = connect();
  EXPECT_EQ(body_of(get(client, "/work")), "done");
  const int before = shedder_->asked_count;
  for (int count = 0; count < 10; ++count) EXPECT_EQ(body_of(get(client, "/work")), "done");
  EXPECT_GE(shedder_->asked_count - before, 10);
  EXPECT_EQ(shedder_->nonsense_count, 0);
}

}  // namespace
}  // namespace hpserver::http
