#include "hpserver/event/signal_source.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <set>
#include <thread>
#include <vector>

#include "hpserver/os/pipe.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::look;
using testing::must;

// Checklist 73: a signal is an event with a number and a sender.
TEST(SignalSource, ReportsWhatCameAndFromWhom) {
  must(block_signals({SIGHUP, SIGCHLD, SIGURG}));
  SignalSource source = must(SignalSource::create({SIGHUP, SIGCHLD, SIGURG}));
  EXPECT_EQ(look(source.fd(), POLLIN), 0);
  const auto ignore = [](const Signal&) { FAIL(); };
  EXPECT_EQ(must(source.drain(ignore)), 0U);
  ::kill(::getpid(), SIGHUP);
  ::kill(::getpid(), SIGURG);
  EXPECT_EQ(look(source.fd(), POLLIN), POLLIN);
  std::set<int> numbers;
  EXPECT_EQ(must(source.drain([&](const Signal& signal) {
              numbers.insert(signal.number);
              EXPECT_EQ(signal.sender, ::getpid());
            })),
            2U);
  EXPECT_EQ(numbers, (std::set<int>{SIGHUP, SIGURG}));
}

// Checklist 73: pending standard signals merge: one event stands for several.
TEST(SignalSource, MergesStandardSignals) {
  must(block_signals({SIGHUP}));
  SignalSource source = must(SignalSource::create({SIGHUP}));
  for (int time = 0; time < 10; ++time) ::kill(::getpid(), SIGHUP);
  EXPECT_EQ(must(source.drain([](const Signal&) {})), 1U);
}

// Checklist 73: no signal is lost when two threads queue 2000 of them, while the loop keeps
// reading.
TEST(SignalSource, LosesNoneOfTwoThousand) {
  constexpr int kPerThread = 1000;
  const int number = SIGRTMIN + 1;
  must(block_signals({number}));
  SignalSource source = must(SignalSource::create({number}));
  const auto send_all = [&](int from) {
    for (int value = from; value < from + kPerThread; ++value) {
      sigval queued{};
      queued.sival_int = value;
      // EAGAIN: RLIMIT_SIGPENDING is reached until the loop has read some.
      while (::sigqueue(::getpid(), number, queued) == -1) ::usleep(100);
    }
  };
  std::thread one{send_all, 0};
  std::thread two{send_all, kPerThread};
  std::vector<int> seen(2 * kPerThread);
  std::size_t count = 0;
  while (count < seen.size() && !::testing::Test::HasFailure()) {
    testing::await_events(source.fd(), POLLIN);
    count += must(source.drain(
        [&](const Signal& signal) { ++seen.at(static_cast<std::size_t>(signal.value)); }));
  }
  one.join();
  two.join();
  for (std::size_t value = 0; value < seen.size(); ++value) EXPECT_EQ(seen[value], 1) << value;
}

// Checklist 73: later threads inherit the mask.
TEST(BlockSignals, CoversThreadsStartedLater) {
  must(block_signals({SIGUSR1}));
  int blocked = 0;
  std::thread{[&] {
    sigset_t mask;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    blocked = ::sigismember(&mask, SIGUSR1);
  }}.join();
  EXPECT_EQ(blocked, 1);
  EXPECT_EQ(error_code(block_signals({1000})), EINVAL);
  EXPECT_EQ(error_code(SignalSource::create({1000})), EINVAL);
}

// Checklist 73: without a reader, only the write fails.
TEST(IgnoreSigpipe, TurnsItIntoEpipe) {
  must(ignore_sigpipe());
  Pipe pipe = must(create_pipe());
  pipe.read_end.reset();
  EXPECT_EQ(::write(pipe.write_end.get(), "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
}

// Case S13: `yes | head` must end in a child, even if this process was started with SIGPIPE
// ignored.
TEST(Signals, ThatAreDisregardedHaveTheirDefaultInPrograms) {
  ::signal(SIGPIPE, SIG_IGN);
  must(ignore_sigpipe());
  EXPECT_EQ(::raise(SIGPIPE), 0) << "nothing happens here";
  FILE* const program = ::popen("kill -PIPE $$; echo alive", "r");
  ASSERT_NE(program, nullptr);
  char text[16] = "";
  EXPECT_EQ(::fgets(text, sizeof text, program), nullptr) << text;
  const int status = ::pclose(program);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) << status;
}

// Case S19.
TEST(Signals, ThatAreDisregardedLeaveTheProgramItsOwnAction) {
  static volatile sig_atomic_t count = 0;
  ::signal(SIGUSR2, [](int) { count = count + 1; });
  must(disregard_signals({SIGUSR1, SIGUSR2, SIGALRM}));
  for (const int number : {SIGUSR1, SIGUSR2, SIGALRM}) EXPECT_EQ(::raise(number), 0);
  EXPECT_EQ(count, 1);
  ::signal(SIGUSR2, SIG_DFL);
}

}  // namespace
}  // namespace hpserver
