#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/concurrency/half_sync_half_async.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/leader_followers.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/concurrency/thread_per_connection.h"
#include "hpserver/connection/channel.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/protocol/frame/service.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_reactor.h"
#include "lines.h"
#include "test/testing.h"

namespace hpserver::frame {
namespace {

// Answers "later …" from another thread. Gives up its answer to "drop", and never answers
// "silence". Closes after "bye". Answers "big" with a megabyte. "keep" waits in `kept`. "fail"
// throws, and "fail later" does so after it has deferred its answer. Sends anything else back.
class Answers final : public FrameHandler {
 public:
  ~Answers() override {
    for (auto& thread : threads_) thread.join();
  }

  void on_frame(std::string_view frame, FrameCall& call) override {
    if (frame == "silence") return;
    if (frame == "fail") throw std::runtime_error("failed");
    if (frame == "fail later") {
      const FrameResponder responder = call.defer();
      throw std::runtime_error("failed");
    }
    if (frame == "peer") return call.answer(call.peer());
    if (frame == "big") return call.answer(std::string(std::size_t{1} << 20U, 'x'));
    if (frame == "bye") call.close();
    if (frame == "drop") return static_cast<void>(call.defer());
    if (frame == "keep") return keep(call.defer());
    if (!frame.starts_with("later")) return call.answer(frame);
    answer_elsewhere(call.defer(), std::string(frame));
  }

  // Waits until a frame has been kept.
  FrameResponder kept() {
    std::unique_lock lock(mutex_);
    while (!kept_) {
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    }
    FrameResponder responder = std::move(*kept_);
    kept_.reset();
    return responder;
  }

 private:
  void keep(FrameResponder responder) {
    const std::lock_guard lock(mutex_);
    kept_.emplace(std::move(responder));
  }
  void answer_elsewhere(FrameResponder responder, std::string frame) {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([responder = std::move(responder), frame = std::move(frame)]() mutable {
      responder.reply({.frame = frame, .close = frame.ends_with("bye")});
    });
  }

  std::mutex mutex_;
  std::vector<std::thread> threads_;
  std::optional<FrameResponder> kept_;
};

class FrameServiceTest : public ::testing::Test {
 protected:
  ServerParts parts(Result<IoUnit> (*make_io)()) {
    return {.make_io = make_io, .make_service = [this] {
              return std::make_unique<FrameService>(
                  [] { return std::make_unique<CodecOf<Lines, write_line>>(); }, answers_);
            }};
  }

  void serve(std::unique_ptr<Server> server) {
    server_ = std::move(server);
    ASSERT_TRUE(server_->listen(Address::loopback_ipv4(0)).ok());
    runner_ = std::thread([this] { EXPECT_TRUE(server_->run({}).ok()); });
  }
  void serve_by_one_loop() {
    serve(std::move(*Single::create(parts(make_reactor<EpollPoller, Trigger::edge>), {})));
  }
  void stop() {
    server_->drain();
    runner_.join();
  }

  [[nodiscard]] Fd connect() const {
    return std::move(*connect_and_wait(server_->addresses().front(), testing::kHang));
  }

  static void send_all(const Fd& client, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = send(client.get(), bytes);
      ASSERT_TRUE(sent.ok());
      bytes.remove_prefix(*sent);
    }
  }
  // Reads this many bytes, or up to the end.
  static std::string receive_all(const Fd& client, std::size_t size_bytes = std::string::npos) {
    std::string bytes;
    char buffer[4096];
    while (bytes.size() < size_bytes) {
      const auto count = receive(client.get(), buffer);
      if (!count || *count == 0) break;
      bytes.append(buffer, *count);
    }
    return bytes;
  }
  static std::string exchange(const Fd& client, std::string_view bytes, std::size_t size_bytes) {
    send_all(client, bytes);
    return receive_all(client, size_bytes);
  }

