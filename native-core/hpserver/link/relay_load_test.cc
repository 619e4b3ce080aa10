#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hpserver/daemon/testing.h"
#include "hpserver/event/reactor.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/link/relay.h"
#include "hpserver/os/limits.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "test/testing.h"

// Relays under load: many bytes, many relays.
namespace hpserver {
namespace {

using testing::must;

constexpr bool is_sanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

// A stream that never repeats itself: a lost, doubled or misplaced byte changes all that follows.
class Stream {
 public:
  static constexpr std::size_t kPieceBytes = std::size_t{1} << 18U;

  // The next piece; valid until the next call.
  std::string_view next() {
    for (std::uint64_t& word : words_) word = (state_ = state_ * kFactor + kAddend);
    return {reinterpret_cast<const char*>(words_.data()), kPieceBytes};
  }

 private:
  static constexpr std::uint64_t kFactor = 6364136223846793005U;
  static constexpr std::uint64_t kAddend = 1442695040888963407U;

  std::uint64_t state_ = 1;
  std::vector<std::uint64_t> words_ =
      std::vector<std::uint64_t>(kPieceBytes / sizeof(std::uint64_t));
};

void say(int fd, std::uint64_t total_bytes) {
  Stream stream;
  for (std::uint64_t said_bytes = 0; said_bytes < total_bytes; said_bytes += Stream::kPieceBytes) {
    for (std::string_view rest = stream.next(); !rest.empty();) {
      const auto sent = send(fd, rest);
      if (!sent) return;
      rest.remove_prefix(*sent);
    }
  }
  must(shut_down(fd, Direction::write));
}

// Returns how many bytes of the stream have come; stops at the first wrong one.
std::uint64_t listen_to(int fd) {
  Stream stream;
  std::uint64_t heard_bytes = 0;
  std::vector<char> room(Stream::kPieceBytes);
  while (true) {
    std::size_t held_bytes = 0;
    while (held_bytes < room.size()) {
      const auto got = receive(fd, std::span(room).subspan(held_bytes));
      if (!got || *got == 0) break;
      held_bytes += *got;
    }
    const std::string_view expected = stream.next().substr(0, held_bytes);
    if (expected != std::string_view(room.data(), held_bytes)) return heard_bytes;
    heard_bytes += held_bytes;
    if (held_bytes < room.size()) return heard_bytes;
  }
}

// Checklist 26: through pipes, and copied, both ways at once.
TEST(RelayLoad, KeepsEveryByteOfGibibytes) {
  must(ignore_sigpipe());
  const std::uint64_t total_bytes = std::uint64_t{is_sanitized() ? 32U : 1024U} << 20U;
  for (const std::size_t splice_from_bytes :
       {std::size_t{0}, TransitBuffers::kCopyBytes, std::numeric_limits<std::size_t>::max()}) {
    const auto loop = must(Reactor::create(must(make_poller<EpollPoller>())));
    auto left = testing::connect_pair();
    auto right = testing::connect_pair();
    TransitBuffers buffers({.capacity_bytes = std::size_t{1} << 20U});
    bool ended = false;
    auto relay = must(Relay::create(*loop, buffers, std::move(left.server), std::move(right.server),
                                    [&](const Result<void>& result) {
                                      must(result);
                                      ended = true;
                                    },
                                    {.splice = {.from_bytes = splice_from_bytes}}));
    std::thread there([&] { say(left.client.get(), total_bytes); });
    std::thread back([&] { say(right.client.get(), total_bytes); });
    std::uint64_t heard_bytes[2] = {0, 0};
    std::thread hear_there([&] { heard_bytes[0] = listen_to(right.client.get()); });
    std::thread hear_back([&] { heard_bytes[1] = listen_to(left.client.get()); });
    testing::step_until([&] { return ended; },
                        [&] { must(loop->turn(std::chrono::milliseconds(5))); });
    relay.reset();
    for (std::thread* const one : {&there, &back, &hear_there, &hear_back}) one->join();
    EXPECT_EQ(heard_bytes[0], total_bytes) << "spliced from " << splice_from_bytes;
    EXPECT_EQ(heard_bytes[1], total_bytes) << "spliced from " << splice_from_bytes;
  }
}

// Many relays whose receivers don't read yet.
class StalledRelays {
 public:
  explicit StalledRelays(std::size_t count) {
    for (std::size_t index = 0; index < count; ++index) {
      auto left = must(create_socket_pair());
      auto right = must(create_socket_pair());
      relays_.push_back(
          must(Relay::create(*loop_, buffers_, std::move(left.second), std::move(right.first),
                             [](const Result<void>&) {}, {.splice = {.from_bytes = 0}})));
      senders_.push_back(std::move(left.first));
      receivers_.push_back(std::move(right.second));
    }
  }

