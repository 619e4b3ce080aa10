#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "event_log.h"
#include "protocol_case.h"

namespace hpserver::http::test {
namespace {

using std::string_view_literals::operator""sv;

/**
 * Takes about five seconds under a sanitizer; HPSERVER_FUZZ_ROUNDS makes it longer. Under the
 * thread sanitizer it takes ten times as long and can find nothing: a parser is used by one thread
 * only.
 */
#ifdef __SANITIZE_THREAD__
constexpr int kRounds = 5'000;
#else
constexpr int kRounds = 100'000;
#endif

/** Makes hostile input: pieces of good and bad requests, cut, doubled, crossed and flipped. */
class Mutator {
 public:
  Mutator(unsigned seed, std::vector<ProtocolCase> cases)
      : random_(seed), cases_(std::move(cases)) {}

  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  std::string next() {
    std::string input = any_input();
    if (below(3) == 0) input += any_input();
    for (std::size_t changes = below(4); changes > 0; --changes) change(input);
    return input;
  }

 private:
  const std::string& any_input() { return cases_[below(cases_.size())].input; }

  void change(std::string& input) {
    static constexpr std::string_view kTelling = "\r\n\r\n :,;\t\0\x7f\x80/*[]%0159afzA"sv;
    const std::size_t at = below(input.size() + 1);
    switch (below(5)) {
      case 0:
        input.insert(at, 1, kTelling[below(kTelling.size())]);
        break;
      case 1:
        if (at < input.size()) input[at] = kTelling[below(kTelling.size())];
        break;
      case 2:
        input.erase(at, 1 + below(3));
        break;
      case 3:
        input.insert(at, input.substr(below(input.size() + 1), below(40)));
        break;
      default: {
        const std::string& other = any_input();
        input = input.substr(0, at) + other.substr(below(other.size() + 1));
      }
    }
  }

  std::mt19937 random_;
  std::vector<ProtocolCase> cases_;
};

std::string events_of_random_pieces(std::string_view input, Mutator& mutator, ParseLimits limits) {
  EventLog log(limits);
  while (!input.empty()) {
    const std::size_t size = std::min(input.size(), 1 + mutator.below(12));
    log.receive(input.substr(0, size));
    input.remove_prefix(size);
  }
  return log.finish();
}

void expect_same_events_for_every_cut(unsigned seed, ParseLimits limits) {
  const char* wanted = std::getenv("HPSERVER_FUZZ_ROUNDS");
  const int rounds = wanted == nullptr ? kRounds : std::atoi(wanted);
  Mutator mutator(seed, load_protocol_cases());
  for (int round = 0; round < rounds; ++round) {
    const std::string input = mutator.next();
    const std::string whole = events_of(input, limits);
    ASSERT_EQ(events_of_halves(input, mutator.below(input.size() + 1), limits), whole)
        << escaped(input);
    ASSERT_EQ(events_of_random_pieces(input, mutator, limits), whole) << escaped(input);
    if (round % 8 == 0) {
      ASSERT_EQ(events_of_bytes(input, limits), whole) << escaped(input);
    }
  }
}

TEST(SplitInvariance, HoldsForMutatedInput) {
  expect_same_events_for_every_cut(1, {});
}

TEST(SplitInvariance, HoldsForMutatedInputAtTightLimits) {
  expect_same_events_for_every_cut(2, kTightLimits);
}

TEST(SplitInvariance, HoldsForRandomBytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 2'000; ++round) {
    std::string input(random() % 200, '\0');
    std::generate(input.begin(), input.end(), [&] { return static_cast<char>(random()); });
    ASSERT_EQ(events_of_bytes(input), events_of(input)) << escaped(input);
  }
}

}  // namespace
}  // namespace hpserver::http::test
