#include "hpserver/completion/uring_port.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/testing.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/limits.h"
#include "hpserver/os/pipe.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::Listening;
using testing::must;
using testing::receive_all;
using testing::receive_text;
using testing::UringPortTest;
using namespace std::chrono_literals;

std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24U);
  return bytes;
}

TEST_F(UringPortTest, AcceptsUntilItIsPausedOrCancelled) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  Listening accepting(*port_);
  must(port_->accept(listener.get(), accepting));
  std::vector<Fd> clients;
  for (int index = 0; index < 100; ++index) {
    clients.push_back(must(connect_and_wait(address, testing::kHang)));
  }
  until([&] { return accepting.fds.size() == clients.size(); });
  EXPECT_FALSE(accepting.ended);
  for (const Fd& fd : accepting.fds) EXPECT_TRUE(must(is_close_on_exec(fd.get())));

  EXPECT_TRUE(port_->pause(listener.get(), Operation::accept));
  until([&] { return accepting.ended; });
  EXPECT_EQ(accepting.result, -ECANCELED);
  clients.push_back(must(connect_and_wait(address, testing::kHang)));
  await_silence();
  must(port_->accept(listener.get(), accepting));
  until([&] { return accepting.fds.size() == clients.size(); });

  port_->cancel(listener.get());
  until([&] { return accepting.ended; });
  EXPECT_EQ(accepting.result, -ECANCELED);
  const Fd late = must(connect_and_wait(address, testing::kHang));
  await_silence();
}

TEST_F(UringPortTest, ReceivesInOrderUntilTheEnd) {
  Connected pair = connect_pair();
  Listening receiving(*port_);
  port_->attach(pair.server.get());
  must(port_->receive(pair.server.get(), receiving));
  for (const char* const part : {"one ", "two ", "three"}) {
    must(send(pair.client.get(), part));
    until([&] { return receiving.text.ends_with(part); });
    EXPECT_FALSE(receiving.ended);
  }
  pair.client.reset();
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.text, "one two three");
  EXPECT_EQ(receiving.result, 0);
}

TEST_F(UringPortTest, MovesBulkBothWays) {
  const std::string bulk = pattern(std::size_t{8} << 20U);
  Connected pair = connect_pair();
  port_->attach(pair.server.get());
  Listening receiving(*port_);
  Listening sending(*port_);
  must(port_->receive(pair.server.get(), receiving));
  std::thread writer([&] {
    must(set_nonblocking(pair.client.get(), false));
    for (std::string_view rest(bulk); !rest.empty();) {
      rest.remove_prefix(must(send(pair.client.get(), rest)));
    }
    must(shut_down(pair.client.get(), Direction::write));
  });
  std::string echoed;
  std::thread reader([&] { echoed = receive_all(pair.client.get()); });
  send_all(pair.server.get(), bulk, sending);
  until([&] {
    // If the buffers have run out, the receiver starts again.
    if (receiving.result == -ENOBUFS && std::exchange(receiving.result, 1) != 0) {
      must(port_->receive(pair.server.get(), receiving));
      receiving.ended = false;
    }
    return receiving.ended;
  });
  must(shut_down(pair.server.get(), Direction::both));
  writer.join();
  reader.join();
  EXPECT_EQ(receiving.text.size(), bulk.size());
  EXPECT_TRUE(receiving.text == bulk);
  EXPECT_TRUE(echoed == bulk);
}

TEST_F(UringPortTest, SendsPiecewiseToASlowReader) {
  const std::string bulk = pattern(std::size_t{4} << 20U);
  ListenOptions small;
  small.send_buffer_bytes = 64 * 1024;
  Connected pair = connect_pair(Address::loopback_ipv4(0), small);
  Listening sending(*port_);
  std::string received;
  std::thread reader([&] {
    while (received.size() < bulk.size()) {
      received += receive_text(pair.client.get(), 32 * 1024);
      ::usleep(100);
    }
  });
  EXPECT_GT(send_all(pair.server.get(), bulk, sending), 1);
  reader.join();
  EXPECT_TRUE(received == bulk);
}

