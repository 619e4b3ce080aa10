#include "hpserver/completion/aio_port.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/os/testing.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::error_code;
using testing::must;
using testing::receive_all;
using testing::receive_text;
using namespace std::chrono_literals;

// Records completions, and gives buffers back.
class Recorder final : public CompletionHandler {
 public:
  explicit Recorder(CompletionPort& port) : port_(port) {}

  void on_completion(const Completion& completion) override {
    results.push_back(completion.result);
    lasts.push_back(completion.last);
    text += completion.bytes;
    if (completion.buffer != kNoBuffer) port_.give_back(completion.buffer);
  }

  std::vector<int> results;
  std::vector<bool> lasts;
  std::string text;

 private:
  CompletionPort& port_;
};

// Dispatches one wait, and returns how many events it had.
std::size_t wait_once(CompletionPort& port, std::chrono::milliseconds timeout = 10s) {
  PortEvent events[64];
  const std::size_t count = must(port.wait(events, timeout));
  for (std::size_t index = 0; index < count; ++index) {
    if (events[index].handler != nullptr) {
      events[index].handler->on_completion(events[index].completion);
    }
  }
  return count;
}

void wait_for(CompletionPort& port, const Recorder& recorder, std::size_t count = 1) {
  testing::step_until([&] { return recorder.results.size() >= count; }, [&] { wait_once(port); });
}

class AioTest : public ::testing::Test {
 protected:
#ifdef __SANITIZE_THREAD__
  void SetUp() override {
    GTEST_SKIP() << "threads that the sanitizer hasn't seen start call free";
  }
#endif
};

class AioPortTest : public AioTest {
 protected:
  ~AioPortTest() override {
    if (port_) port_->detach(pair_.first.get());
  }

  AioPortTest() { port_->attach(pair_.first.get()); }

  [[nodiscard]] int ours() const { return pair_.first.get(); }
  [[nodiscard]] int peer() const { return pair_.second.get(); }

  std::unique_ptr<AioPort> port_ = must(AioPort::create());
  SocketPair pair_ = must(create_socket_pair());
  Recorder receiver_{*port_};
  Recorder sender_{*port_};
};

TEST_F(AioPortTest, ReceivesWhatCame) {
  must(port_->receive(ours(), receiver_));
  must(send(peer(), "hello"));
  wait_for(*port_, receiver_);
  EXPECT_EQ(receiver_.text, "hello");
  EXPECT_EQ(receiver_.results, std::vector<int>{5});
  EXPECT_EQ(receiver_.lasts, std::vector<bool>{true});
}

TEST_F(AioPortTest, TellsOfTheStreamsEnd) {
  must(port_->receive(ours(), receiver_));
  must(shut_down(peer(), Direction::write));
  wait_for(*port_, receiver_);
  EXPECT_EQ(receiver_.results, std::vector<int>{0});
}

TEST_F(AioPortTest, MakesItsSocketsBlocking) {
  EXPECT_FALSE(must(is_nonblocking(ours())));
}

TEST_F(AioPortTest, SendsWhileAReceiveIsUnderWay) {
  must(port_->receive(ours(), receiver_));
  must(port_->send(ours(), "answer", false, sender_));
  wait_for(*port_, sender_);
  EXPECT_EQ(receive_text(peer()), "answer");
  EXPECT_TRUE(receiver_.results.empty());
  must(send(peer(), "done"));
  wait_for(*port_, receiver_);
}

TEST_F(AioPortTest, ReceivesWhileASendIsUnderWay) {
  const std::string large(AioPort::kMaxSendBytes, 'x');
  std::size_t sends = 0;
  do {  // until the peer's buffer is full
    must(port_->send(ours(), large, false, sender_));
    ++sends;
    wait_once(*port_, 50ms);
  } while (sender_.results.size() == sends);
  must(port_->receive(ours(), receiver_));
  must(send(peer(), "urgent"));
  wait_for(*port_, receiver_);
  EXPECT_EQ(receiver_.text, "urgent");
  port_->cancel(ours());
  wait_for(*port_, sender_, sends);
}

TEST_F(AioPortTest, ALargeSendGoesOutInParts) {
  const std::string text(1'000'000, 'x');
  std::string came;
  std::thread reader([&] { came = receive_all(peer()); });
  for (std::size_t sent = 0; sent < text.size();) {
    must(port_->send(ours(), std::string_view(text).substr(sent), true, sender_));
    wait_for(*port_, sender_, sender_.results.size() + 1);
    ASSERT_GT(sender_.results.back(), 0);
    ASSERT_LE(sender_.results.back(), static_cast<int>(AioPort::kMaxSendBytes));
    sent += static_cast<std::size_t>(sender_.results.back());
  }
  must(shut_down(ours(), Direction::write));
  reader.join();
  EXPECT_EQ(came, text);
}

