#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/connection/connection_set.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/make_reactor.h"
#include "test/testing.h"

// Shared by the tests of this room: a whole loop on the test's own thread, turned step by step.
namespace hpserver::http::testing {

class TestServer {
 public:
  explicit TestServer(Router router, HttpOptions options = {}, ConnectionLimits limits = {})
      : budget_(limits.max_connections),
        io_(std::move(*make_reactor<EpollPoller, Trigger::edge>())),
        service_(std::make_unique<HttpService>(std::make_shared<const Router>(std::move(router)),
                                               std::move(options))),
        set_(std::make_unique<ConnectionSet>(*io_.loop, *io_.transport, *service_, buffers_,
                                             budget_, limits)) {}

  Fd connect() {
    SocketPair pair = *create_socket_pair();
    set_->adopt(std::move(pair.first));
    return std::move(pair.second);
  }

  // Turns the loop until `done` is true; fails the test if that never happens.
  void turn_until(const std::function<bool()>& done) {
    hpserver::testing::step_until(
        done, [this] { ASSERT_TRUE(io_.loop->turn(std::chrono::milliseconds(2)).ok()); });
  }

  void turn() { ASSERT_TRUE(io_.loop->turn(std::chrono::milliseconds(0)).ok()); }

  static void say(const Fd& client, std::string_view text) {
    const auto sent = send(client.get(), text);
    ASSERT_TRUE(sent.ok());
    ASSERT_EQ(*sent, text.size());
  }

  // Returns what can be read once the loop has done its work, without Date fields.
  std::string hear(const Fd& client, bool* ended = nullptr) {
    return without_date(hpserver::testing::hear_while([this] { turn(); }, client, ended));
  }

  // Does the same, but waits until there is something to read.
  std::string await(const Fd& client) {
    std::string heard;
    turn_until([&] {
      heard += hear(client);
      return !heard.empty();
    });
    return heard;
  }

  // Sends one request on a new connection and returns the answer.
  std::string answer_to(std::string_view request, bool* ended = nullptr) {
    const Fd client = connect();
    say(client, request);
    return hear(client, ended);
  }

  static std::string without_date(std::string text) {
    for (std::size_t at = text.find("Date: "); at != text.npos; at = text.find("Date: ", at)) {
      text.erase(at, text.find("\r\n", at) + 2 - at);
    }
    return text;
  }

  [[nodiscard]] HttpService& service() { return *service_; }
  [[nodiscard]] ConnectionSet& connections() { return *set_; }
  [[nodiscard]] EventLoop& loop() { return *io_.loop; }

 private:
  ConnectionBudget budget_;
  LoopBuffers buffers_{{.max_count = 4096}};
  IoUnit io_;
  std::unique_ptr<HttpService> service_;
  std::unique_ptr<ConnectionSet> set_;
};

// "HTTP/1.1 200 OK" of an answer.
inline std::string first_line(const std::string& answer) {
  return answer.substr(0, answer.find("\r\n"));
}

inline std::string body_of(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == answer.npos ? "no head" : answer.substr(end + 4);
}

// A field's value; "none" if there is no such field.
inline std::string field_of(const std::string& answer, const std::string& name) {
  const std::string head = answer.substr(0, answer.find("\r\n\r\n") + 2);
  const std::size_t begin = head.find("\r\n" + name + ": ");
  if (begin == head.npos) return "none";
  const std::size_t value = begin + name.size() + 4;
  return head.substr(value, head.find("\r\n", value) - value);
}

}  // namespace hpserver::http::testing
