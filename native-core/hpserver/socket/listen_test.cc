#include "hpserver/socket/listen.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "hpserver/os/limits.h"
#include "hpserver/os/testing.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

Address unix_address(const std::string& name) {
  return must(Address::unix_path("/tmp/hpserver_" + name + std::to_string(::getpid())));
}

void remove_path(const Address& address) {
  ::unlink(std::string{address.unix_name()}.c_str());
}

// Checklist 6: port 0 becomes a free port, which a second listener can't have.
TEST(Listen, FindsAFreePortAndRefusesATakenOne) {
  const Fd first = must(listen_on(Address::loopback_ipv4(0)));
  const Address taken = must(Address::local_of(first.get()));
  EXPECT_NE(taken.port(), 0);
  const auto second = listen_on(taken);
  ASSERT_EQ(error_code(second), EADDRINUSE);
  EXPECT_EQ(explain_listen_error(second.error(), taken),
            "cannot listen on " + taken.to_string() +
                ": bind: Address already in use (EADDRINUSE): another process is listening there: "
                "stop it, or choose another port (ss -ltnp shows which)");
}

// Checklist 6: every refusal says what to do next.
TEST(Listen, ExplainsWhatWasRefused) {
  const Address low = Address::loopback_ipv4(80);
  EXPECT_NE(explain_listen_error({EACCES, "bind"}, low).find("CAP_NET_BIND_SERVICE"),
            std::string::npos);
  const auto foreign = must(Address::parse("192.0.2.1:0"));
  const auto refused = listen_on(foreign);
  ASSERT_EQ(error_code(refused), EADDRNOTAVAIL);
  EXPECT_NE(explain_listen_error(refused.error(), foreign).find("no interface"), std::string::npos);
  const auto nowhere = must(Address::parse("unix:/none/at/all"));
  ASSERT_EQ(error_code(listen_on(nowhere)), ENOENT);
  EXPECT_NE(explain_listen_error({ENOENT, "bind"}, nowhere).find("directory"), std::string::npos);
  EXPECT_EQ(explain_listen_error({EMFILE, "socket"}, low),
            "cannot listen on 127.0.0.1:80: socket: Too many open files (EMFILE)");
}

// Checklist 6: connections in TIME_WAIT don't keep a restarted server from its port.
TEST(Listen, RestartsDuringTimeWait) {
  testing::Connected pair = testing::connect_pair();
  const Address address = must(Address::local_of(pair.listener.get()));
  // The side that closes first enters TIME_WAIT: here, the server.
  pair.server.reset();
  EXPECT_EQ(testing::receive_all(pair.client.get()), "");
  pair.client.reset();
  pair.listener.reset();
  EXPECT_TRUE(listen_on(address).ok());
}

TEST(Listen, SharesAPortOnlyIfBothAskForIt) {
  const Fd first = must(listen_on(Address::loopback_ipv4(0), {.reuse_port = true}));
  const Address address = must(Address::local_of(first.get()));
  EXPECT_TRUE(listen_on(address, {.reuse_port = true}).ok());
  EXPECT_EQ(error_code(listen_on(address)), EADDRINUSE);
}

// Checklist 3: a dual-stack listener shows IPv4 clients as ::ffff:127.0.0.1; with V6ONLY, there are
// none.
TEST(Listen, TakesIpv4ClientsOnIpv6UnlessToldNotTo) {
  const Fd dual = must(listen_on(Address::any_ipv6(0)));
  const auto port = must(Address::local_of(dual.get())).port();
  const Fd client = must(connect_and_wait(Address::loopback_ipv4(port), testing::kHang));
  testing::await_events(dual.get(), POLLIN);
  EXPECT_EQ(must(accept_one(dual.get())).peer.host(), "::ffff:127.0.0.1");

  const Fd only = must(listen_on(Address::any_ipv6(0), {.ipv6_only = true}));
  const auto refusing = Address::loopback_ipv4(must(Address::local_of(only.get())).port());
  EXPECT_EQ(error_code(connect_and_wait(refusing, testing::kHang)), ECONNREFUSED);
}

// Checklist 3: only a stale path is taken over, never a path in use or a foreign file.
TEST(Listen, TakesOverAStalePathOnly) {
  const Address address = unix_address("stale");
  Fd first = must(listen_on(address));
  EXPECT_EQ(error_code(listen_on(address)), EADDRINUSE);
  EXPECT_TRUE(connect_and_wait(address, testing::kHang).ok()) << "still its own";
  first.reset();  // As after a crash.
  first = must(listen_on(address));
  EXPECT_TRUE(connect_and_wait(address, testing::kHang).ok());
  remove_path(address);

  const Address file = unix_address("file");
  std::ofstream{std::string{file.unix_name()}} << "precious";
  EXPECT_EQ(error_code(listen_on(file)), EADDRINUSE);
  struct stat status{};
  ASSERT_EQ(::stat(std::string{file.unix_name()}.c_str(), &status), 0);
  EXPECT_EQ(status.st_size, 8);
  remove_path(file);
}

