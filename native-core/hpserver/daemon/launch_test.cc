#include "hpserver/daemon/launch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/prctl.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "hpserver/daemon/testing.h"
#include "hpserver/os/pipe.h"

namespace hpserver {
namespace {

// The daemon's report on itself.
struct Report {
  pid_t id = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  bool has_terminal = false;
};

Report report() {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  return {::getpid(), ::getppid(), ::getpgrp(), ::getsid(0), terminal != -1};
}

// Detaches in a child process; `body` runs in the daemon. Returns the exit status of the process
// that waited.
int launch(const std::function<void(const Launch&)>& body) {
  return testing::in_child([&] {
    const auto launched = Launch::detach();
    if (!launched) return 99;
    body(*launched);
    return 0;
  });
}

class LaunchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // Daemons are adopted by this process, and end before it does.
    ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    auto pipe = create_pipe({.nonblocking = false});
    ASSERT_TRUE(pipe);
    pipe_.emplace(std::move(*pipe));
  }
  void TearDown() override {
    while (::waitpid(-1, nullptr, 0) > 0) continue;
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  }

  template <typename Value>
  void write(const Value& value) const {
    static_cast<void>(!::write(pipe_->write_end.get(), &value, sizeof value));
  }
  template <typename Value>
  Value read() const {
    Value value{};
    static_cast<void>(
        retry_on_eintr([&] { return ::read(pipe_->read_end.get(), &value, sizeof value); }));
    return value;
  }

  std::optional<Pipe> pipe_;
};

TEST_F(LaunchTest, LeavesItsSessionAndLeadsAGroup) {
  const pid_t adopter = ::getpid();
  EXPECT_EQ(launch([&](const Launch& launched) {
              // The intermediate process may still be exiting.
              while (::getppid() != adopter) ::sched_yield();
              write(report());
              launched.ready();
            }),
            0);
  const auto daemon = read<Report>();
  EXPECT_EQ(daemon.parent, adopter);
  EXPECT_EQ(daemon.group, daemon.id);
  EXPECT_NE(daemon.session, daemon.id);
  EXPECT_NE(daemon.session, ::getsid(0));
  EXPECT_FALSE(daemon.has_terminal);
}

TEST_F(LaunchTest, WhoeverWaitsEndsWithFailureIfTheProgramEndsFirst) {
  EXPECT_EQ(launch([](const Launch&) {}), 1);
  EXPECT_EQ(launch([](const Launch&) { ::raise(SIGKILL); }), 1);
}

TEST_F(LaunchTest, WhoeverWaitsGoesOnlyWhenTheProgramServes) {
  const auto order = create_pipe({.nonblocking = false});
  ASSERT_TRUE(order);
  const pid_t waiting = ::fork();
  if (waiting == 0) {
    ::_exit(launch([&](const Launch& launched) {
      char go = 0;
      static_cast<void>(!::read(order->read_end.get(), &go, 1));
      launched.ready();
    }));
  }
  int status = 0;
  EXPECT_EQ(::waitpid(waiting, &status, WNOHANG), 0);
  EXPECT_EQ(::write(order->write_end.get(), "g", 1), 1);
  EXPECT_EQ(::waitpid(waiting, &status, 0), waiting);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(LaunchTest, GivesUpTheStandardStreams) {
  EXPECT_EQ(launch([this](const Launch& launched) {
              static_cast<void>(launched.give_up_streams());
              launched.ready();
              for (int stream = 0; stream <= 2; ++stream) {
                std::array<char, 64> path{};
                const auto link = "/proc/self/fd/" + std::to_string(stream);
                static_cast<void>(!::readlink(link.c_str(), path.data(), path.size() - 1));
                write(path);
              }
            }),
            0);
  for (int stream = 0; stream <= 2; ++stream) {
    EXPECT_STREQ((read<std::array<char, 64>>().data()), "/dev/null");
  }
}

TEST_F(LaunchTest, NobodyNeedWaitAnyMore) {
  EXPECT_EQ(testing::in_child([] {
              auto pipe = create_pipe({.nonblocking = false});
              if (!pipe) return 99;
              ::signal(SIGPIPE, SIG_IGN);
              const auto launched = Launch::resume(pipe->write_end.release());
              pipe->read_end.reset();
              if (!launched) return 1;
              launched->ready();
              return 0;
            }),
            0);
}

TEST_F(LaunchTest, SomebodyElseMayHaveDetached) {
  auto pipe = create_pipe({.nonblocking = false});
  ASSERT_TRUE(pipe);
  const int write_fd = pipe->write_end.get();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto launched = Launch::resume(write_fd);
    if (launched) launched->ready();
    ::_exit(0);
  }
  pipe->write_end.reset();
  EXPECT_EQ(await_launch(pipe->read_end), 0);
  EXPECT_FALSE(Launch::resume(-1));
}

TEST_F(LaunchTest, TheHeadOfAGroupCannotLeave) {
  EXPECT_EQ(testing::in_child([] {
              ::setpgid(0, 0);
              const auto left = leave_session();
              return left ? 0 : left.error().code;
            }),
            EPERM);
}

// An exception destroys the launch before its cause is reported.
TEST_F(LaunchTest, KeepsTheStarterWaitingUntilItHasSaidWhyItEnds) {
  EXPECT_EQ(testing::in_child([this] {
              {
                const auto launched = Launch::detach();
                if (!launched) return 99;
              }
              ::usleep(50'000);
              write('w');
              return 0;
            }),
            1);
  EXPECT_EQ(::fcntl(pipe_->read_end.get(), F_SETFL, O_NONBLOCK), 0);
  EXPECT_EQ(read<char>(), 'w');
}

}  // namespace
}  // namespace hpserver
