#include "hpserver/socket/inherited_listeners.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "hpserver/os/pipe.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/listening_sockets.h"

namespace hpserver {
namespace {

Fd listening_socket() {
  return std::move(*listen_on(Address::loopback_ipv4(0)));
}

void give(Fd fd) {
  std::vector<Fd> one;
  one.push_back(std::move(fd));
  ASSERT_TRUE(inherit_listeners(std::move(one)));
}

TEST(InheritedListeners, AreTakenOnceByTheirAddress) {
  Fd fd = listening_socket();
  const Address address = *Address::local_of(fd.get());
  give(std::move(fd));
  EXPECT_TRUE(take_inherited(Address::loopback_ipv4(1)).empty());
  EXPECT_EQ(take_inherited(address).size(), 1U);
  EXPECT_TRUE(take_inherited(address).empty());
}

TEST(InheritedListeners, AreTakenByWhoWantsAnyPort) {
  Fd first = listening_socket();
  Fd second = listening_socket();
  const Address real = *Address::local_of(first.get());
  give(std::move(first));
  give(std::move(second));
  EXPECT_TRUE(take_inherited(Address::loopback_ipv6(0)).empty());
  auto taken = take_inherited(Address::loopback_ipv4(0));
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(*Address::local_of(taken.front().get()), real);
  EXPECT_EQ(take_inherited(Address::loopback_ipv4(0)).size(), 1U);
}

TEST(InheritedListeners, AreWhatIsBoundThere) {
  Fd fd = listening_socket();
  const int number = fd.get();
  const Address address = *Address::local_of(number);
  give(std::move(fd));
  auto sockets = ListeningSockets::bind(address, {}, 3);
  ASSERT_TRUE(sockets.ok());
  std::vector<std::vector<Fd>> owners(3);
  ASSERT_TRUE(std::move(*sockets).spread(owners));
  EXPECT_EQ(owners[0].front().get(), number);
  for (const auto& owner : owners) EXPECT_EQ(*Address::local_of(owner.front().get()), address);
}

TEST(InheritedListeners, AreClosedWhereNobodyWantsThem) {
  Fd fd = listening_socket();
  const Address address = *Address::local_of(fd.get());
  give(std::move(fd));
  close_unclaimed_listeners();
  EXPECT_TRUE(take_inherited(address).empty());
  EXPECT_TRUE(listen_on(address));
}

TEST(InheritedListeners, AreSockets) {
  std::vector<Fd> pipe;
  pipe.push_back(std::move(create_pipe({})->read_end));
  const auto inherited = inherit_listeners(std::move(pipe));
  ASSERT_FALSE(inherited);
  EXPECT_EQ(inherited.error().code, ENOTSOCK);
}

}  // namespace
}  // namespace hpserver
