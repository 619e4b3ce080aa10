#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/connection/memory_budget.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/protocol/http/testing.h"

// Case C9a: there is a limit to what all connections hold together, and to what one stream may
// write for a client that doesn't read (case S9).
namespace hpserver::http {
namespace {

using testing::first_line;
using testing::TestServer;

constexpr std::size_t kMegabyte = 1'000'000;

Router echo_router() {
  Router router;
  router.post("/echo", [](Request& request, Response& response) { response.send(request.body()); });
  // A handler that ignores whether its client reads.
  router.get("/flood", [](Request&, Response& response) {
    response.begin_stream();
    const std::string piece(kMegabyte, 'x');
    for (int count = 0; count < 20; ++count) response.write(piece);
    response.end();
  });
  return router;
}

std::string post_head(std::size_t size_bytes) {
  return "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size_bytes) +
         "\r\n\r\n";
}

class MemoryTest : public ::testing::Test {
 protected:
  // A client whose body has arrived except for its last byte.
  Fd begin_upload(std::size_t size_bytes) {
    Fd client = server_.connect();
    upload(client, post_head(size_bytes) + std::string(size_bytes - 1, 'b'));
    return client;
  }

  // Sends as fast as the server reads; stops early if the server closes the connection.
  void upload(const Fd& client, std::string_view bytes) {
    ASSERT_TRUE(set_nonblocking(client.get(), true).ok());
    while (!bytes.empty()) {
      const auto sent = send(client.get(), bytes);
      if (sent) bytes.remove_prefix(*sent);
      if (!sent && !would_block(sent.error())) return;
      server_.turn();
    }
    for (int turns = 0; turns < 10; ++turns) server_.turn();
  }

  // Shared on purpose, as by all loops of a server.
  std::shared_ptr<MemoryBudget> budget_ = std::make_shared<MemoryBudget>(4 * kMegabyte);
  TestServer server_{
      echo_router(), {}, {.max_unsent_bytes = 3 * kMegabyte, .memory_budget = budget_}};
};

TEST_F(MemoryTest, ABodyBeyondTheBudgetIsA503) {
  std::vector<Fd> greedy;
  // A string grows by doubling: each holds up to two megabytes.
  for (int count = 0; count < 4; ++count) greedy.push_back(begin_upload(kMegabyte));
  EXPECT_GT(budget_->used_bytes(), 2 * kMegabyte);
  EXPECT_LE(budget_->used_bytes(), budget_->max_bytes());
  int refused = 0;
  for (const Fd& client : greedy) {
    if (first_line(server_.hear(client)) == "HTTP/1.1 503 Service Unavailable") ++refused;
  }
  EXPECT_GE(refused, 1);
  EXPECT_LT(refused, 4);
}

TEST_F(MemoryTest, WhoWantsLittleIsServedAllTheSame) {
  std::vector<Fd> greedy;
  for (int count = 0; count < 4; ++count) greedy.push_back(begin_upload(kMegabyte));
  const std::string answer = server_.answer_to(post_head(30'000) + std::string(30'000, 's'));
  EXPECT_EQ(testing::body_of(answer), std::string(30'000, 's'));
}

TEST_F(MemoryTest, WhatWasHeldIsGivenBack) {
  {
    std::vector<Fd> greedy;
    for (int count = 0; count < 4; ++count) greedy.push_back(begin_upload(kMegabyte));
    for (const Fd& client : greedy) server_.hear(client);
  }
  server_.turn_until([&] { return server_.connections().size() == 0; });
  EXPECT_EQ(budget_->used_bytes(), 0U);
  const Fd client = begin_upload(kMegabyte);
  upload(client, "e");
  std::string heard;
  server_.turn_until([&] {
    heard += server_.hear(client);
    return heard.size() > kMegabyte;
  });
  EXPECT_EQ(first_line(heard), "HTTP/1.1 200 OK");
}

TEST_F(MemoryTest, UnreadAnswersCountAsWell) {
  std::vector<Fd> greedy;
  for (int count = 0; count < 10; ++count) {
    greedy.push_back(begin_upload(kMegabyte));
    upload(greedy.back(), "e");
  }
  EXPECT_LE(budget_->used_bytes(), budget_->max_bytes());
  EXPECT_EQ(first_line(server_.answer_to("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2"
                                         "\r\n\r\nhi")),
            "HTTP/1.1 200 OK");
  greedy.clear();
  server_.turn_until([&] { return server_.connections().size() == 0; });
  EXPECT_EQ(budget_->used_bytes(), 0U);
}

TEST_F(MemoryTest, AStreamThatTakesNoNoticeOfItsClientIsCutOff) {
  const Fd client = server_.connect();
  TestServer::say(client, "GET /flood HTTP/1.1\r\nHost: a\r\n\r\n");
  bool ended = false;
  std::string heard;
  server_.turn_until([&] {
    heard += server_.hear(client, &ended);
    return ended;
  });
  EXPECT_LT(heard.size(), 20 * kMegabyte);
  EXPECT_FALSE(heard.ends_with("0\r\n\r\n"));
}

}  // namespace
}  // namespace hpserver::http