TEST_F(AioPortTest, CancelEndsWhatIsUnderWay) {
  must(port_->receive(ours(), receiver_));
  port_->cancel(ours());
  wait_for(*port_, receiver_);
  EXPECT_EQ(receiver_.results, std::vector<int>{-ECANCELED});
}

TEST_F(AioPortTest, CancelOfNothingLeavesTheSocketAlone) {
  port_->cancel(ours());
  must(send(ours(), "still open"));
  EXPECT_EQ(receive_text(peer()), "still open");
}

TEST_F(AioPortTest, CanNotPause) {
  EXPECT_FALSE(port_->pause(ours(), Operation::receive));
}

TEST_F(AioPortTest, ReadsAFileAtAnOffset) {
  char path[] = "/tmp/aio_port_XXXXXX";
  const Fd file{::mkstemp(path)};
  ::unlink(path);
  ASSERT_EQ(::write(file.get(), "0123456789", 10), 10);
  char room[64];
  must(port_->read(file.get(), room, 4, receiver_));
  wait_for(*port_, receiver_);
  ASSERT_EQ(receiver_.results, std::vector<int>{6});
  EXPECT_EQ(std::string_view(room, 6), "456789");
  must(port_->read(file.get(), room, 10, receiver_));
  wait_for(*port_, receiver_, 2);
  EXPECT_EQ(receiver_.results.back(), 0);
}

TEST_F(AioPortTest, AnErrorIsACompletion) {
  const Fd socket = must(stream_socket(AF_INET, Blocking::yes));
  port_->attach(socket.get());
  must(port_->receive(socket.get(), receiver_));
  wait_for(*port_, receiver_);
  EXPECT_EQ(receiver_.results, std::vector<int>{-ENOTCONN});
  port_->detach(socket.get());
}

TEST_F(AioPortTest, TheHandleIsReadableWhileSomethingHasEnded) {
  must(port_->receive(ours(), receiver_));
  must(send(peer(), "x"));
  testing::await_events(port_->native_handle(), POLLIN);
  wait_for(*port_, receiver_);
}

TEST_F(AioPortTest, WatchesWhatIsNoSocketOfIts) {
  const Pipe pipe = must(create_pipe());
  constexpr Token kToken{5, 6};
  must(port_->watch(pipe.read_end.get(), kToken, {.readable = true}, Trigger::edge));
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  must(port_->send(ours(), "x", false, sender_));
  testing::await_events(peer(), POLLIN);
  PortEvent one[1];
  bool seen = false;
  // Edge-triggered, with room for one event: it must be reported even beside completions.
  int told_count = 0;
  testing::step_until([&] { return seen || told_count == 3; },
                      [&] {
                        if (must(port_->wait(one, 10s)) == 0) return;
                        ++told_count;
                        const auto& [handler, completion, event] = one[0];
                        if (handler != nullptr) return handler->on_completion(completion);
                        seen = event.token == kToken && event.ready.readable;
                      });
  EXPECT_TRUE(seen);
  if (sender_.results.empty()) wait_for(*port_, sender_);
  port_->unwatch(pipe.read_end.get());
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  EXPECT_EQ(must(port_->wait(one, 0ms)), 0U);
}

TEST_F(AioPortTest, ALookDoesNotWait) {
  must(port_->receive(ours(), receiver_));
  EXPECT_EQ(wait_once(*port_, 0ms), 0U);
  port_->cancel(ours());
  wait_for(*port_, receiver_);
}

TEST_F(AioPortTest, IsUsedOnAnotherThreadThanItWasMadeOn) {
  std::thread([&] {
    must(port_->receive(ours(), receiver_));
    must(send(peer(), "hello"));
    wait_for(*port_, receiver_);
  }).join();
  EXPECT_EQ(receiver_.text, "hello");
}

TEST_F(AioPortTest, RunsOutOfBuffersAndGoesOnWhenSomeAreBack) {
  // A user that gives no buffer back keeps half of the port's buffers for each of two sockets.
  std::vector<BufferId> kept;
  PortEvent events[1];
  while (true) {
    must(port_->receive(ours(), receiver_));
    must(send(peer(), "x"));
    std::size_t count = 0;
    testing::step_until([&] { return count == 1; },
                        [&] { count = must(port_->wait(events, 10s)); });
    if (events[0].completion.result <= 0) break;
    kept.push_back(events[0].completion.buffer);
  }
  EXPECT_EQ(events[0].completion.result, -ENOBUFS);
  EXPECT_TRUE(events[0].completion.last);
  EXPECT_GE(kept.size(), port_->capacity());
  for (const BufferId buffer : kept) port_->give_back(buffer);
  must(port_->receive(ours(), receiver_));
  wait_for(*port_, receiver_);
  EXPECT_EQ(receiver_.text, "x");
}

