// Measures the nanoseconds of a wait that finds one ready socket among many idle ones. select and
// poll pay for handing all of them to the kernel each time; epoll doesn't. Usage: pollers_bench
// [rounds]; prints a Markdown table, the best of 7 interleaved runs.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "hpserver/os/limits.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "hpserver/poller/poll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/socket/socket.h"

namespace {

using namespace hpserver;

// 1,000 sockets fit below FD_SETSIZE together with the other descriptors of a process.
constexpr std::array<std::size_t, 3> kIdleCounts = {10, 100, 1000};
constexpr std::array<const char*, 3> kNames = {"select", "poll", "epoll"};
constexpr int kRuns = 7;

template <typename T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::exit(1);
  }
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().message().c_str());
  std::exit(1);
}

using Pollers = std::array<std::unique_ptr<Poller>, kNames.size()>;

// All pollers watch the same sockets at the same time, so they can be measured in turns.
class Sockets {
 public:
  explicit Sockets(std::size_t idle_count) {
    pollers_ = {must(make_poller<SelectPoller>()), must(make_poller<PollPoller>()),
                must(make_poller<EpollPoller>())};
    // Both ends of an idle pair are idle.
    for (std::size_t count = 0; count < idle_count; count += 2) {
      pairs_.push_back(must(create_socket_pair()));
      watch(pairs_.back().first.get());
      watch(pairs_.back().second.get());
    }
    pairs_.push_back(must(create_socket_pair()));
    watch(pairs_.back().first.get());
    must(send(pairs_.back().second.get(), "x"));
  }

  double nanoseconds_per_wait(std::size_t poller, std::size_t rounds) {
    std::array<Event, 512> events;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t round = 0; round < rounds; ++round) {
      const auto found = must(pollers_[poller]->wait(events, std::chrono::milliseconds{-1}));
      if (found != 1) std::abort();
    }
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
    return taken.count() / static_cast<double>(rounds);
  }

 private:
  void watch(int fd) {
    for (const auto& poller : pollers_) {
      must(poller->add(fd, {}, {.readable = true}, Trigger::level));
    }
  }

  Pollers pollers_;
  std::vector<SocketPair> pairs_;
};

void measure(std::size_t idle_count, std::size_t rounds) {
  Sockets sockets(idle_count);
  std::array<double, kNames.size()> best;
  best.fill(std::numeric_limits<double>::max());
  for (int run = 0; run < kRuns; ++run) {
    for (std::size_t poller = 0; poller < best.size(); ++poller) {
      best[poller] = std::min(best[poller], sockets.nanoseconds_per_wait(poller, rounds));
    }
  }
  std::printf("| %zu |", idle_count);
  for (const double nanoseconds : best) std::printf(" %.0f ns |", nanoseconds);
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t rounds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2'000;
  must(raise_descriptor_limit());
  std::printf("| idle sockets beside a ready one |");
  for (const char* const name : kNames) std::printf(" %s |", name);
  std::printf("\n|---:|---:|---:|---:|\n");
  for (const std::size_t idle_count : kIdleCounts) measure(idle_count, rounds);
}
