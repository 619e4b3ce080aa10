#include "protocol_case.h"

#include <gtest/gtest.h>

#include "event_log.h"

namespace hpserver::http::test {
namespace {

const std::vector<ProtocolCase>& all_cases() {
  static const std::vector<ProtocolCase> cases = load_protocol_cases();
  return cases;
}

// A test per property, not per case: ctest starts a process for each test.
void for_every_case(void (*check)(const ProtocolCase& one)) {
  for (const ProtocolCase& one : all_cases()) {
    SCOPED_TRACE(one.name);
    check(one);
  }
}

TEST(ProtocolCases, GiveTheirEventsInOnePiece) {
  for_every_case([](const ProtocolCase& one) {
    ASSERT_FALSE(one.input.empty());
    EXPECT_EQ(events_of(one.input), one.events);
  });
}

TEST(ProtocolCases, GiveTheSameEventsCutAtEveryByte) {
  for_every_case([](const ProtocolCase& one) {
    for (std::size_t cut = 1; cut < one.input.size(); ++cut) {
      EXPECT_EQ(events_of_halves(one.input, cut), one.events) << "cut before byte " << cut;
    }
  });
}

TEST(ProtocolCases, GiveTheSameEventsByteByByte) {
  for_every_case(
      [](const ProtocolCase& one) { EXPECT_EQ(events_of_bytes(one.input), one.events); });
}

TEST(ProtocolCases, GiveTheSameEventsBehindEveryOtherRequest) {
  for_every_case([](const ProtocolCase& one) {
    for (const ProtocolCase& first : all_cases()) {
      if (!first.is_complete()) continue;
      EXPECT_EQ(events_of(first.input + one.input), first.events + one.events)
          << "behind " << first.name;
    }
  });
}

TEST(ProtocolCases, AreFound) {
  EXPECT_GE(all_cases().size(), 100U);
}

}  // namespace
}  // namespace hpserver::http::test
