#pragma once

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hpserver/completion/uring_port.h"
#include "hpserver/os/fd.h"
#include "test/testing.h"

// A port, and a handler that records completions.
namespace hpserver::testing {

using namespace std::chrono_literals;

// Records completions and gives the buffers back.
class Listening final : public CompletionHandler {
 public:
  explicit Listening(CompletionPort& port) : port_(port) {}

  void on_completion(const Completion& completion) override {
    ++count;
    result = completion.result;
    ended = completion.last;
    text.append(completion.bytes);
    if (completion.operation == Operation::accept && result >= 0) fds.emplace_back(result);
    if (keeps_buffers && completion.buffer != kNoBuffer) {
      kept.push_back(completion.buffer);
    } else {
      port_.give_back(completion.buffer);
    }
  }

  int count = 0;
  int result = 0;  // of the last completion
  bool ended = false;
  std::string text;
  std::vector<Fd> fds;
  bool keeps_buffers = false;
  std::vector<BufferId> kept;

 private:
  CompletionPort& port_;
};

class UringPortTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto port = UringPort::create();
    if (!port) GTEST_SKIP() << explain_uring_error(port.error());
    port_ = std::move(*port);
  }

  // Waits once and calls the handlers; returns the reports of watched descriptors.
  std::vector<Event> turn(std::chrono::milliseconds timeout = 0ms) {
    std::array<PortEvent, 16> batch;
    const std::size_t count = must(port_->wait(batch, timeout));
    std::vector<Event> events;
    for (const PortEvent& event : std::span(batch).first(count)) {
      if (event.handler != nullptr) {
        event.handler->on_completion(event.completion);
      } else {
        events.push_back(event.event);
      }
    }
    return events;
  }

  // Turns until the condition holds; fails the test if that hangs.
  template <typename Condition>
  void until(Condition holds) {
    step_until(holds, [this] { turn(100ms); });
  }

  // Turns until nothing more comes.
  void await_silence() {
    std::array<PortEvent, 1> batch;
    EXPECT_EQ(must(port_->wait(batch, 20ms)), 0U);
  }

  // Sends everything; returns how many sends that took.
  int send_all(int fd, std::string_view bytes, Listening& sending) {
    int pieces = 0;
    for (; !bytes.empty(); ++pieces) {
      must(port_->send(fd, bytes, false, sending));
      until([&] { return sending.count > pieces; });
      if (sending.result <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sending.result));
    }
    return pieces;
  }

  std::unique_ptr<UringPort> port_;
};

}  // namespace hpserver::testing
