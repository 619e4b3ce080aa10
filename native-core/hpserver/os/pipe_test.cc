#include "hpserver/os/pipe.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/message_pipe.h"
#include "hpserver/os/socket_pair.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

// Checklist 20: the capacity is 65536, or the requested one, rounded up to a power-of-two number of
// pages.
TEST(Pipe, HoldsWhatWasAskedFor) {
  EXPECT_EQ(must(pipe_capacity(must(create_pipe()).read_end.get())), 65536U);
  const Pipe pipe = must(create_pipe({.capacity_bytes = 100'000}));
  EXPECT_EQ(must(pipe_capacity(pipe.read_end.get())), 131'072U);
  EXPECT_EQ(must(set_pipe_capacity(pipe.write_end.get(), 1'048'576)), 1'048'576U);
}

// Checklist 20: a pipe that holds more than the new capacity keeps its old one.
TEST(Pipe, RefusesToShrinkBelowItsContents) {
  const Pipe pipe = must(create_pipe());
  const std::string bytes(32'768, 'x');
  ASSERT_EQ(::write(pipe.write_end.get(), bytes.data(), bytes.size()), 32'768);
  EXPECT_EQ(error_code(set_pipe_capacity(pipe.write_end.get(), 4096)), EBUSY);
}

// Checklist 20: both ends of a socket pair read and write.
TEST(SocketPair, CarriesBytesBothWays) {
  const SocketPair pair = must(create_socket_pair());
  EXPECT_TRUE(must(is_nonblocking(pair.first.get())));
  must(send(pair.first.get(), "there"));
  EXPECT_EQ(testing::receive_text(pair.second.get()), "there");
  must(send(pair.second.get(), "back"));
  EXPECT_EQ(testing::receive_text(pair.first.get()), "back");
}

struct Notice {
  std::uint32_t number = 0;
  std::uint64_t value = 0;
};

// Checklist 21: a burst of 1000 notices from four threads arrives completely.
TEST(MessagePipe, LosesNothingOfABurst) {
  constexpr std::uint32_t kThreads = 4;
  constexpr std::uint32_t kPerThread = 250;
  const Pipe pipe = must(create_pipe());
  std::vector<std::thread> writers;
  for (std::uint32_t thread = 0; thread < kThreads; ++thread) {
    writers.emplace_back([&, thread] {
      for (std::uint32_t index = 0; index < kPerThread; ++index) {
        const std::uint32_t number = thread * kPerThread + index;
        must(write_message(pipe.write_end.get(), Notice{number, number * 3ULL}));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();

  std::vector<int> seen(kThreads * kPerThread);
  MessageReader<Notice> reader;
  const auto state = must(reader.drain(pipe.read_end.get(), [&](const Notice& notice) {
    EXPECT_EQ(notice.value, notice.number * 3ULL);
    ++seen.at(notice.number);
  }));
  EXPECT_EQ(state, StreamState::open);
  for (std::size_t number = 0; number < seen.size(); ++number) EXPECT_EQ(seen[number], 1) << number;
}

// Checklist 21: a stream may split a message anywhere.
TEST(MessagePipe, JoinsWhatTheStreamHasSplit) {
  const Notice sent[] = {{1, 10}, {2, 20}, {3, 30}};
  const std::string_view bytes{reinterpret_cast<const char*>(sent), sizeof sent};
  for (std::size_t split = 0; split <= bytes.size(); ++split) {
    const SocketPair pair = must(create_socket_pair());
    MessageReader<Notice> reader;
    std::vector<std::uint32_t> numbers;
    const auto note = [&](const Notice& notice) { numbers.push_back(notice.number); };
    if (split > 0) must(send(pair.first.get(), bytes.substr(0, split)));
    must(reader.drain(pair.second.get(), note));
    EXPECT_EQ(numbers.size(), split / sizeof(Notice));
    if (split < bytes.size()) must(send(pair.first.get(), bytes.substr(split)));
    must(shut_down(pair.first.get(), Direction::write));
    static_cast<void>(must(reader.drain(pair.second.get(), note)));
    EXPECT_EQ(numbers, (std::vector<std::uint32_t>{1, 2, 3}));
    EXPECT_EQ(must(reader.drain(pair.second.get(), note)), StreamState::ended);
  }
}

TEST(MessagePipe, ReportsAFullPipeAndAClosedOne) {
  Pipe pipe = must(create_pipe({.capacity_bytes = 4096}));
  Result<void> written;
  while ((written = write_message(pipe.write_end.get(), Notice{}))) continue;
  EXPECT_EQ(written.error().code, EAGAIN);
  must(ignore_sigpipe());
  pipe.read_end.reset();
  EXPECT_EQ(error_code(write_message(pipe.write_end.get(), Notice{})), EPIPE);
}

TEST(EventFd, CountsUntilTaken) {
  const EventFd event_fd = must(EventFd::create());
  EXPECT_EQ(must(event_fd.take()), 0U);
  must(event_fd.add());
  must(event_fd.add(4));
  EXPECT_EQ(must(event_fd.take()), 5U);
  EXPECT_EQ(must(event_fd.take()), 0U);
  must(event_fd.add(~std::uint64_t{0} - 1));
  EXPECT_EQ(error_code(event_fd.add()), EAGAIN);
}

}  // namespace
}  // namespace hpserver
