#include "hpserver/socket/address_range.h"

#include <gtest/gtest.h>

#include <string>

#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;

struct Membership {
  const char* range;
  const char* address;
  bool contained;
};

TEST(AddressRange, ContainsWhatBeginsAlike) {
  constexpr Membership kCases[] = {
      {"10.0.0.0/8", "10.255.0.1:1", true},
      {"10.0.0.0/8", "11.0.0.1:1", false},
      {"192.0.2.128/25", "192.0.2.129:1", true},
      {"192.0.2.128/25", "192.0.2.127:1", false},
      {"192.0.2.1", "192.0.2.1:9", true},
      {"192.0.2.1", "192.0.2.2:9", false},
      {"0.0.0.0/0", "203.0.113.9:1", true},
      {"0.0.0.0/0", "[2001:db8::1]:1", false},
      {"::/0", "[2001:db8::1]:1", true},
      {"2001:db8::/32", "[2001:db8:ffff::1]:1", true},
      {"2001:db8::/32", "[2001:db9::1]:1", false},
      {"2001:db8::1", "[2001:db8::1]:1", true},
      {"2001:db8::4/126", "[2001:db8::7]:1", true},
      {"2001:db8::4/126", "[2001:db8::8]:1", false},
      {"10.0.0.0/8", "[::ffff:10.1.2.3]:1", true},
      {"unix:", "unix:@client", true},
      {"unix:", "10.0.0.1:1", false},
      {"::/0", "unix:@client", false},
  };
  for (const auto& [range, address, contained] : kCases) {
    EXPECT_EQ(must(AddressRange::parse(range)).contains(must(Address::parse(address))), contained)
        << range << " " << address;
  }
}

TEST(AddressRange, StandsInListsBetweenCommas) {
  EXPECT_EQ(must(AddressRange::parse_list("")).size(), 0U);
  EXPECT_EQ(must(AddressRange::parse_list("10.0.0.0/8")).size(), 1U);
  const auto ranges = must(AddressRange::parse_list(" 10.0.0.0/8,unix: , ::1"));
  ASSERT_EQ(ranges.size(), 3U);
  EXPECT_TRUE(ranges[2].contains(Address::loopback_ipv6(1)));
  for (const char* list : {",", "10.0.0.0/8,", "10.0.0.0/8 ::1", "10.0.0.0/8,,::1", "host"}) {
    EXPECT_EQ(testing::error_code(AddressRange::parse_list(list)), EINVAL) << list;
  }
}

TEST(AddressRange, IsNothingElse) {
  for (const char* text :
       {"", "/8", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.1/8",
        "2001:db8::1/32", "*", "*/0", "host", "10.0.0", "[::1]", "unix", "unix:@name",
        "10.0.0.1:80", "10.0.0.0/8/8"}) {
    EXPECT_EQ(testing::error_code(AddressRange::parse(text)), EINVAL) << text;
  }
}

}  // namespace
}  // namespace hpserver
