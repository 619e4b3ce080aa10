#include "protocol_case.h"

#include <gtest/gtest.h>

#include "event_log.h"

namespace hpserver::http::test {
namespace {

const std::vector<ProtocolCase>& all_cases() {
  static const std::vector<ProtocolCase> cases = load_protocol_cases();
  return cases;
}

class ProtocolCases : public testing::TestWithParam<ProtocolCase> {};

TEST_P(ProtocolCases, GivesItsEventsInOnePiece) {
  ASSERT_FALSE(GetParam().input.empty());
  EXPECT_EQ(events_of(GetParam().input), GetParam().events);
}

TEST_P(ProtocolCases, GivesTheSameEventsCutAtEveryByte) {
  const std::string& input = GetParam().input;
  for (std::size_t cut = 1; cut < input.size(); ++cut) {
    EXPECT_EQ(events_of_halves(input, cut), GetParam().events) << "cut before byte " << cut;
  }
}

TEST_P(ProtocolCases, GivesTheSameEventsByteByByte) {
  EXPECT_EQ(events_of_bytes(GetParam().input), GetParam().events);
}

TEST_P(ProtocolCases, GivesTheSameEventsBehindEveryOtherRequest) {
  for (const ProtocolCase& first : all_cases()) {
    if (!first.is_complete()) continue;
    EXPECT_EQ(events_of(first.input + GetParam().input), first.events + GetParam().events)
        << "behind " << first.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Markdown, ProtocolCases, testing::ValuesIn(all_cases()),
                         [](const auto& one) { return one.param.name; });

TEST(ProtocolCaseFiles, AreFound) {
  EXPECT_GE(all_cases().size(), 100U);
}

}  // namespace
}  // namespace hpserver::http::test
