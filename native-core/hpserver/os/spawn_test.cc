#include "hpserver/os/spawn.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/reap.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

Program shell(std::string script) {
  return {.path = "/bin/sh",
          .arguments = {"sh", "-c", std::move(script)},
          .environment = {"PATH=/usr/bin:/bin"}};
}

// Runs `program` with one end of a connection as its standard input and output, like a CGI.
std::string run_over_socket(Program program, std::string_view input) {
  testing::Connected pair = testing::connect_pair();
  must(set_nonblocking(pair.server.get(), false));
  program.standard_input = pair.server.get();
  program.standard_output = pair.server.get();
  const pid_t child = must(spawn(program));
  pair.server.reset();
  must(send(pair.client.get(), input));
  must(shut_down(pair.client.get(), Direction::write));
  std::string output = testing::receive_all(pair.client.get());
  EXPECT_EQ(must(await_exit(child)).pid, child);
  return output;
}

// Checklist 22: the connection is the program's 0 and 1, so its output is the body.
TEST(Spawn, SpeaksOverASocket) {
  EXPECT_EQ(run_over_socket(shell("tr a-z A-Z"), "to the cgi\n"), "TO THE CGI\n");
}

// Checklist 5: the child gets 0, 1 and 2, and none of our other descriptors, not even one that a
// foreign library left without FD_CLOEXEC.
TEST(Spawn, InheritsNoOtherDescriptor) {
  const Fd ours{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  const Fd foreign{::open("/dev/null", O_RDONLY)};  // NOLINT(android-cloexec-open)
  // `ls` itself opens the directory, as descriptor 3.
  const Program list{.path = "/bin/ls", .arguments = {"ls", "/proc/self/fd"}};
  EXPECT_EQ(run_over_socket(list, ""), "0\n1\n2\n3\n");
}

TEST(Spawn, GivesEnvironmentAndDirectory) {
  Program program = shell("echo $NAME $HOME; pwd");
  program.environment.emplace_back("NAME=value");
  program.directory = "/usr";
  EXPECT_EQ(run_over_socket(program, ""), "value\n/usr\n");
}

TEST(Spawn, ReportsWhyItCouldNotStart) {
  EXPECT_EQ(error_code(spawn({.path = "/none", .arguments = {"none"}})), ENOENT);
  EXPECT_EQ(error_code(spawn({.path = "/tmp", .arguments = {"tmp"}})), EACCES);
  Program elsewhere = shell("true");
  elsewhere.directory = "/none";
  EXPECT_EQ(error_code(spawn(elsewhere)), ENOENT);
  EXPECT_EQ(error_code(reap_one()), ECHILD) << "a failed start leaves no child";
}

// The child starts with no signal blocked or ignored, whatever this process blocks and ignores.
TEST(Spawn, ResetsSignals) {
  must(ignore_sigpipe());
  must(block_signals({SIGTERM}));
  const std::string status = run_over_socket(shell("grep -E 'Sig(Blk|Ign)' /proc/self/status"), "");
  EXPECT_EQ(status, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

// Checklist 22: one dup2's source may be the other one's target, and vice versa.
TEST(Spawn, SwapsStandardDescriptors) {
  testing::Connected pair = testing::connect_pair();
  must(set_nonblocking(pair.server.get(), false));
  Program program = shell("echo out; echo err >&2");
  program.standard_output = 2;
  program.standard_error = pair.server.get();
  const pid_t child = must(spawn(program));
  pair.server.reset();
  EXPECT_EQ(testing::receive_all(pair.client.get()), "err\n");
  must(await_exit(child));
}

// Checklist 73: one SIGCHLD may stand for several children, so every one that has ended is reaped.
TEST(Reap, TakesEveryChildThatHasEnded) {
  constexpr int kChildren = 3;
  for (int number = 0; number < kChildren; ++number) {
    must(spawn(shell("exit " + std::to_string(number))));
  }
  int statuses = 0;
  for (int taken = 0; taken < kChildren;) {
    if (const auto child = must(reap_one())) {
      EXPECT_FALSE(child->killed);
      statuses |= 1 << child->status;
      ++taken;
    } else {
      ::usleep(1000);
    }
  }
  EXPECT_EQ(statuses, 0b111);
  const auto killed = must(await_exit(must(spawn(shell("kill -9 $$")))));
  EXPECT_TRUE(killed.killed);
  EXPECT_EQ(killed.status, SIGKILL);
}

}  // namespace
}  // namespace hpserver
