#include "hpserver/connection/peer/address_limit.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/os/pipe.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;
using Verdict = PeerLimit::Verdict;

constexpr std::size_t kMost = 3;

Address at(const std::string& text) {
  return must(Address::parse(text));
}

Address ipv4(std::size_t number) {
  return at("10." + std::to_string(number >> 16U & 255U) + "." +
            std::to_string(number >> 8U & 255U) + "." + std::to_string(number & 255U) + ":1");
}

TEST(AddressLimit, CountsEachAddressByItself) {
  AddressLimit limit(kMost);
  must(limit.prepare(1, 100));
  std::vector<PeerLimit::Place> places;
  for (std::size_t count = 0; count < kMost; ++count) {
    const auto answer = limit.take(at("192.0.2.1:" + std::to_string(1000 + count)));
    EXPECT_EQ(answer.verdict, Verdict::taken);
    places.push_back(answer.place);
  }
  EXPECT_EQ(limit.take(at("192.0.2.1:2000")).verdict, Verdict::at_limit);
  EXPECT_EQ(limit.take(at("192.0.2.2:2000")).verdict, Verdict::taken);
  limit.give_back(places.back());
  EXPECT_EQ(limit.take(at("192.0.2.1:2001")).verdict, Verdict::taken);
  EXPECT_EQ(limit.take(at("192.0.2.1:2002")).verdict, Verdict::at_limit);
  EXPECT_EQ(limit.refused_count(), 2U);
}

TEST(AddressLimit, TakesTheFirst64BitsOfIpv6ForOneClient) {
  EXPECT_EQ(countable(at("[2001:db8:1:2::1]:1")), countable(at("[2001:db8:1:2:ffff::9]:2")));
  EXPECT_NE(countable(at("[2001:db8:1:2::1]:1")), countable(at("[2001:db8:1:3::1]:1")));
  EXPECT_NE(countable(at("[::1]:1")), countable(at("[2001:db8::1]:1")));
}

TEST(AddressLimit, KnowsAnIpv4AddressInIpv6) {
  EXPECT_EQ(countable(at("[::ffff:192.0.2.1]:1")), countable(at("192.0.2.1:1")));
  EXPECT_NE(countable(at("[::ffff:192.0.2.1]:1")), countable(at("[::1]:1")));
}

TEST(AddressLimit, LeavesUnixSocketsAlone) {
  AddressLimit limit(1);
  must(limit.prepare(1, 10));
  for (int count = 0; count < 5; ++count) {
    const auto answer = limit.take(at("unix:@client"));
    EXPECT_EQ(answer.verdict, Verdict::taken);
    EXPECT_EQ(answer.place, PeerLimit::kNone);
  }
}

TEST(AddressLimit, CountsNothingWhereThereIsNoLimit) {
  AddressLimit limit(0);
  must(limit.prepare(1, 10));
  for (int count = 0; count < 5; ++count) {
    EXPECT_EQ(limit.take(at("192.0.2.1:1")).place, PeerLimit::kNone);
  }
}

// The table is sized for the number of connections: filling it takes more than the server admits.
TEST(AddressLimit, HasASlotForEachOfItsConnections) {
  constexpr std::size_t kConnections = 20'000;
  AddressLimit limit(1);
  must(limit.prepare(1, kConnections));
  std::vector<PeerLimit::Place> places;
  for (std::size_t round = 0; round < 3; ++round) {
    for (std::size_t number = 0; number < kConnections; ++number) {
      const auto answer = limit.take(ipv4(round * kConnections + number));
      ASSERT_EQ(answer.verdict, Verdict::taken) << number;
      places.push_back(answer.place);
    }
    for (const auto place : places) limit.give_back(place);
    places.clear();
  }
}

TEST(AddressLimit, RefusesAnAddressThatItHasNoSlotFor) {
  AddressLimit limit(2);
  must(limit.prepare(1, 4));  // 8 slots
  std::size_t taken = 0;
  std::vector<PeerLimit::Place> places;
  for (std::size_t number = 0; number < 50; ++number) {
    const auto answer = limit.take(ipv4(number));
    if (answer.verdict == Verdict::taken) {
      ++taken;
      places.push_back(answer.place);
    } else {
      EXPECT_EQ(answer.verdict, Verdict::no_memory);
    }
  }
  EXPECT_EQ(taken, 8U);
  EXPECT_EQ(limit.refused_count(), 42U);
  // An address that is already counted is still known.
  EXPECT_EQ(limit.take(ipv4(0)).verdict, Verdict::taken);
  EXPECT_EQ(limit.take(ipv4(0)).verdict, Verdict::at_limit);
  limit.give_back(places.back());
  EXPECT_EQ(limit.take(ipv4(1000)).verdict, Verdict::taken);
}

