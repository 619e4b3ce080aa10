#include "hpserver/proxy/upstream_group.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hpserver::proxy {
namespace {

using std::chrono::milliseconds;
using Index = UpstreamGroup::Index;

const Deadline kNow = Clock::now();

UpstreamGroup make_group(Balance balance, std::size_t count = 3) {
  std::vector<Address> addresses;
  for (std::size_t index = 0; index < count; ++index) {
    addresses.push_back(Address::loopback_ipv4(static_cast<std::uint16_t>(9000 + index)));
  }
  return {std::move(addresses), {.balance = balance, .failures_to_eject = 2}, 1};
}

// How often each upstream is chosen.
std::map<Index, int> choices(UpstreamGroup& group, int count, Deadline now = kNow) {
  std::map<Index, int> chosen;
  for (int turn = 0; turn < count; ++turn) {
    ++chosen[group.choose(now, "key " + std::to_string(turn), {}).value()];
  }
  return chosen;
}

void eject(UpstreamGroup& group, Index index) {
  EXPECT_EQ(group.failed(index, kNow), milliseconds(0));
  EXPECT_EQ(group.failed(index, kNow), milliseconds(1000));
}

TEST(UpstreamGroup, TakesTurns) {
  UpstreamGroup group = make_group(Balance::round_robin);
  EXPECT_EQ(choices(group, 9), (std::map<Index, int>{{0, 3}, {1, 3}, {2, 3}}));
}

TEST(UpstreamGroup, SharesTheTurnsOfAnEjectedOneEvenly) {
  UpstreamGroup group = make_group(Balance::round_robin, 4);
  eject(group, 1);
  EXPECT_EQ(choices(group, 9), (std::map<Index, int>{{0, 3}, {2, 3}, {3, 3}}));
}

TEST(UpstreamGroup, PrefersTheOneWithTheFewestConnections) {
  UpstreamGroup group = make_group(Balance::least_connections);
  group.count_open(0);
  group.count_open(0);
  group.count_open(2);
  EXPECT_EQ(group.choose(kNow, "", {}), 1U);
  group.count_open(1);
  group.count_open(1);
  EXPECT_EQ(group.choose(kNow, "", {}), 2U);
  group.count_closed(0);
  group.count_closed(0);
  EXPECT_EQ(group.choose(kNow, "", {}), 0U);
}

TEST(UpstreamGroup, LetsEquallyBusyOnesTakeTurns) {
  UpstreamGroup group = make_group(Balance::least_connections);
  EXPECT_EQ(choices(group, 9), (std::map<Index, int>{{0, 3}, {1, 3}, {2, 3}}));
}

TEST(UpstreamGroup, NeverChoosesTheBusiestOfTwo) {
  UpstreamGroup group = make_group(Balance::two_choices);
  group.count_open(1);
  EXPECT_EQ(choices(group, 300).count(1), 0U) << "each other one has fewer";
}

TEST(UpstreamGroup, KeepsAKeyWithItsUpstream) {
  UpstreamGroup group = make_group(Balance::hash, 5);
  std::map<std::string, Index> homes;
  for (int number = 0; number < 500; ++number) {
    const std::string key = "10.0.0." + std::to_string(number);
    homes[key] = group.choose(kNow, key, {}).value();
  }
  for (const auto& [index, count] : choices(group, 1000)) {
    EXPECT_NEAR(count, 200, 60) << "upstream " << index;
  }
  eject(group, 3);
  for (const auto& [key, home] : homes) {
    const Index now = group.choose(kNow, key, {}).value();
    if (home == 3) {
      EXPECT_NE(now, 3U);
    } else {
      EXPECT_EQ(now, home) << "only the keys of the ejected one move";
    }
  }
}

TEST(UpstreamGroup, TriesEachOnce) {
  for (const Balance balance :
       {Balance::round_robin, Balance::least_connections, Balance::two_choices, Balance::hash}) {
    UpstreamGroup group = make_group(balance);
    std::vector<Index> tried;
    while (const auto next = group.choose(kNow, "key", tried)) tried.push_back(*next);
    EXPECT_EQ(std::set<Index>(tried.begin(), tried.end()).size(), 3U);
    EXPECT_EQ(tried.size(), 3U);
  }
}

TEST(UpstreamGroup, EjectsForTwiceAsLongEachTime) {
  UpstreamGroup group = make_group(Balance::round_robin);
  eject(group, 0);
  EXPECT_TRUE(group.is_ejected(0, kNow + milliseconds(999)));
  EXPECT_FALSE(group.is_ejected(0, kNow + milliseconds(1000)));
  EXPECT_EQ(group.failed(0, kNow), milliseconds(2000)) << "it has had its chance";
  for (int count = 0; count < 40; ++count) static_cast<void>(group.failed(0, kNow));
  EXPECT_EQ(group.failed(0, kNow), milliseconds(60'000)) << "no longer than that";
  group.succeeded(0);
  EXPECT_FALSE(group.is_ejected(0, kNow));
  eject(group, 0);
}

// Otherwise a moment's failure of all would last.
TEST(UpstreamGroup, NeverEjectsTheLastOne) {
  UpstreamGroup group = make_group(Balance::round_robin);
  for (const Index index : {Index{0}, Index{1}, Index{2}}) eject(group, index);
  EXPECT_EQ(choices(group, 3), (std::map<Index, int>{{0, 1}, {1, 1}, {2, 1}}));
  EXPECT_EQ(choices(group, 3, kNow + milliseconds(5000)).size(), 3U);
}

}  // namespace
}  // namespace hpserver::proxy
