#include "hpserver/log/datagram_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/log/journal.h"
#include "hpserver/log/local_syslog.h"
#include "hpserver/log/remote_syslog.h"
#include "hpserver/storage/temporary_directory.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::await;
using testing::must;

// A log server simulated by the test: it reads only when asked.
class LogServer {
 public:
  explicit LogServer(const Address& address) : fd_(must(datagram_socket(address.family()))) {
    must(bind_to(fd_.get(), address));
    address_ = must(Address::local_of(fd_.get()));
  }

  [[nodiscard]] const Address& address() const { return address_; }

  // The next datagram, or nothing if there is none.
  [[nodiscard]] std::optional<std::string> hear() {
    std::string text(std::size_t{64} * 1024, '\0');
    const auto got = receive(fd_.get(), std::span<char>{text});
    if (!got) return std::nullopt;
    text.resize(*got);
    return text;
  }

  // Waits for the next datagram.
  std::string await_one() {
    std::optional<std::string> heard;
    await([&] { return (heard = hear()).has_value(); });
    return heard.value_or("");
  }

  std::vector<std::string> hear_all() {
    std::vector<std::string> all;
    while (auto heard = hear()) all.push_back(std::move(*heard));
    return all;
  }

  [[nodiscard]] const Fd& fd() const { return fd_; }

 private:
  Fd fd_;
  Address address_;
};

class DatagramSinkTest : public ::testing::Test {
 protected:
  [[nodiscard]] Address path() const { return must(Address::unix_path(name().native())); }
  [[nodiscard]] std::filesystem::path name() const { return directory_.path() / "log"; }

  template <typename Protocol>
  static std::unique_ptr<DatagramSink> sink_to(const Address& address) {
    LogSource source{.program = "my-server"};
    return std::make_unique<DatagramSink>(address, std::make_unique<Protocol>(source));
  }

  static void write(LogSink& sink, std::string_view text) {
    sink.write({.time = std::chrono::system_clock::now(), .text = text});
  }

  // Writes `text` again and again until something arrives, since a retry may be needed.
  static std::string write_until_heard(LogSink& sink, LogServer& server, std::string_view text) {
    std::optional<std::string> heard;
    await([&] {
      write(sink, text);
      return (heard = server.hear()).has_value();
    });
    return heard.value_or("");
  }

  testing::TemporaryDirectory directory_;
};

// The number before " lines lost since the start", or " line lost …".
std::uint64_t told_count(const std::string& line) {
  const std::size_t end = std::min(line.find(" line lost"), line.find(" lines lost"));
  if (end == std::string::npos) return 0;
  return std::stoull(line.substr(line.rfind(' ', end - 1) + 1));
}

TEST_F(DatagramSinkTest, SendsALineAtOnce) {
  LogServer server(path());
  const auto sink = sink_to<LocalSyslog>(path());
  write(*sink, "draining");
  const std::string heard = server.await_one();
  EXPECT_TRUE(heard.starts_with("<30>")) << heard;
  EXPECT_TRUE(heard.ends_with("]: draining")) << heard;
  EXPECT_EQ(sink->lost_count(), 0);
}

// The server's path may be out of reach after chroot(2), or with fewer rights than before.
TEST_F(DatagramSinkTest, ReachesAServerWhoseNameIsOutOfReach) {
  LogServer server(path());
  const auto sink = sink_to<LocalSyslog>(path());
  std::filesystem::remove(name());
  write(*sink, "draining");
  EXPECT_TRUE(server.await_one().ends_with("draining"));
}

TEST_F(DatagramSinkTest, FindsAServerThatAppearsLater) {
  const auto sink = sink_to<LocalSyslog>(path());
  write(*sink, "unheard");
  EXPECT_EQ(sink->lost_count(), 1);
  LogServer server(path());
  // The loss is reported first, and correctly: further lines may have been lost meanwhile.
  const std::string first = write_until_heard(*sink, server, "heard");
  EXPECT_EQ(told_count(first), sink->lost_count()) << first;
  EXPECT_NE(first.find("No such file or directory"), std::string::npos) << first;
  EXPECT_TRUE(server.await_one().ends_with("heard"));
}

TEST_F(DatagramSinkTest, LeavesAServerAloneThatIsNotThere) {
  const auto sink = sink_to<LocalSyslog>(path());
  for (int count = 0; count < 1000; ++count) write(*sink, "unheard");
  EXPECT_EQ(sink->lost_count(), 1000);
}

TEST_F(DatagramSinkTest, FollowsAServerThatIsStartedAnew) {
  auto server = std::make_unique<LogServer>(path());
  const auto sink = sink_to<LocalSyslog>(path());
  write(*sink, "one");
  EXPECT_TRUE(server->await_one().ends_with("one"));
  server.reset();
  std::filesystem::remove(name());
  LogServer next(path());
  // The first line detects that the server has gone, and still reaches the next one.
  write(*sink, "two");
  EXPECT_TRUE(next.await_one().ends_with("two"));
  EXPECT_EQ(sink->lost_count(), 0);
}

