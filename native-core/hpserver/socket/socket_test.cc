#include "hpserver/socket/socket.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/socket/fd_passing.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::connect_pair;
using testing::Connected;
using testing::error_code;
using testing::must;
using testing::receive_text;

// Checklist 9: after a blocking connect, the socket is blocking and has no timeout.
TEST(Connect, WaitsUntilConnected) {
  const Connected pair = connect_pair();
  EXPECT_FALSE(must(is_nonblocking(pair.client.get())));
  EXPECT_EQ(must(get_option<option::SendTimeout>(pair.client.get())).value.count(), 0);
}

// Checklist 9: no one accepts the connection, and SO_SNDTIMEO ends the wait.
TEST(Connect, GivesUpAfterItsTimeout) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0), {.backlog = 0}));
  const Address address = must(Address::local_of(listener.get()));
  const Fd first = must(connect_and_wait(address, testing::kHang));
  testing::await_events(listener.get(), POLLIN);
  // The backlog is full now, and the kernel drops every further SYN.
  EXPECT_EQ(error_code(connect_and_wait(address, std::chrono::milliseconds{20})), ETIMEDOUT);
}

// Checklist 60: connect fails with EINPROGRESS, the socket becomes writable, and reading SO_ERROR
// clears it.
TEST(Connect, ReportsARefusalOnce) {
  const testing::Absent nobody;
  const auto started = start_connect(nobody.address);
  if (!started) {
    // Loopback may refuse at once.
    EXPECT_EQ(started.error().code, ECONNREFUSED);
    return;
  }
  testing::await_events(started->get(), POLLOUT);
  EXPECT_EQ(error_code(take_error(started->get(), "connect")), ECONNREFUSED);
  EXPECT_EQ(error_code(take_error(started->get(), "connect")), 0);
}

// Checklist 10: after a half-close the other direction still works.
TEST(ShutDown, ClosesOneDirection) {
  const Connected pair = connect_pair();
  must(shut_down(pair.client.get(), Direction::write));
  EXPECT_EQ(receive_text(pair.server.get()), "");
  must(send(pair.server.get(), "still there"));
  EXPECT_EQ(receive_text(pair.client.get()), "still there");
  EXPECT_EQ(error_code(send(pair.client.get(), "x")), EPIPE);
  const Fd alone = must(stream_socket(AF_INET));
  EXPECT_EQ(error_code(shut_down(alone.get(), Direction::both)), ENOTCONN);
}

// Checklist 11, MSG_NOSIGNAL: always set; without it this process would be killed here.
TEST(SendFlags, GoneReaderIsAnErrorNotASignal) {
  ::signal(SIGPIPE, SIG_DFL);
  SocketPair pair = must(create_socket_pair());
  pair.second.reset();
  EXPECT_EQ(error_code(send(pair.first.get(), "x")), EPIPE);
}

// Checklist 11, MSG_MORE: the first part waits for the second, and both arrive as one segment. The
// kernel waits at most 200 ms: tcp(7), TCP_CORK; if the test is held up that long, it tries again.
TEST(SendFlags, MoreJoinsTwoParts) {
  for (bool in_time = false; !in_time;) {
    const Connected pair = connect_pair();
    const Deadline start = Clock::now();
    must(send(pair.server.get(), "head", {.more = true}));
    const bool nothing_sent = testing::look(pair.client.get(), POLLIN) == 0;
    must(send(pair.server.get(), "body"));
    in_time = Clock::now() - start < std::chrono::milliseconds{100};
    if (!in_time) continue;
    EXPECT_TRUE(nothing_sent);
    EXPECT_EQ(receive_text(pair.client.get()), "headbody");
  }
}

// Checklist 11, MSG_DONTWAIT: a blocking socket doesn't block, for this call.
TEST(Flags, DontWaitNeverBlocks) {
  const Connected pair = connect_pair();
  must(set_nonblocking(pair.server.get(), false));
  char byte{};
  EXPECT_EQ(error_code(receive(pair.server.get(), {&byte, 1}, {.dont_wait = true})), EAGAIN);
  const std::string bulk(1 << 20, 'x');
  Result<std::size_t> sent{std::size_t{0}};
  while ((sent = send(pair.server.get(), bulk, {.dont_wait = true}))) continue;
  EXPECT_EQ(sent.error().code, EAGAIN);
}

// Checklist 11, MSG_DONTROUTE: loopback is on every host's own link.
TEST(SendFlags, DontRouteReachesTheSameLink) {
  const Connected pair = connect_pair();
  EXPECT_EQ(must(send(pair.client.get(), "near", {.dont_route = true})), 4U);
  EXPECT_EQ(receive_text(pair.server.get()), "near");
}

// Checklist 11, MSG_PEEK: reads without consuming.
TEST(RecvFlags, PeekLeavesTheBytes) {
  const Connected pair = connect_pair();
  must(send(pair.client.get(), "abc"));
  EXPECT_EQ(receive_text(pair.server.get(), 2, {.peek = true}), "ab");
  EXPECT_EQ(receive_text(pair.server.get()), "abc");
}

// Checklist 11, MSG_WAITALL: blocks until everything has arrived.
TEST(RecvFlags, WaitAllFillsTheBuffer) {
  const Connected pair = connect_pair();
  must(set_nonblocking(pair.server.get(), false));
  // Uses another thread, since pending work of other tests' rings interrupts this one.
  std::thread receiver{
      [&] { EXPECT_EQ(receive_text(pair.server.get(), 6, {.wait_all = true}), "abcdef"); }};
  for (const char* part : {"ab", "cd", "ef"}) {
    must(send(pair.client.get(), part));
    ::usleep(1000);
  }
  receiver.join();
}