TEST_F(AioPortTest, EndsWithOperationsUnderWay) {
  const std::string large(AioPort::kMaxSendBytes, 'x');
  must(port_->receive(ours(), receiver_));
  must(port_->send(ours(), large, false, sender_));
  port_.reset();
  static_cast<void>(receive_all(peer()));  // ends, since our side is shut down
  EXPECT_TRUE(receiver_.results.empty());
}

TEST_F(AioPortTest, AStrayOfAThreadThatBlocksNothingCounts) {
  // A thread that doesn't block the signal, like one of Node's, which existed before the port. The
  // kernel has no other thread to deliver it to.
  must(port_->receive(ours(), receiver_));
  std::thread([&] {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_UNBLOCK, &all, nullptr);
    must(send(peer(), "hello"));
    wait_for(*port_, receiver_);
  }).join();
  EXPECT_EQ(receiver_.text, "hello");
}

TEST_F(AioPortTest, AForeignSignalEndsNothing) {
  must(port_->receive(ours(), receiver_));
  for (int number = SIGRTMIN + 2; number <= SIGRTMAX; ++number) {
    struct sigaction present{};
    ::sigaction(number, nullptr, &present);
    if (present.sa_handler == SIG_DFL || present.sa_handler == SIG_IGN) continue;
    ::sigqueue(::getpid(), number, {.sival_ptr = nullptr});
  }
  EXPECT_EQ(wait_once(*port_, 20ms), 0U);
  port_->cancel(ours());
  wait_for(*port_, receiver_);
}

class AioListenerTest : public AioTest {
 protected:
  std::unique_ptr<AioPort> port_ = must(AioPort::create());
  Fd listener_ = must(listen_on(Address::loopback_ipv4(0)));
  Address address_ = must(Address::local_of(listener_.get()));
  Recorder acceptor_{*port_};
};

TEST_F(AioListenerTest, AcceptsUntilCancelled) {
  must(port_->accept(listener_.get(), acceptor_));
  const Fd first = must(connect_and_wait(address_, testing::kHang));
  const Fd second = must(connect_and_wait(address_, testing::kHang));
  wait_for(*port_, acceptor_, 2);
  EXPECT_EQ(acceptor_.lasts, (std::vector<bool>{false, false}));
  for (const int fd : acceptor_.results) {
    const Fd accepted{fd};
    EXPECT_FALSE(must(is_nonblocking(fd)));
    EXPECT_TRUE(must(is_close_on_exec(fd)));
  }
  port_->cancel(listener_.get());
  wait_for(*port_, acceptor_, 3);
  EXPECT_EQ(acceptor_.results.back(), -ECANCELED);
  EXPECT_TRUE(acceptor_.lasts.back());
  must(port_->accept(listener_.get(), acceptor_));
  const Fd third = must(connect_and_wait(address_, testing::kHang));
  wait_for(*port_, acceptor_, 4);
  const Fd accepted{acceptor_.results.back()};
  EXPECT_TRUE(accepted.valid());
}

TEST_F(AioListenerTest, OutOfDescriptorsEndsTheAccept) {
  must(port_->accept(listener_.get(), acceptor_));
  // Makes one connection beforehand: the undefined-behaviour sanitizer needs a pipe when it first
  // sees a type.
  const Fd early = must(connect_and_wait(address_, testing::kHang));
  wait_for(*port_, acceptor_);
  const Fd accepted(acceptor_.results.at(0));
  acceptor_.results.clear();
  acceptor_.lasts.clear();
  const Fd client = must(connect_and_wait(address_, testing::kHang));
  {
    const testing::DescriptorLimit none(3);
    wait_for(*port_, acceptor_);
  }
  EXPECT_EQ(acceptor_.results, std::vector<int>{-EMFILE});
  EXPECT_EQ(acceptor_.lasts, std::vector<bool>{true});
}

class AioPortsTest : public AioTest {};

TEST_F(AioPortsTest, TheTwoHundredFirstConnectionIsServedBesideIdleOnes) {
  constexpr std::size_t kIdle = 200;
  const auto port = must(AioPort::create());
  ASSERT_GT(port->capacity(), kIdle);
  std::vector<SocketPair> idle(kIdle);
  Recorder silent(*port);
  for (SocketPair& pair : idle) {
    pair = must(create_socket_pair());
    port->attach(pair.first.get());
    must(port->receive(pair.first.get(), silent));
  }
  const SocketPair busy = must(create_socket_pair());
  port->attach(busy.first.get());
  Recorder receiver(*port);
  for (std::size_t round = 1; round <= 20; ++round) {
    must(port->receive(busy.first.get(), receiver));
    must(send(busy.second.get(), "ping"));
    wait_for(*port, receiver, round);
    must(port->send(busy.first.get(), "pong", false, receiver));
    wait_for(*port, receiver, ++round);
    EXPECT_EQ(receive_text(busy.second.get()), "pong");
  }
  EXPECT_TRUE(silent.results.empty());
}