TEST_F(UringPortTest, CancelsWhatIsUnderWay) {
  const std::string bulk(std::size_t{64} << 20U, 'x');
  int result = 0;
  const auto cancel_a_send = [&] {
    const Connected pair = connect_pair();
    port_->attach(pair.server.get());
    Listening receiving(*port_);
    Listening sending(*port_);
    must(port_->receive(pair.server.get(), receiving));
    // Until a send finds no room and waits.
    do {
      sending.ended = false;
      must(port_->send(pair.server.get(), bulk, false, sending));
      for (int look = 0; look < 10 && !sending.ended; ++look) turn(10ms);
    } while (sending.ended);

    port_->cancel(pair.server.get());
    until([&] { return sending.ended && receiving.ended; });
    EXPECT_EQ(receiving.result, -ECANCELED);
    await_silence();
    port_->detach(pair.server.get());
    result = sending.result;
  };
  // On a busy machine, room may appear just before the cancel, and end the send.
  testing::step_until([&] { return result == -ECANCELED; }, cancel_a_send);
}

TEST_F(UringPortTest, PausesAReceiveAndStartsItAgain) {
  const Connected pair = connect_pair();
  Listening receiving(*port_);
  port_->attach(pair.server.get());
  must(port_->receive(pair.server.get(), receiving));
  turn();
  EXPECT_TRUE(port_->pause(pair.server.get(), Operation::receive));
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ECANCELED);
  must(send(pair.client.get(), "later"));
  await_silence();
  must(port_->receive(pair.server.get(), receiving));
  until([&] { return receiving.text == "later"; });
}

TEST_F(UringPortTest, TellsOfAReset) {
  Connected pair = connect_pair();
  Listening receiving(*port_);
  Listening sending(*port_);
  must(port_->receive(pair.server.get(), receiving));
  turn();
  must(set_option(pair.client.get(), option::Linger::abort()));
  pair.client.reset();
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ECONNRESET);
  must(port_->send(pair.server.get(), "x", false, sending));  // and no SIGPIPE
  until([&] { return sending.ended; });
  EXPECT_EQ(sending.result, -EPIPE);
}

TEST_F(UringPortTest, TellsWhatFailsAtOnceAsACompletion) {
  const Pipe pipe = must(create_pipe({.nonblocking = false}));
  Listening receiving(*port_);
  must(port_->receive(pipe.read_end.get(), receiving));
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ENOTSOCK);
  EXPECT_EQ(error_code(port_->accept(-1, receiving)), EBADF);
}

