#include "hpserver/socket/socket_options.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "hpserver/os/fd_flags.h"
#include "hpserver/poller/epoll_poller.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::must;
using namespace std::chrono_literals;

// The kernel's value after the option was set.
template <typename Option>
Option read_back(int fd, Option wanted) {
  must(set_option(fd, wanted));
  return must(get_option<Option>(fd));
}

class SocketOptions : public ::testing::Test {
 protected:
  int tcp() const { return tcp_.get(); }
  int tcp6() const { return tcp6_.get(); }

 private:
  Fd tcp_ = must(stream_socket(AF_INET));
  Fd tcp6_ = must(stream_socket(AF_INET6));
};

// Checklist 14: each flag reads back as it was set, on and off.
template <typename Option>
void expect_switches(int fd) {
  EXPECT_TRUE(read_back(fd, Option{true}).on);
  EXPECT_FALSE(read_back(fd, Option{false}).on);
}

// Checklist 14
TEST_F(SocketOptions, SwitchFlags) {
  expect_switches<option::ReuseAddress>(tcp());
  expect_switches<option::ReusePort>(tcp());
  expect_switches<option::DontRoute>(tcp());
  expect_switches<option::KeepAlive>(tcp());
  expect_switches<option::OutOfBandInline>(tcp());
  expect_switches<option::Broadcast>(tcp());
  expect_switches<option::ReceiveErrors>(tcp());
  expect_switches<option::NoDelay>(tcp());
  expect_switches<option::Cork>(tcp());
  expect_switches<option::Ipv6Only>(tcp6());
  EXPECT_FALSE(must(get_option<option::Debug>(tcp())).on);
}

// Checklist 14
TEST_F(SocketOptions, SetNumbers) {
  EXPECT_EQ(read_back(tcp(), option::TypeOfService{0x10}).value, 0x10);
  EXPECT_EQ(read_back(tcp(), option::TimeToLive{33}).value, 33);
  EXPECT_EQ(read_back(tcp6(), option::Ipv6HopLimit{44}).value, 44);
  EXPECT_EQ(read_back(tcp6(), option::Ipv6TrafficClass{0x20}).value, 0x20);
  EXPECT_EQ(read_back(tcp(), option::KeepAliveProbes{5}).value, 5);
  EXPECT_EQ(read_back(tcp(), option::FastOpenQueue{16}).value, 16);
  EXPECT_EQ(read_back(tcp(), option::ReceiveLowWater{10}).value, 10);
  must(set_option(tcp(), option::MaxSegment{1000}));
  EXPECT_EQ(must(get_option<option::Type>(tcp())).value, SOCK_STREAM);
  EXPECT_EQ(must(get_option<option::PendingError>(tcp())).value, 0);
  EXPECT_EQ(must(get_option<option::SendLowWater>(tcp())).value, 1);
}