TEST_F(AioPortsTest, PortsOfOneProcessHearOnlyOfTheirOwn) {
  constexpr std::size_t kPorts = 8;
  std::vector<std::thread> threads;
  for (std::size_t index = 0; index < kPorts; ++index) {
    threads.emplace_back([text = std::string(index + 1, 'x')] {
      const auto port = must(AioPort::create());
      const SocketPair pair = must(create_socket_pair());
      port->attach(pair.first.get());
      Recorder receiver(*port);
      for (std::size_t round = 1; round <= 100; ++round) {
        must(port->receive(pair.first.get(), receiver));
        must(send(pair.second.get(), text));
        wait_for(*port, receiver, round);
      }
      const auto expected = static_cast<int>(text.size());
      EXPECT_EQ(receiver.results, std::vector<int>(100, expected));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(AioPortsTest, RunOutOfSignals) {
  std::vector<std::unique_ptr<AioPort>> ports;
  int code = 0;
  while (code == 0 && ports.size() < 64) {
    auto port = AioPort::create();
    code = error_code(port);
    if (port) ports.push_back(std::move(*port));
  }
  EXPECT_EQ(code, EAGAIN);
  EXPECT_GE(ports.size(), 16U);
  ports.pop_back();
  EXPECT_EQ(error_code(AioPort::create()), 0) << "its number is free again";
}

// In separate processes: limits, dispositions and threads belong to a process.
class AioPortDeathTest : public AioTest {
 protected:
  AioPortDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

[[noreturn]] void receive_without_a_signal_queue() {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_SIGPENDING, &none);
  const auto port = must(AioPort::create());
  Recorder receiver(*port);
  std::vector<SocketPair> pairs(50);
  for (SocketPair& pair : pairs) {
    pair = must(create_socket_pair());
    port->attach(pair.first.get());
    must(port->receive(pair.first.get(), receiver));
    must(send(pair.second.get(), "hello"));
  }
  wait_for(*port, receiver, pairs.size());
  const bool all = receiver.results == std::vector<int>(pairs.size(), 5);
  std::_Exit(all && !::testing::Test::HasFailure() ? 0 : 1);
}

TEST_F(AioPortDeathTest, LostSignalsLoseNoCompletions) {
  EXPECT_EXIT(receive_without_a_signal_queue(), ::testing::ExitedWithCode(0), "");
}

[[noreturn]] void send_to_a_gone_peer() {
  ::signal(SIGPIPE, SIG_DFL);
  const auto port = must(AioPort::create());
  SocketPair pair = must(create_socket_pair());
  pair.second.reset();
  port->attach(pair.first.get());
  Recorder sender(*port);
  must(port->send(pair.first.get(), "x", false, sender));
  wait_for(*port, sender);
  std::_Exit(sender.results == std::vector<int>{-EPIPE} ? 0 : 1);
}

TEST_F(AioPortDeathTest, ABrokenPipeIsAnErrorAndNoSignal) {
  EXPECT_EXIT(send_to_a_gone_peer(), ::testing::ExitedWithCode(0), "");
}

[[noreturn]] void fork_after_an_operation() {
  const auto port = must(AioPort::create());
  const SocketPair pair = must(create_socket_pair());
  port->attach(pair.first.get());
  Recorder sender(*port);
  must(port->send(pair.first.get(), "x", false, sender));
  wait_for(*port, sender);
  const pid_t child = ::fork();
  if (child == 0) std::_Exit(error_code(AioPort::create()));
  int status = 0;
  ::waitpid(child, &status, 0);
  std::_Exit(WEXITSTATUS(status) == ENOTSUP ? 0 : 1);
}

TEST_F(AioPortDeathTest, AForkedChildIsToldThatItsLibraryHasNoThreads) {
  EXPECT_EXIT(fork_after_an_operation(), ::testing::ExitedWithCode(0), "");
}

[[noreturn]] void ask_for_the_capacity(rlim_t processes, std::size_t expected) {
  const rlimit few{.rlim_cur = processes, .rlim_max = processes};
  ::setrlimit(RLIMIT_NPROC, &few);
  std::_Exit(must(AioPort::create())->capacity() == expected ? 0 : 1);
}

TEST_F(AioPortDeathTest, FewerProcessesAreFewerConnections) {
  EXPECT_EXIT(ask_for_the_capacity(400, 100), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace hpserver