// Checklist 7: the kernel caps the backlog silently, so we warn.
TEST(Listen, WarnsOfACutBacklog) {
  const int limit = must(listen_backlog_limit());
  EXPECT_EQ(backlog_warning(limit), std::nullopt);
  const auto warning = backlog_warning(limit + 1);
  ASSERT_TRUE(warning.has_value());
  EXPECT_NE(warning->find("somaxconn = " + std::to_string(limit)), std::string::npos);
}

// Checklist 7: the backlog is as long as requested; the kernel lets one more connection in.
TEST(Listen, HoldsAsManyAsTheBacklogSays) {
  const Fd listener = must(listen_on(unix_address("full"), {.backlog = 1}));
  const Address address = unix_address("full");
  std::vector<Fd> waiting;
  auto connected = start_connect(address);
  for (; connected; connected = start_connect(address)) waiting.push_back(std::move(*connected));
  EXPECT_EQ(waiting.size(), 2U);
  EXPECT_EQ(connected.error().code, EAGAIN);
  EXPECT_EQ(error_code(listen_on(address)), EADDRINUSE) << "a full backlog is not stale";
  remove_path(address);
}

// Checklist 14: accepted sockets inherit what is set before listen, without a call of their own.
TEST(Listen, LetsAcceptedSocketsInherit) {
  const testing::Connected pair =
      testing::connect_pair(Address::loopback_ipv4(0), {.no_delay = true,
                                                        .keep_alive = true,
                                                        .send_buffer_bytes = 2000,
                                                        .receive_buffer_bytes = 50});
  EXPECT_TRUE(must(get_option<option::NoDelay>(pair.server.get())).on);
  EXPECT_TRUE(must(get_option<option::KeepAlive>(pair.server.get())).on);
  EXPECT_EQ(must(get_option<option::SendBuffer>(pair.server.get())).value, 4608);
  EXPECT_EQ(must(get_option<option::ReceiveBuffer>(pair.server.get())).value, 2304);
}

// Checklist 8: each error of accept has its outcome.
TEST(Accept, KnowsWhatToDoNext) {
  const auto outcome = [](int code) { return accept_outcome({code, "accept4"}); };
  EXPECT_EQ(outcome(EAGAIN), AcceptOutcome::would_block);
  for (const int code : {EINTR, ECONNABORTED, EPROTO, ENETDOWN, EHOSTUNREACH, EPERM}) {
    EXPECT_EQ(outcome(code), AcceptOutcome::retry) << code;
  }
  for (const int code : {EMFILE, ENFILE, ENOBUFS, ENOMEM}) {
    EXPECT_EQ(outcome(code), AcceptOutcome::exhausted) << code;
  }
  for (const int code : {EBADF, EINVAL, ENOTSOCK}) {
    EXPECT_EQ(outcome(code), AcceptOutcome::fatal) << code;
  }
}

TEST(Accept, FindsNobodyWaiting) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  EXPECT_EQ(error_code(accept_one(listener.get())), EAGAIN);
}

// Checklist 8: without a free descriptor the connection waits, and can be accepted afterwards.
TEST(Accept, RunsOutOfDescriptors) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  const Fd client = must(connect_and_wait(address, testing::kHang));
  testing::await_events(listener.get(), POLLIN);
  {
    const testing::DescriptorLimit none(0);
    EXPECT_EQ(error_code(accept_one(listener.get())), EMFILE);
  }
  EXPECT_TRUE(accept_one(listener.get()).ok());
}

// Checklist 8: the accepted peer may have disconnected already.
TEST(Accept, TakesAPeerThatIsGone) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const Address address = must(Address::local_of(listener.get()));
  {
    const Fd client = must(connect_and_wait(address, testing::kHang));
    testing::await_events(listener.get(), POLLIN);
    must(set_option(client.get(), option::Linger::abort()));
  }
  const Accepted gone = must(accept_one(listener.get()));
  EXPECT_EQ(error_code(Address::peer_of(gone.fd.get())), ENOTCONN);
  EXPECT_EQ(gone.peer.host(), "127.0.0.1") << "the name came with the connection";
  char byte{};
  EXPECT_EQ(error_code(receive(gone.fd.get(), {&byte, 1})), ECONNRESET);
}

}  // namespace
}  // namespace hpserver
