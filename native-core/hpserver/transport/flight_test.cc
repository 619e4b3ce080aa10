#include "hpserver/transport/flight.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/connection/connection_set.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/transport/completion_transport.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::LineService;
using testing::LineSession;
using testing::must;

// A port in which the test plays the kernel: the port records requests, and reports what the test
// gives it.
class ScriptedPort final : public CompletionPort {
 public:
  struct Asked {
    Operation operation;
    int fd;
    CompletionHandler* handler;
  };

  Result<void> accept(int listen_fd, CompletionHandler& handler) override {
    return ask(Operation::accept, listen_fd, handler);
  }
  Result<void> receive(int fd, CompletionHandler& handler) override {
    return ask(Operation::receive, fd, handler);
  }
  Result<void> send(int fd, std::string_view bytes, bool, CompletionHandler& handler) override {
    sent.append(bytes);
    return ask(Operation::send, fd, handler);
  }
  Result<void> read(int file_fd, std::span<char>, off_t, CompletionHandler& handler) override {
    return ask(Operation::read, file_fd, handler);
  }
  void give_back(BufferId buffer) override { given_back.push_back(buffer); }
  void attach(int) override {}
  void detach(int fd) override { detached.push_back(fd); }
  void cancel(int fd) override { cancelled.push_back(fd); }
  bool pause(int fd, Operation) override {
    paused.push_back(fd);
    return true;
  }
  Result<void> watch(int, Token, Interest, Trigger) override { return {}; }
  Result<void> modify(int, Token, Interest, Trigger) override { return {}; }
  void unwatch(int) override {}
  Result<std::size_t> wait(std::span<PortEvent> events, std::chrono::milliseconds) override {
    const std::size_t count = std::min({events.size(), told.size(), most_per_wait});
    std::copy_n(told.begin(), count, events.begin());
    told.erase(told.begin(), told.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  }
  void flush() override {}
  [[nodiscard]] int native_handle() const noexcept override { return -1; }
  [[nodiscard]] std::size_t capacity() const noexcept override { return 1000; }

  // Completes, or fails, the oldest operation of this kind on `fd`.
  void tell(Operation operation, int fd, Completion completion) {
    const auto it = std::ranges::find_if(
        asked, [&](const Asked& each) { return each.operation == operation && each.fd == fd; });
    ASSERT_NE(it, asked.end());
    completion.operation = operation;
    told.push_back({.handler = it->handler, .completion = completion, .event = {}});
    if (completion.last) asked.erase(it);
  }

  [[nodiscard]] bool is_asked(Operation operation, int fd) const {
    return std::ranges::any_of(
        asked, [&](const Asked& each) { return each.operation == operation && each.fd == fd; });
  }

  std::size_t most_per_wait = 512;
  std::vector<Asked> asked;  // pending
  std::vector<PortEvent> told;
  std::vector<int> cancelled;
  std::vector<int> detached;
  std::vector<int> paused;
  std::vector<BufferId> given_back;
  std::string sent;

 private:
  Result<void> ask(Operation operation, int fd, CompletionHandler& handler) {
    asked.push_back({operation, fd, &handler});
    return {};
  }
};

constexpr Completion kNoBuffers{.result = -ENOBUFS, .bytes = {}};
constexpr Completion kEnd{.result = 0, .bytes = {}};

class FlightTest : public ::testing::Test {
 protected:
  // Returns the number of the connection's descriptor, which the connection owns.
  int connect() {
    SocketPair pair = must(create_socket_pair());
    const int fd = pair.first.get();
    set_.adopt(std::move(pair.first));
    EXPECT_TRUE(port_.is_asked(Operation::receive, fd));
    return fd;
  }

  // Pending operations end, as when a kernel is asked to cancel them.
  void TearDown() override {
    set_.close_all();
    while (!port_.asked.empty()) {
      const auto [operation, fd, handler] = port_.asked.front();
      port_.tell(operation, fd, {.result = -ECANCELED, .bytes = {}});
    }
    transport_.finish();
  }

  void turn() { must(proactor_->turn(std::chrono::milliseconds(0))); }

  // Reports a piece of input, with more to come.
  void receive(int fd, std::string_view bytes, BufferId buffer) {
    port_.tell(Operation::receive, fd,
               {.result = static_cast<int>(bytes.size()),
                .bytes = bytes,
                .buffer = buffer,
                .last = false});
    turn();
  }

  // Answers a "later" request; the answer is sent completely.
  void answer_later(int fd) {
    set_.resume(service_.waiting.front(), [&](Session& session, Channel& channel) {
      static_cast<LineSession&>(session).answer(channel, "now\n");
    });
    for (std::size_t told = 0; port_.is_asked(Operation::send, fd); turn()) {
      const std::size_t size_bytes = port_.sent.size() - std::exchange(told, port_.sent.size());
      port_.tell(Operation::send, fd, {.result = static_cast<int>(size_bytes), .bytes = {}});
    }
  }