  // Each sender sends until nothing moves any more. Returns the number of bytes sent.
  std::uint64_t fill() {
    std::uint64_t sent_bytes = 0;
    for (bool moves = true; moves;) {
      moves = false;
      for (const Fd& sender : senders_) {
        while (const auto sent = send(sender.get(), piece_, {.dont_wait = true})) {
          sent_bytes += *sent;
          moves = true;
        }
      }
      must(loop_->turn(std::chrono::milliseconds(20)));
    }
    return sent_bytes;
  }

  // Each receiver takes everything. Returns the number of bytes, or 0 if one of them is wrong.
  std::uint64_t empty() {
    std::uint64_t got_bytes = 0;
    std::string room(piece_.size(), '\0');
    for (int quiet_turns = 0; quiet_turns < 3;) {
      bool moves = false;
      for (const Fd& receiver : receivers_) {
        while (const auto got =
                   receive(receiver.get(), std::span<char>{room}, {.dont_wait = true})) {
          if (std::string_view(room).substr(0, *got).find_first_not_of('p') != std::string::npos) {
            return 0;
          }
          got_bytes += *got;
          moves = true;
        }
      }
      must(loop_->turn(std::chrono::milliseconds(20)));
      quiet_turns = moves ? 0 : quiet_turns + 1;
    }
    return got_bytes;
  }

 private:
  const std::string piece_ = std::string(65'536, 'p');
  std::unique_ptr<Reactor> loop_ = must(Reactor::create(must(make_poller<EpollPoller>())));
  TransitBuffers buffers_{{.capacity_bytes = std::size_t{1} << 20U}};
  std::vector<std::unique_ptr<Relay>> relays_;
  std::vector<Fd> senders_;
  std::vector<Fd> receivers_;
};

// Case C10: all pipes of a user without privileges have 16,384 pages together; beyond, each has
// two. See: pipe(7), /proc/sys/fs/pipe-user-pages-soft.
TEST(RelayLoad, LosesNoByteWhereItsUserHasNoMorePages) {
  constexpr std::size_t kRelays = is_sanitized() ? 300 : 1100;
  constexpr std::uint64_t kDescriptors = 8 * kRelays;
  const auto limit = must(raise_descriptor_limit());
  if (::geteuid() != 0) GTEST_SKIP() << "root becomes nobody here first";
  if (limit.soft < kDescriptors) GTEST_SKIP() << "it takes " << kDescriptors << " descriptors";
  EXPECT_EQ(testing::in_child([] {
              must(ignore_sigpipe());
              constexpr uid_t kNobody = 65534;
              if (::setresuid(kNobody, kNobody, kNobody) != 0) return 99;
              StalledRelays relays(kRelays);
              const std::uint64_t sent_bytes = relays.fill();
              // Each relay holds at least two pages, beyond the buffers of its sockets.
              if (sent_bytes < kRelays * 2 * 4096) return 1;
              return relays.empty() == sent_bytes ? 0 : 2;
            }),
            0);
}

// An idle relay holds sockets and a record of them, and no buffer.
TEST(RelayLoad, HoldsLessThanAKibibyteWhileItIdles) {
  if (is_sanitized()) GTEST_SKIP() << "sanitizers have allocators of their own";
  constexpr std::size_t kRelays = 500;
  must(raise_descriptor_limit());
  const std::size_t before = ::mallinfo2().uordblks;
  const StalledRelays relays(kRelays);
  const std::size_t each_bytes = (::mallinfo2().uordblks - before) / kRelays;
  EXPECT_LE(each_bytes, 1024U);
}

}  // namespace
}  // namespace hpserver