TEST(AddressLimit, IsExactOverThreads) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 5'000;
  AddressLimit limit(kMost);
  must(limit.prepare(1, 64));
  std::atomic<int> open{0};
  std::atomic<int> most{0};
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] {
      const Address shared = at("192.0.2.1:1");
      const Address own = ipv4(static_cast<std::size_t>(number));
      for (int round = 0; round < kRounds; ++round) {
        const auto mine = limit.take(own);
        ASSERT_EQ(mine.verdict, Verdict::taken);
        const auto answer = limit.take(shared);
        if (answer.verdict == Verdict::taken) {
          const int count = ++open;
          int known = most.load();
          while (count > known && !most.compare_exchange_weak(known, count)) {
          }
          ++taken;
          --open;
          limit.give_back(answer.place);
        }
        limit.give_back(mine.place);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most.load(), static_cast<int>(kMost));
  EXPECT_GT(taken.load(), 0);
  // Nothing was lost.
  for (std::size_t count = 0; count < kMost; ++count) {
    EXPECT_EQ(limit.take(at("192.0.2.1:1")).verdict, Verdict::taken);
  }
  EXPECT_EQ(limit.take(at("192.0.2.1:1")).verdict, Verdict::at_limit);
}

// Shared by the processes of a test.
struct Counts {
  std::atomic<int> open{0};
  std::atomic<int> most{0};
  std::atomic<int> taken{0};
};

TEST(AddressLimit, IsExactOverProcesses) {
  constexpr std::size_t kProcesses = 3;
  AddressLimit limit(kMost);
  must(limit.prepare(kProcesses, 64));
  const auto counts = must(SharedArray<Counts>::create(1));
  std::vector<pid_t> children;
  for (std::size_t number = 0; number < kProcesses; ++number) {
    const pid_t child = ::fork();
    if (child == 0) {
      limit.count_as(number);
      const Address shared = at("192.0.2.1:1");
      for (int round = 0; round < 20'000; ++round) {
        const auto answer = limit.take(shared);
        if (answer.verdict != Verdict::taken) continue;
        const int count = ++counts[0].open;
        int known = counts[0].most.load();
        while (count > known && !counts[0].most.compare_exchange_weak(known, count)) {
        }
        ++counts[0].taken;
        --counts[0].open;
        limit.give_back(answer.place);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_LE(counts[0].most.load(), static_cast<int>(kMost));
  EXPECT_GT(counts[0].taken.load(), 0);
}

// Like processes that were not forked: each maps the same bytes by itself.
TEST(AddressLimit, IsOneWithOthersInTheSameMemory) {
  AddressLimit parent(2);
  const std::size_t size_bytes = parent.bytes_for(3, 1000);
  const auto memory = must(SharedMemory::create(size_bytes));
  parent.prepare_in(memory.bytes(), 3);
  std::vector<std::unique_ptr<AddressLimit>> children;
  for (std::size_t number = 0; number < 3; ++number) {
    children.push_back(std::make_unique<AddressLimit>(2));
    children.back()->prepare_in(memory.bytes(), 3);
    children.back()->count_as(number);
  }
  EXPECT_EQ(children[0]->take(at("192.0.2.1:1")).verdict, Verdict::taken);
  EXPECT_EQ(children[2]->take(at("192.0.2.1:1")).verdict, Verdict::taken);
  EXPECT_EQ(children[1]->take(at("192.0.2.1:1")).verdict, Verdict::at_limit);
  parent.forget(2);
  EXPECT_EQ(children[1]->take(at("192.0.2.1:1")).verdict, Verdict::taken);
  EXPECT_EQ(parent.refused_count(), 1U);
}

TEST(AddressLimit, GetsBackWhatAKilledProcessHad) {
  AddressLimit limit(kMost);
  must(limit.prepare(2, 16));
  Pipe ready = must(create_pipe({.nonblocking = false}));
  const pid_t child = ::fork();
  if (child == 0) {
    limit.count_as(1);
    for (std::size_t count = 0; count < kMost; ++count) {
      static_cast<void>(limit.take(at("192.0.2.1:1")));
    }
    static_cast<void>(!::write(ready.write_end.get(), "x", 1));
    ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready.read_end.get(), &byte, 1), 1);
  EXPECT_EQ(limit.take(at("192.0.2.1:1")).verdict, Verdict::at_limit);
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  limit.forget(1);
  EXPECT_EQ(limit.take(at("192.0.2.1:1")).verdict, Verdict::taken);
}

}  // namespace
}  // namespace hpserver