TEST_F(UringPortTest, ReadsFilesToTheirEnd) {
  std::string path = "/tmp/uring_port_test.XXXXXX";
  const Fd file{::mkstemp(path.data())};
  ::unlink(path.c_str());
  must(set_nonblocking(file.get(), true));
  const std::string bytes = pattern(300'000);
  ASSERT_EQ(::write(file.get(), bytes.data(), bytes.size()), 300'000);
  Listening first(*port_);
  Listening second(*port_);
  std::string room(200'000, '\0');
  std::string other(100, '\0');
  must(port_->read(file.get(), room, 200'000, first));
  must(port_->read(file.get(), other, 50, second));  // two connections may send the same file
  until([&] { return first.ended && second.ended; });
  EXPECT_EQ(first.result, 100'000);
  EXPECT_EQ(room.substr(0, 100'000), bytes.substr(200'000));
  EXPECT_EQ(second.result, 100);
  EXPECT_EQ(other, bytes.substr(50, 100));

  must(port_->read(file.get(), room, 300'000, first));
  until([&] { return first.count == 2; });
  EXPECT_EQ(first.result, 0);
}

// If a file system can only block, O_NONBLOCK would make a read fail with EAGAIN.
TEST_F(UringPortTest, ReadsWhatCanOnlyBlock) {
  const Fd file{::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  Listening reading(*port_);
  std::string room(1000, '\0');
  must(port_->read(file.get(), room, 0, reading));
  until([&] { return reading.ended; });
  EXPECT_GT(reading.result, 0);
}

TEST_F(UringPortTest, RunsOutOfBuffersAndRecovers) {
  const Connected pair = connect_pair();
  const std::string bulk = pattern((UringBuffers::kCount + 10) * UringBuffers::kBytes);
  Listening receiving(*port_);
  receiving.keeps_buffers = true;
  must(port_->receive(pair.server.get(), receiving));
  std::thread writer([&] {
    for (std::string_view rest(bulk); !rest.empty();) {
      rest.remove_prefix(must(send(pair.client.get(), rest)));
    }
  });
  until([&] { return receiving.ended; });
  EXPECT_EQ(receiving.result, -ENOBUFS);
  EXPECT_EQ(receiving.kept.size(), UringBuffers::kCount);

  for (const BufferId buffer : receiving.kept) port_->give_back(buffer);
  receiving.keeps_buffers = false;
  must(port_->receive(pair.server.get(), receiving));
  until([&] { return receiving.text.size() == bulk.size(); });
  writer.join();
  EXPECT_TRUE(receiving.text == bulk);
}

TEST_F(UringPortTest, TakesSocketsThatDontBlock) {
  Connected pair = connect_pair();
  ASSERT_TRUE(must(is_nonblocking(pair.server.get())));
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  turn();
  EXPECT_EQ(receiving.count, 0);
  must(send(pair.client.get(), "x"));
  until([&] { return receiving.text == "x"; });
}

TEST_F(UringPortTest, ClosesForGoodWhatWasDetached) {
  Connected pair = connect_pair();
  port_->attach(pair.server.get());
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  turn();
  port_->cancel(pair.server.get());
  until([&] { return receiving.ended; });
  port_->detach(pair.server.get());
  pair.server.reset();
  turn();
  EXPECT_EQ(receive_text(pair.client.get()), "");
}

// The number of a closed descriptor is soon reused.
TEST_F(UringPortTest, ServesTheNextOwnerOfANumber) {
  for (int round = 0; round < 5; ++round) {
    Connected pair = connect_pair();
    port_->attach(pair.server.get());
    Listening receiving(*port_);
    must(port_->receive(pair.server.get(), receiving));
    must(send(pair.client.get(), "hello"));
    until([&] { return receiving.text == "hello"; });
    pair.client.reset();
    until([&] { return receiving.ended; });
    port_->detach(pair.server.get());
  }
}

TEST_F(UringPortTest, ServesNumbersBeyondItsTable) {
  const auto limit = must(raise_descriptor_limit());
  if (limit.soft <= UringFiles::kMost + 1) GTEST_SKIP() << "RLIMIT_NOFILE is too low";
  const Connected pair = connect_pair();
  const Fd high = must(duplicate(pair.server.get(), UringFiles::kMost));
  port_->attach(high.get());
  Listening receiving(*port_);
  must(port_->receive(high.get(), receiving));
  must(send(pair.client.get(), "x"));
  until([&] { return receiving.text == "x"; });
  port_->cancel(high.get());
  until([&] { return receiving.ended; });
  port_->detach(high.get());
}

// More than the ring's queues hold: requests before the first wait, then completions.
TEST_F(UringPortTest, StartsAndEndsMoreThanItsQueuesHold) {
  constexpr int kReads = UringRing::kCompletions + 2000;
  const Fd file{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
  Listening reading(*port_);
  std::array<char, 4> room{};
  for (int index = 0; index < kReads; ++index) must(port_->read(file.get(), room, 0, reading));
  until([&] { return reading.count == kReads; });
  EXPECT_EQ(std::string_view(room.data(), 4),
            "\x7f"
            "ELF");
  for (int index = 0; index < kReads; ++index) must(port_->read(file.get(), room, 0, reading));
  until([&] { return reading.count == 2 * kReads; });
  await_silence();
}

TEST_F(UringPortTest, IsCreatedOnOneThreadAndUsedOnAnother) {
  const Connected pair = connect_pair();
  Listening receiving(*port_);
  must(port_->receive(pair.server.get(), receiving));
  must(send(pair.client.get(), "x"));
  std::thread user([&] { until([&] { return receiving.text == "x"; }); });
  user.join();
  port_.reset();  // with a receive pending, after the waiting thread has ended
}

TEST_F(UringPortTest, EndsWhatIsUnderWayWithItself) {
  Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  const Fd first = must(connect_and_wait(address, testing::kHang));
  const Fd second = must(connect_and_wait(address, testing::kHang));
  Listening accepting(*port_);
  must(port_->accept(listener.get(), accepting));
  std::array<PortEvent, 1> batch;
  std::size_t count = 0;
  testing::step_until([&] { return count == 1; }, [&] { count = must(port_->wait(batch, 10s)); });
  const Fd accepted{batch[0].completion.result};
  port_.reset();
  listener.reset();
  EXPECT_EQ(receive_text(second.get()), "") << "accepted, and nobody has heard of it";
  // The kernel dismantles a closed ring in the background.
  testing::await(
      [&] { return error_code(connect_and_wait(address, testing::kHang)) == ECONNREFUSED; });
  EXPECT_EQ(accepting.count, 0);
}

}  // namespace
}  // namespace hpserver
