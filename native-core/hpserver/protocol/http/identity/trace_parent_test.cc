#include "hpserver/protocol/http/identity/trace_parent.h"

#include <gtest/gtest.h>

#include <string>

namespace hpserver::http {
namespace {

const std::string kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string kParent = "00f067aa0ba902b7";

TEST(TraceParent, HasFourParts) {
  const std::string value = "00-" + kTrace + "-" + kParent + "-01";
  const auto parsed = TraceParent::parse(value);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->version, "00");
  EXPECT_EQ(parsed->trace_id, kTrace);
  EXPECT_EQ(parsed->parent_id, kParent);
  EXPECT_EQ(parsed->flags, "01");
}

TEST(TraceParent, OfALaterVersionMayHaveMore) {
  EXPECT_TRUE(TraceParent::parse("cc-" + kTrace + "-" + kParent + "-01"));
  EXPECT_TRUE(TraceParent::parse("cc-" + kTrace + "-" + kParent + "-01-what-comes"));
  EXPECT_FALSE(TraceParent::parse("cc-" + kTrace + "-" + kParent + "-01.what"));
}

// See: the specification's own test suite, github.com/w3c/trace-context.
TEST(TraceParent, IsNothingElse) {
  const std::string zeros(32, '0');
  for (const std::string& value : {
           std::string(),
           "00-" + kTrace + "-" + kParent,
           "00-" + kTrace + "-" + kParent + "-1",
           "00-" + kTrace + "-" + kParent + "-01-",
           "00-" + kTrace + "-" + kParent + "-011",
           "00-" + kTrace + "-" + kParent + "-0g",
           "00-" + kTrace + "-" + kParent + "-0A",
           "ff-" + kTrace + "-" + kParent + "-01",
           "0-" + kTrace + "-" + kParent + "-001",
           "0x-" + kTrace + "-" + kParent + "-01",
           "00-" + zeros + "-" + kParent + "-01",
           "00-" + kTrace + "-" + zeros.substr(0, 16) + "-01",
           "00-" + kTrace.substr(1) + "G-" + kParent + "-01",
           "00-" + kTrace.substr(1) + "A-" + kParent + "-01",
           "00_" + kTrace + "-" + kParent + "-01",
           "00-" + kTrace + "." + kParent + "-01",
       }) {
    EXPECT_FALSE(TraceParent::parse(value)) << value;
  }
}

}  // namespace
}  // namespace hpserver::http