TEST_F(DatagramSinkTest, LosesLinesWhileItsServerStallsRatherThanWait) {
  LogServer server(path());
  const auto sink = sink_to<LocalSyslog>(path());
  // The server's queue holds net.unix.max_dgram_qlen datagrams, or what its buffer has room for.
  await([&] {
    write(*sink, "one of many");
    return sink->lost_count() > 0;
  });
  write(*sink, "one more");
  const std::uint64_t lost_count = sink->lost_count();
  EXPECT_GE(lost_count, 1);
  server.hear_all();
  write(*sink, "heard");
  const std::vector<std::string> heard = server.hear_all();
  ASSERT_EQ(heard.size(), 2);
  EXPECT_EQ(told_count(heard[0]), lost_count);
  EXPECT_TRUE(heard[0].starts_with("<28>")) << "a warning: " << heard[0];
  EXPECT_TRUE(heard[1].ends_with("heard"));
}

TEST_F(DatagramSinkTest, TellsOfLossesNowAndThenOnly) {
  LogServer server(path());
  const auto sink = sink_to<LocalSyslog>(path());
  std::uint64_t told = 0;
  // Each round loses lines, and each could report them, but reports have a period.
  const Deadline begin = Clock::now();
  int rounds = 0;
  for (; rounds < 20; ++rounds) {
    const std::uint64_t before = sink->lost_count();
    await([&] {
      write(*sink, "one of many");
      return sink->lost_count() > before;
    });
    for (const auto& line : server.hear_all()) told += told_count(line) > 0 ? 1 : 0;
  }
  const auto periods = (Clock::now() - begin) / DatagramSink::kTellingPeriod + 1;
  EXPECT_LE(told, static_cast<std::uint64_t>(periods));
}

TEST_F(DatagramSinkTest, CountsWhatUdpTellsOfTooLate) {
  auto server = std::make_unique<LogServer>(Address::loopback_ipv4(0));
  const Address address = server->address();
  const auto sink = sink_to<RemoteSyslog>(address);
  write(*sink, "one");
  EXPECT_TRUE(server->await_one().ends_with("one"));
  server.reset();
  // Each line but the last is known to be lost, since the next one got an error.
  await([&] {
    write(*sink, "unheard");
    return sink->lost_count() >= 3;
  });
  LogServer next(address);
  // Reports of the loss were lost meanwhile as well, so it is reported again, in due time.
  std::string heard;
  await([&] {
    heard = write_until_heard(*sink, next, "heard");
    return told_count(heard) > 0;
  });
  EXPECT_GE(told_count(heard), 3) << heard;
  EXPECT_NE(heard.find("Connection refused"), std::string::npos) << heard;
  EXPECT_TRUE(next.await_one().ends_with("heard"));
}

TEST_F(DatagramSinkTest, SendsToIpv6) {
  LogServer server(Address::loopback_ipv6(0));
  const auto sink = sink_to<RemoteSyslog>(server.address());
  write(*sink, "draining");
  EXPECT_TRUE(server.await_one().starts_with("<30>1 "));
}

// As journald expects: a datagram without bytes, and a file that can't be changed any more.
TEST_F(DatagramSinkTest, SendsJournaldWhatIsTooLongAsASealedFile) {
  LogServer server(path());
  const auto sink = sink_to<Journal>(path());
  write(*sink, std::string(std::size_t{600} * 1024, 'x'));
  char control[CMSG_SPACE(sizeof(int))]{};
  msghdr message{};
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ASSERT_EQ(::recvmsg(server.fd().get(), &message, MSG_CMSG_CLOEXEC), 0);
  int number = -1;
  ASSERT_NE(CMSG_FIRSTHDR(&message), nullptr);
  std::memcpy(&number, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof number);
  const Fd file(number);
  EXPECT_EQ(::fcntl(file.get(), F_GET_SEALS),
            F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  std::array<char, 16> begin{};
  EXPECT_EQ(::pread(file.get(), begin.data(), 10, 0), 10);
  EXPECT_STREQ(begin.data(), "MESSAGE=xx");
  EXPECT_EQ(sink->lost_count(), 0);
}

TEST_F(DatagramSinkTest, LosesWhatIsTooLongWhereThereIsNoOtherWay) {
  class Endless final : public LogProtocol {
   public:
    explicit Endless(const LogSource&) {}
    void append(std::string& datagram, const LogRecord&) override {
      datagram.append(std::size_t{1024} * 1024, 'x');
    }
    LogSocket::Outcome send_long(LogSocket&, std::string_view) override {
      return {.code = EMSGSIZE};
    }
  };
  LogServer server(path());
  const auto sink = sink_to<Endless>(path());
  write(*sink, "");
  EXPECT_EQ(sink->lost_count(), 1);
}

TEST_F(DatagramSinkTest, IsForAnyThread) {
  LogServer server(path());
  const auto sink = sink_to<LocalSyslog>(path());
  constexpr int kThreads = 4;
  constexpr int kLines = 200;
  std::vector<std::thread> writers;
  for (int count = 0; count < kThreads; ++count) {
    writers.emplace_back([&] {
      for (int line = 0; line < kLines; ++line) write(*sink, "a line");
    });
  }
  std::uint64_t heard = 0;
  const auto listen = [&] {
    for (const auto& line : server.hear_all()) heard += line.ends_with("a line") ? 1 : 0;
  };
  await([&] {
    listen();
    return heard + sink->lost_count() == kThreads * kLines;
  });
  for (std::thread& writer : writers) writer.join();
}

}  // namespace
}  // namespace hpserver
