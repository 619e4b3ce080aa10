#include "hpserver/socket/listening_sockets.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <vector>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/testing.h"
#include "hpserver/socket/socket.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

std::vector<std::vector<Fd>> spread(ListeningSockets sockets, std::size_t count) {
  std::vector<std::vector<Fd>> owners(count);
  must(std::move(sockets).spread(owners));
  return owners;
}

std::vector<std::size_t> counts_of(const std::vector<std::vector<Fd>>& owners) {
  std::vector<std::size_t> counts;
  for (const auto& own : owners) counts.push_back(own.size());
  return counts;
}

Fd listening() {
  return must(listen_on(Address::loopback_ipv4(0)));
}

TEST(ListeningSockets, ShareAPortWhereTheFamilyCan) {
  auto sockets = must(ListeningSockets::bind(Address::loopback_ipv4(0), {}, 3));
  const Address address = sockets.address();
  EXPECT_NE(address.port(), 0);
  const auto owners = spread(std::move(sockets), 3);
  EXPECT_EQ(counts_of(owners), (std::vector<std::size_t>{1, 1, 1}));
  for (const auto& own : owners) EXPECT_EQ(must(Address::local_of(own.front().get())), address);
}

TEST(ListeningSockets, SayThatAPortIsTakenAlsoByThoseThatShareIt) {
  const auto first = must(ListeningSockets::bind(Address::loopback_ipv4(0), {}, 2));
  EXPECT_EQ(error_code(ListeningSockets::bind(first.address(), {}, 2)), EADDRINUSE);
}

TEST(ListeningSockets, GoRoundWhereOwnersAreFew) {
  auto sockets = must(ListeningSockets::bind(Address::loopback_ipv4(0), {}, 3));
  EXPECT_EQ(counts_of(spread(std::move(sockets), 2)), (std::vector<std::size_t>{2, 1}));
}

TEST(ListeningSockets, AreDuplicatedWhereOwnersAreMany) {
  auto sockets = must(ListeningSockets::bind(Address::loopback_ipv4(0), {}));
  const auto owners = spread(std::move(sockets), 3);
  EXPECT_EQ(counts_of(owners), (std::vector<std::size_t>{1, 1, 1}));
  // All owners share one backlog, so any of them can accept the client.
  const Address address = must(Address::local_of(owners[0].front().get()));
  const Fd client = must(connect_and_wait(address, testing::kHang));
  testing::await_events(owners[2].front().get(), POLLIN);
  EXPECT_TRUE(accept_one(owners[2].front().get()).ok());
}

TEST(ListeningSockets, AreNotSpreadWithoutDescriptors) {
  auto sockets = must(ListeningSockets::bind(Address::loopback_ipv4(0), {}));
  std::vector<std::vector<Fd>> owners(3);
  const testing::DescriptorLimit none(3);
  EXPECT_EQ(error_code(std::move(sockets).spread(owners)), EMFILE);
}

TEST(ListeningSockets, AreInheritedAsTheyListen) {
  std::vector<Fd> inherited;
  inherited.push_back(listening());
  must(set_close_on_exec(inherited.front().get(), false));
  must(set_nonblocking(inherited.front().get(), false));
  const Address address = must(Address::local_of(inherited.front().get()));
  auto sockets = must(ListeningSockets::inherit(std::move(inherited)));
  EXPECT_EQ(sockets.address(), address);
  const auto owners = spread(std::move(sockets), 1);
  EXPECT_TRUE(must(is_close_on_exec(owners.front().front().get())));
  EXPECT_TRUE(must(is_nonblocking(owners.front().front().get())));
}

TEST(ListeningSockets, AreNotInheritedWhereTheyDoNotListen) {
  EXPECT_EQ(error_code(ListeningSockets::inherit({})), EINVAL);
  std::vector<Fd> silent;
  silent.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(error_code(ListeningSockets::inherit(std::move(silent))), EINVAL);
  std::vector<Fd> two_places;
  two_places.push_back(listening());
  two_places.push_back(listening());
  EXPECT_EQ(error_code(ListeningSockets::inherit(std::move(two_places))), EINVAL);
}

}  // namespace
}  // namespace hpserver