// Checklist 11, 12, MSG_OOB: of "123", "abc" with OOB and "456", the reader gets 123ab, the mark, c
// (out of band) and 456.
TEST(RecvFlags, OutOfBandByteComesApart) {
  const Connected pair = connect_pair();
  must(send(pair.client.get(), "123"));
  must(send(pair.client.get(), "abc", {.out_of_band = true}));
  must(send(pair.client.get(), "456"));
  EXPECT_TRUE(testing::await_events(pair.server.get(), POLLPRI) & POLLPRI);
  testing::await([&] { return must(readable_bytes(pair.server.get())) >= 5; });
  EXPECT_FALSE(must(at_mark(pair.server.get())));
  EXPECT_EQ(receive_text(pair.server.get()), "123ab");
  EXPECT_TRUE(must(at_mark(pair.server.get())));
  EXPECT_EQ(receive_text(pair.server.get(), 10, {.out_of_band = true}), "c");
  EXPECT_EQ(receive_text(pair.server.get()), "456");
  char byte{};
  EXPECT_EQ(error_code(receive(pair.server.get(), {&byte, 1}, {.out_of_band = true})), EINVAL);
}

// Checklist 11, 12, SO_OOBINLINE: the urgent byte stays in its place.
TEST(RecvFlags, OutOfBandByteStaysInlineIfWanted) {
  const Connected pair = connect_pair();
  must(set_option(pair.server.get(), option::OutOfBandInline{true}));
  must(send(pair.client.get(), "abc", {.out_of_band = true}));
  testing::await_events(pair.server.get(), POLLPRI);
  EXPECT_EQ(receive_text(pair.server.get()), "ab");
  EXPECT_EQ(receive_text(pair.server.get()), "c");
}

// Checklist 11, MSG_TRUNC: a datagram's real length; what doesn't fit is lost.
TEST(RecvFlags, TruncateTellsTheRealLength) {
  const Fd receiver = must(datagram_socket(AF_INET));
  must(bind_to(receiver.get(), Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(receiver.get()));
  const Fd sender = must(datagram_socket(AF_INET));
  must(bind_to(sender.get(), Address::loopback_ipv4(0)));
  must(send_to(sender.get(), "0123456789", address));
  must(send_to(sender.get(), "next", address));
  testing::await_events(receiver.get(), POLLIN);
  char buffer[4];
  const Datagram first = must(receive_from(receiver.get(), buffer, {.truncate = true}));
  EXPECT_EQ(first.size_bytes, 10U);
  EXPECT_EQ(first.sender, must(Address::local_of(sender.get())));
  EXPECT_EQ(must(receive_from(receiver.get(), buffer)).size_bytes, 4U);
  EXPECT_EQ(std::string(buffer, 4), "next");
}

// Checklist 11, MSG_ERRQUEUE: the datagram that a closed port sent back.
TEST(RecvFlags, ErrorQueueReturnsWhatFailed) {
  Fd closed = must(datagram_socket(AF_INET));
  must(bind_to(closed.get(), Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(closed.get()));
  closed.reset();
  const Fd sender = must(datagram_socket(AF_INET));
  must(set_option(sender.get(), option::ReceiveErrors{true}));
  must(send_to(sender.get(), "lost", address));
  EXPECT_TRUE(testing::await_events(sender.get(), POLLIN) & POLLERR);
  char buffer[16];
  const std::size_t size = must(receive(sender.get(), buffer, {.error_queue = true}));
  EXPECT_EQ(std::string(buffer, size), "lost");
  EXPECT_EQ(error_code(receive(sender.get(), buffer, {.error_queue = true})), EAGAIN);
}

// Every flag maps to the system's flag of the same name.
TEST(Flags, AreTheSystems) {
  EXPECT_EQ(to_native(RecvFlags{}), 0);
  EXPECT_EQ(to_native(SendFlags{}), MSG_NOSIGNAL);
  EXPECT_EQ(to_native(RecvFlags{.truncate = true, .error_queue = true}), MSG_TRUNC | MSG_ERRQUEUE);
  EXPECT_EQ(to_native(SendFlags{.more = true, .dont_route = true}),
            MSG_NOSIGNAL | MSG_MORE | MSG_DONTROUTE);
}

TEST(FdPassing, GivesADescriptorToTheOtherEnd) {
  SocketPair pair = must(create_socket_pair());
  EXPECT_EQ(error_code(receive_fd(pair.second.get())), EAGAIN);
  const Pipe pipe = must(create_pipe());
  must(send_fd(pair.first.get(), pipe.write_end.get()));
  const Fd passed = must(receive_fd(pair.second.get()));
  EXPECT_TRUE(must(is_close_on_exec(passed.get())));
  ASSERT_EQ(::write(passed.get(), "x", 1), 1);
  EXPECT_EQ(must(readable_bytes(pipe.read_end.get())), 1U);
  must(send(pair.first.get(), "no descriptor"));
  EXPECT_EQ(error_code(receive_fd(pair.second.get())), EBADMSG);
  while (error_code(receive_fd(pair.second.get())) == EBADMSG) continue;
  pair.first.reset();
  EXPECT_FALSE(must(receive_fd(pair.second.get())).valid());
}

}  // namespace
}  // namespace hpserver