  std::unique_ptr<Proactor> proactor_ = must(Proactor::create(std::make_unique<ScriptedPort>()));
  ScriptedPort& port_ = static_cast<ScriptedPort&>(proactor_->port());
  CompletionTransport transport_{*proactor_};
  LineService service_;
  ConnectionBudget budget_{1000};
  LoopBuffers buffers_{{.max_count = 1000}};
  ConnectionSet set_{*proactor_, transport_, service_, buffers_, budget_, {}};
};

// Case C3: all buffers had come back before the kernel reported that it had none. Uploads slept
// until their deadline unless another client sent something.
TEST_F(FlightTest, ReceivesAgainWhenNobodyHasABufferToGiveBack) {
  const std::vector<int> starved = {connect(), connect()};
  for (int round = 0; round < 2; ++round) {
    for (const int fd : starved) port_.tell(Operation::receive, fd, kNoBuffers);
    turn();
    for (const int fd : starved) EXPECT_TRUE(port_.is_asked(Operation::receive, fd));
  }
}

// Under load the ring ran out of buffers for a connection that has just been closed.
TEST_F(FlightTest, IsNotFedWhenItsConnectionIsGone) {
  const int gone = connect();
  set_.close_all();
  EXPECT_EQ(port_.cancelled, std::vector<int>{gone});
  EXPECT_TRUE(port_.detached.empty()) << "the kernel still has it";
  port_.tell(Operation::receive, gone, kNoBuffers);
  turn();
  EXPECT_EQ(port_.detached, std::vector<int>{gone});

  const int next = connect();
  port_.tell(Operation::receive, next, {.result = 7, .bytes = "echo x\n", .buffer = 0});
  turn();
  EXPECT_EQ(port_.sent, "x\n");
  EXPECT_EQ(port_.asked.size(), 1U) << "nothing but that";
  port_.tell(Operation::send, next, {.result = 2, .bytes = {}});
  turn();
  port_.tell(Operation::receive, next, kEnd);
  turn();
  EXPECT_EQ(set_.size(), 0U);
}

// Case C2: clients that write while they wait for an answer would hold the buffers that all
// connections share.
TEST_F(FlightTest, LeavesNoBufferWithAConnectionThatWaits) {
  const int fd = connect();
  receive(fd, "later\n", 0);
  receive(fd, "echo a\n", 1);
  receive(fd, "echo ", 2);
  receive(fd, "b\n", 3);
  EXPECT_EQ(port_.given_back, (std::vector<BufferId>{0, 1, 2, 3}));
  EXPECT_FALSE(port_.paused.empty());
  EXPECT_EQ(port_.sent, "");
  answer_later(fd);
  EXPECT_EQ(port_.sent.substr(0, 4), "now\n");
  EXPECT_EQ(set_.size(), 1U);
  EXPECT_NE(port_.sent.find("a\nb\n"), std::string::npos);
}

TEST_F(FlightTest, GivesUpAConnectionWhoseInputNothingHasRoomFor) {
  std::vector<char*> blocks;
  while (char* const block = buffers_.acquire(BlockSize::normal)) blocks.push_back(block);
  const int fd = connect();
  receive(fd, "later\n", 0);
  receive(fd, "echo a\n", 1);
  EXPECT_EQ(set_.size(), 0U);
  EXPECT_EQ(budget_.open_count(), 0U);
  EXPECT_EQ(port_.given_back, (std::vector<BufferId>{0, 1}));
  for (char* const block : blocks) buffers_.release(block, BlockSize::normal);
}

// Case C4: the connection has caught up before the kernel reports that it has stopped receiving.
TEST_F(FlightTest, ReceivesOnAfterAPauseThatCameTooLate) {
  const int fd = connect();
  receive(fd, "later\n", 0);
  receive(fd, "echo a\n", 1);
  ASSERT_EQ(port_.paused, std::vector<int>{fd});
  answer_later(fd);
  ASSERT_TRUE(port_.is_asked(Operation::receive, fd)) << "still the old one";
  port_.tell(Operation::receive, fd, {.result = -ECANCELED, .bytes = {}});
  turn();
  EXPECT_TRUE(port_.is_asked(Operation::receive, fd));
}

// The thread pool of POSIX aio ends operations one by one.
TEST_F(FlightTest, OutlivesItsConnectionUntilTheLastOfManyHasEnded) {
  std::vector<int> fds;
  for (int count = 0; count < 300; ++count) fds.push_back(connect());
  set_.close_all();
  for (const int fd : fds) port_.tell(Operation::receive, fd, kEnd);
  port_.most_per_wait = 1;
  port_.told.insert(port_.told.begin(), 200, PortEvent{});  // late wake-ups
  transport_.finish();
  EXPECT_EQ(port_.detached.size(), fds.size());
}

}  // namespace
}  // namespace hpserver