  std::shared_ptr<Answers> answers_ = std::make_shared<Answers>();
  std::unique_ptr<Server> server_;
  std::thread runner_;
};

TEST_F(FrameServiceTest, AnswersInOrderInEveryModel) {
  ServerOptions options;
  options.workers = 2;
  const auto edge = parts(make_reactor<EpollPoller, Trigger::edge>);
  const auto oneshot = parts(make_reactor<EpollPoller, Trigger::oneshot>);
  ServerOptions proactor = options;
  proactor.loop_duties = {.read = true, .process = false, .write = true};
  std::vector<std::unique_ptr<Server>> servers;
  servers.push_back(std::move(*Single::create(edge, options)));
  servers.push_back(std::move(*HalfSyncHalfAsync::create(edge, options)));
  servers.push_back(std::move(*HalfSyncHalfReactive::create(oneshot, options)));
  servers.push_back(std::move(*HalfSyncHalfReactive::create(oneshot, proactor)));
  servers.push_back(std::move(*LeaderFollowers::create(oneshot, options)));
  servers.push_back(std::move(*ThreadPerConnection::create(parts(make_blocking), options)));
  const std::string input = "one\nlater two\nthree\nsilence\nlater four\nlater five\nsix\n";
  const std::string output = "one\nlater two\nthree\nlater four\nlater five\nsix\n";
  for (auto& server : servers) {
    serve(std::move(server));
    {
      const Fd client = connect();
      for (int round = 0; round < 20; ++round) {
        EXPECT_EQ(exchange(client, input, output.size()), output);
      }
    }
    stop();
  }
}

// Other clients have their turn in between, and nothing is lost.
TEST_F(FrameServiceTest, AnswersThousandsThatComeAtOnce) {
  const auto oneshot = parts(make_reactor<EpollPoller, Trigger::oneshot>);
  std::vector<std::unique_ptr<Server>> servers;
  servers.push_back(
      std::move(*Single::create(parts(make_reactor<EpollPoller, Trigger::edge>), {})));
  servers.push_back(std::move(*HalfSyncHalfReactive::create(oneshot, {})));
  servers.push_back(std::move(*ThreadPerConnection::create(parts(make_blocking), {})));
  std::string lines;
  for (int line = 0; line < 5'000; ++line) lines += std::to_string(line) + "\n";
  for (auto& server : servers) {
    serve(std::move(server));
    {
      const Fd client = connect();
      EXPECT_EQ(exchange(client, lines, lines.size()), lines);
    }
    stop();
  }
}

TEST_F(FrameServiceTest, TakesFramesThatComeByteByByte) {
  serve_by_one_loop();
  const Fd client = connect();
  for (const char& byte : std::string_view("one\nlater two\n")) send_all(client, {&byte, 1});
  EXPECT_EQ(receive_all(client, 14), "one\nlater two\n");
  stop();
}

TEST_F(FrameServiceTest, ClosesWhereItIsTold) {
  serve_by_one_loop();
  for (const std::string last : {"bye\n", "later bye\n"}) {
    const Fd client = connect();
    send_all(client, "one\n" + last + "two\n");
    EXPECT_EQ(receive_all(client), "one\n" + last);
  }
  stop();
}

TEST_F(FrameServiceTest, ClosesOnAFrameThatIsRefusedAndOnOneThatNobodyAnswers) {
  serve_by_one_loop();
  for (const std::string& last : {std::string(kLongestLine + 1, 'x'), std::string("drop\n")}) {
    const Fd client = connect();
    send_all(client, "one\n" + last);
    EXPECT_EQ(receive_all(client), "one\n");
  }
  stop();
}

// Case S1: earlier answers are still sent, and no other client is affected.
TEST_F(FrameServiceTest, ClosesTheConnectionOfAHandlerThatThrows) {
  serve_by_one_loop();
  const Fd other = connect();
  EXPECT_EQ(exchange(other, "one\n", 4), "one\n");
  for (const std::string last : {"fail\n", "fail later\n"}) {
    const Fd client = connect();
    send_all(client, "one\n" + last + "two\n");
    EXPECT_EQ(receive_all(client), "one\n");
  }
  EXPECT_EQ(exchange(other, "two\n", 4), "two\n");
  stop();
}

TEST_F(FrameServiceTest, WaitsForAReaderWhoIsSlow) {
  serve_by_one_loop();
  const Fd client = connect();
  constexpr std::size_t kCount = 30;
  std::string input;
  for (std::size_t count = 0; count < kCount; ++count) input += "big\n";
  send_all(client, input);
  const std::string output = receive_all(client, kCount * ((std::size_t{1} << 20U) + 1));
  EXPECT_EQ(output.size(), kCount * ((std::size_t{1} << 20U) + 1));
  EXPECT_TRUE(output.ends_with("x\n"));
  stop();
}

TEST_F(FrameServiceTest, AnswersAClientThatHasSaidAll) {
  serve_by_one_loop();
  const Fd client = connect();
  send_all(client, "later one\ntwo\n");
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  EXPECT_EQ(receive_all(client), "later one\ntwo\n");
  stop();
}

TEST_F(FrameServiceTest, ADrainWaitsForWhatIsUnderWay) {
  serve_by_one_loop();
  Fd client = connect();
  send_all(client, "keep\n");
  FrameResponder responder = answers_->kept();
  server_->drain();
  responder.reply({.frame = "kept", .close = false});
  EXPECT_EQ(receive_all(client), "kept\n");
  client.reset();
  runner_.join();
}

TEST_F(FrameServiceTest, AnAnswerForNobodyGoesNowhere) {
  serve_by_one_loop();
  {
    const Fd client = connect();
    send_all(client, "keep\n");
  }
  FrameResponder gone = answers_->kept();
  gone.reply({.frame = "too late", .close = false});
  gone.reply({.frame = "twice", .close = false});
  const Fd client = connect();
  send_all(client, "keep\n");
  FrameResponder outlives = answers_->kept();
  server_->end();
  runner_.join();
  server_.reset();
  outlives.reply({.frame = "too late", .close = false});
}

TEST_F(FrameServiceTest, KnowsItsPeer) {
  serve_by_one_loop();
  const Fd client = connect();
  const std::string own = Address::local_of(client.get())->to_string() + "\n";
  EXPECT_EQ(exchange(client, "peer\n", own.size()), own);
  stop();
}

}  // namespace
}  // namespace hpserver::frame
