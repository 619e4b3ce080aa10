#include "hpserver/os/reaper.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/testing.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;
using testing::open_descriptor_count;

// A program that exits when the write end of `pipe` is closed.
struct Held {
  Pipe pipe = must(create_pipe({.nonblocking = false}));
  Program program{.path = "/bin/cat", .arguments = {"cat"}};

  Held() { program.standard_input = pipe.read_end.get(); }
};

// Reaps until `count` children have ended.
std::vector<ChildExit> reap_count(Reaper& reaper, std::size_t count) {
  std::vector<ChildExit> exits;
  while (exits.size() < count && !::testing::Test::HasFailure()) {
    reaper.reap([&](const ChildExit& exit) { exits.push_back(exit); });
    ::usleep(500);
  }
  return exits;
}

// Checklist 72, wait: the next instance has to wait until the current one has ended.
TEST(Reaper, RunsOneAtATime) {
  Reaper reaper(1);
  Held held;
  const pid_t first = must(reaper.start(held.program));
  EXPECT_TRUE(reaper.full());
  EXPECT_EQ(error_code(reaper.start(held.program)), EAGAIN);
  EXPECT_EQ(reaper.reap([](const ChildExit&) { FAIL(); }), 0U);
  held.pipe.write_end.reset();
  const auto exits = reap_count(reaper, 1);
  ASSERT_EQ(exits.size(), 1U);
  EXPECT_EQ(exits[0].pid, first);
  EXPECT_EQ(exits[0].status, 0);
  must(reaper.start(held.program));
  reap_count(reaper, 1);
}

// Checklist 72, nowait: many instances at once, up to the cap.
TEST(Reaper, RunsManyUpToTheCap) {
  constexpr std::size_t kInstances = 4;
  Reaper reaper(kInstances);
  Held held;
  for (std::size_t count = 0; count < kInstances; ++count) must(reaper.start(held.program));
  EXPECT_EQ(error_code(reaper.start(held.program)), EAGAIN);
  EXPECT_EQ(reaper.running_count(), kInstances);
  held.pipe.write_end.reset();
  EXPECT_EQ(reap_count(reaper, kInstances).size(), kInstances);
  EXPECT_EQ(reaper.running_count(), 0U);
}

// Checklist 72: SIGCHLD means that children have ended, which makes room for another instance at
// once.
TEST(Reaper, StartsTheNextWhenOneHasEnded) {
  must(block_signals({SIGCHLD}));
  SignalSource signals = must(SignalSource::create({SIGCHLD}));
  Reaper reaper(1);
  const Program quick{.path = "/bin/true", .arguments = {"true"}};
  must(reaper.start(quick));
  for (int ended = 0; ended < 5 && !::testing::Test::HasFailure();) {
    testing::await_events(signals.fd(), POLLIN);
    must(signals.drain([](const Signal&) {}));
    reaper.reap([&](const ChildExit&) {
      if (++ended < 5) must(reaper.start(quick));
    });
  }
  EXPECT_EQ(reaper.running_count(), 0U);
}

TEST(Reaper, LeavesOthersChildrenAlone) {
  Reaper reaper(1);
  const Program quick{.path = "/bin/true", .arguments = {"true"}};
  const pid_t other = must(spawn(quick));
  must(reaper.start(quick));
  reap_count(reaper, 1);
  EXPECT_EQ(must(await_exit(other)).pid, other);
}

// If other code has reaped our child, its place is free nevertheless.
TEST(Reaper, ForgetsAChildThatAnotherHasTaken) {
  Reaper reaper(1);
  must(await_exit(must(reaper.start({.path = "/bin/true", .arguments = {"true"}}))));
  EXPECT_EQ(reaper.reap([](const ChildExit&) { FAIL(); }), 0U);
  EXPECT_FALSE(reaper.full());
}

TEST(Reaper, SignalsAllThatRun) {
  Reaper reaper(2);
  const Held held;
  must(reaper.start(held.program));
  must(reaper.start(held.program));
  reaper.signal_all(SIGTERM);
  for (const ChildExit& exit : reap_count(reaper, 2)) {
    EXPECT_TRUE(exit.killed);
    EXPECT_EQ(exit.status, SIGTERM);
  }
}

TEST(Reaper, CountsNothingThatDoesNotStart) {
  Reaper reaper(1);
  EXPECT_EQ(error_code(reaper.start({.path = "/none", .arguments = {"none"}})), ENOENT);
  EXPECT_FALSE(reaper.full());
}

// Checklist 5, 22: a CGI program gets only 0, 1 and 2, and leaves no descriptor open in this
// process, no matter how many have run before.
TEST(Reaper, LeaksNoDescriptor) {
  Reaper reaper(2);
  const std::size_t before = open_descriptor_count();
  for (int round = 0; round < 20; ++round) {
    testing::Connected pair = testing::connect_pair();
    must(set_nonblocking(pair.server.get(), false));
    // `ls` itself opens the directory, as descriptor 3.
    Program list{.path = "/bin/ls", .arguments = {"ls", "/proc/self/fd"}};
    list.standard_input = list.standard_output = pair.server.get();
    must(reaper.start(list));
    pair.server.reset();
    EXPECT_EQ(testing::receive_all(pair.client.get()), "0\n1\n2\n3\n");
    reap_count(reaper, 1);
  }
  EXPECT_EQ(open_descriptor_count(), before);
}

}  // namespace
}  // namespace hpserver