// Checklist 14: the kernel doubles, and enforces a minimum.
TEST_F(SocketOptions, DoubleBuffers) {
  EXPECT_EQ(read_back(tcp(), option::SendBuffer{2000}).value, 4608);
  EXPECT_EQ(read_back(tcp(), option::ReceiveBuffer{50}).value, 2304);
  EXPECT_EQ(read_back(tcp(), option::ReceiveBuffer{20'000}).value, 40'000);
}

// Checklist 14
TEST_F(SocketOptions, SetTimes) {
  EXPECT_EQ(read_back(tcp(), option::KeepAliveIdle{60s}).value, 60s);
  EXPECT_EQ(read_back(tcp(), option::KeepAliveInterval{7s}).value, 7s);
  EXPECT_EQ(read_back(tcp(), option::UserTimeout{1500ms}).value, 1500ms);
  EXPECT_EQ(read_back(tcp(), option::ReceiveTimeout{2500ms}).value, 2500ms);
  EXPECT_EQ(read_back(tcp(), option::SendTimeout{40ms}).value, 40ms);
  // In retransmissions, 1 + 2 s, rounded up.
  EXPECT_EQ(read_back(tcp(), option::DeferAccept{2s}).value, 3s);
}

// Checklist 14: only connected sockets have these options.
TEST(ConnectedOptions, AreTheConnections) {
  const Connected pair = connect_pair();
  must(set_option(pair.client.get(), option::QuickAck{true}));
  EXPECT_GT(must(get_option<option::MaxSegment>(pair.client.get())).value, 500);
  EXPECT_EQ(must(get_option<option::Listening>(pair.listener.get())).value, 1);
  EXPECT_EQ(must(get_option<option::Listening>(pair.client.get())).value, 0);
}

// Checklist 14: a socket refuses options that it doesn't have.
TEST_F(SocketOptions, ReportWhatIsNotThere) {
  EXPECT_EQ(error_code(set_option(tcp(), option::TimeToLive{1000})), EINVAL);
  EXPECT_EQ(error_code(set_option(tcp(), option::Ipv6HopLimit{1})), ENOPROTOOPT);
  EXPECT_EQ(error_code(set_option(-1, option::NoDelay{true})), EBADF);
  EXPECT_EQ(error_code(get_option<option::NoDelay>(STDIN_FILENO + 1000)), EBADF);
}

// Checklist 15: with a low-water mark of 10, 5 bytes cause no event and 10 do, in poll and epoll.
TEST(ReceiveLowWater, HoldsEventsBack) {
  const Connected pair = connect_pair();
  must(set_option(pair.server.get(), option::ReceiveLowWater{10}));
  EpollPoller poller = must(EpollPoller::create());
  must(poller.add(pair.server.get(), {}, {.readable = true}, Trigger::level));
  Event events[4];
  must(send(pair.client.get(), "12345"));
  testing::await([&] { return must(readable_bytes(pair.server.get())) == 5; });
  EXPECT_EQ(testing::look(pair.server.get(), POLLIN), 0);
  EXPECT_EQ(must(poller.wait(events, 0ms)), 0U);
  must(send(pair.client.get(), "67890"));
  std::size_t count = 0;
  testing::step_until([&] { return count == 1; }, [&] { count = must(poller.wait(events, 1s)); });
  EXPECT_EQ(testing::look(pair.server.get(), POLLIN), POLLIN);
}

// Checklist 16, default: close returns at once and everything arrives, then FIN.
TEST(Linger, DeliversInTheBackgroundByDefault) {
  EXPECT_FALSE(must(get_option<option::Linger>(connect_pair().client.get())).on);
  Connected pair = connect_pair();
  must(send(pair.server.get(), "last words"));
  pair.server.reset();
  EXPECT_EQ(testing::receive_all(pair.client.get()), "last words");
}

// Checklist 16, {1, n}: close waits until everything is acknowledged, including FIN.
TEST(Linger, WaitsIfAsked) {
  Connected pair = connect_pair();
  const auto linger = read_back(pair.server.get(), option::Linger::wait(5s));
  EXPECT_TRUE(linger.on);
  EXPECT_EQ(linger.limit, 5s);
  must(send(pair.server.get(), "last words"));
  pair.server.reset();
  EXPECT_EQ(testing::receive_all(pair.client.get()), "last words");
}

// Checklist 16, {1, 0}: the peer sees RST.
TEST(Linger, AbortsWithAReset) {
  Connected pair = connect_pair();
  must(set_option(pair.server.get(), option::Linger::abort()));
  pair.server.reset();
  testing::await_events(pair.client.get(), POLLIN);
  char byte{};
  EXPECT_EQ(error_code(receive(pair.client.get(), {&byte, 1})), ECONNRESET);
}

// Checklist 17: a blocking read gives up after its timeout.
TEST(Timeouts, EndABlockingRead) {
  const Connected pair = connect_pair();
  must(set_option(pair.client.get(), option::ReceiveTimeout{10ms}));
  char byte{};
  EXPECT_EQ(error_code(receive(pair.client.get(), {&byte, 1})), EAGAIN);
}

// Checklist 17: a blocking write without a reader gives up after its timeout.
TEST(Timeouts, EndABlockingWrite) {
  const Connected pair = connect_pair();
  must(set_option(pair.client.get(), option::SendTimeout{10ms}));
  const std::string bulk(1 << 20, 'x');
  Result<std::size_t> sent{std::size_t{0}};
  while ((sent = send(pair.client.get(), bulk))) continue;
  EXPECT_EQ(sent.error().code, EAGAIN);
}

}  // namespace
}  // namespace hpserver
