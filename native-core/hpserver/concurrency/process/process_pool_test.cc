#include "hpserver/concurrency/process/process_pool.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "hpserver/event/notices.h"
#include "hpserver/event/reactor.h"
#include "hpserver/os/limits.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/testing.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "hpserver/socket/fd_passing.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;

int await_signal() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGTERM);
  ::sigaddset(&set, SIGHUP);
  int number = 0;
  ::sigwait(&set, &number);
  return number;
}

int serve_until_told(WorkerContext& worker) {
  worker.report_serving();
  await_signal();
  return 0;
}

// Keeps every connection that it is handed, even at the last moment, and sends each client the
// worker's name.
int answer_until_told(WorkerContext& worker) {
  worker.report_serving();
  std::vector<Fd> held;
  pollfd channel{worker.channel.get(), POLLIN, 0};
  const auto signals = SignalSource::create({SIGTERM});
  pollfd both[] = {channel, {signals->fd(), POLLIN, 0}};
  while (::poll(both, 2, -1) > 0) {
    auto conn = receive_fd(worker.channel.get());
    if ((!conn || !conn->valid()) && both[1].revents != 0) break;
    if (!conn || !conn->valid()) continue;
    worker.status().connections.open_count += 1;
    worker.status().received_count += 1;
    const char name = static_cast<char>('0' + worker.index);
    EXPECT_EQ(::write(conn->get(), &name, 1), 1);
    held.push_back(std::move(*conn));
  }
  return 0;
}

class ProcessPoolTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::pthread_sigmask(SIG_SETMASK, nullptr, &mask_before_);
    ASSERT_TRUE(block_signals({SIGTERM, SIGHUP}));
    auto poller = make_poller<EpollPoller>();
    ASSERT_TRUE(poller);
    auto loop = Reactor::create(std::move(*poller));
    ASSERT_TRUE(loop);
    loop_ = std::move(*loop);
  }

  void TearDown() override {
    pool_.reset();
    ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  }

  void create(ProcessPoolOptions options, ProcessPool::Body body) {
    options.on_notice = [this](const WorkerNotice& notice) { notices_.push_back(notice); };
    auto pool = ProcessPool::create(*loop_, std::move(options), std::move(body));
    ASSERT_TRUE(pool);
    pool_ = std::move(*pool);
  }

  void start(ProcessPoolOptions options, ProcessPool::Body body) {
    create(std::move(options), std::move(body));
    ASSERT_TRUE(pool_->start());
  }

  template <typename Condition>
  [[nodiscard]] bool turn_until(Condition condition) {
    const Deadline end = Clock::now() + testing::kHang;
    while (!condition()) {
      if (Clock::now() > end || !loop_->turn(milliseconds{10})) return false;
    }
    return true;
  }

  [[nodiscard]] bool turn_until_serving(std::size_t count) {
    return turn_until([&] {
      std::size_t serving_count = 0;
      for (const WorkerStatus& status : pool_->statuses()) {
        if (status.state == WorkerState::serving) ++serving_count;
      }
      return serving_count == count;
    });
  }

  [[nodiscard]] bool turn_until_drained() {
    bool drained = false;
    pool_->drain([&] { drained = true; });
    return turn_until([&] { return drained; });
  }

  [[nodiscard]] const WorkerStatus& status_of(std::size_t index) const {
    return pool_->statuses()[index];
  }

  // Hands over one end of a new connection, and keeps the other.
  [[nodiscard]] Fd connect_to_worker() {
    auto pair = create_socket_pair({.nonblocking = false});
    pool_->hand_over(std::move(pair->first));
    return std::move(pair->second);
  }

  // The worker that answered; 0 at the end of the stream.
  [[nodiscard]] static char read_name(const Fd& conn) {
    char name = 0;
    return ::read(conn.get(), &name, 1) == 1 ? name : '\0';
  }

  std::unique_ptr<Reactor> loop_;
  std::vector<WorkerNotice> notices_;
  std::unique_ptr<ProcessPool> pool_;

 private:
  sigset_t mask_before_{};
};

TEST_F(ProcessPoolTest, RunsItsBodyInProcessesOfOneGroupThatIsNotTheParents) {
  start({.workers = 3}, serve_until_told);
  ASSERT_TRUE(turn_until_serving(3));
  EXPECT_EQ(pool_->live_count(), 3U);
  EXPECT_NE(pool_->group(), ::getpgrp());
  for (const WorkerStatus& status : pool_->statuses()) {
    EXPECT_NE(status.pid, ::getpid());
    EXPECT_EQ(::getpgid(status.pid), pool_->group());
  }
}

TEST_F(ProcessPoolTest, DrainsByASignalToTheGroup) {
  start({.workers = 3}, serve_until_told);
  ASSERT_TRUE(turn_until_drained());
  EXPECT_EQ(pool_->live_count(), 0U);
  EXPECT_EQ(pool_->group(), 0);
  EXPECT_TRUE(notices_.empty());
}

TEST_F(ProcessPoolTest, PassesHangUpsOn) {
  start({.workers = 2}, [](WorkerContext& worker) {
    worker.report_serving();
    return await_signal() == SIGHUP ? 5 : 6;
  });
  ASSERT_TRUE(turn_until_serving(2));
  pool_->relay(SIGHUP);
  ASSERT_TRUE(turn_until([&] { return notices_.size() == 2; }));
  EXPECT_EQ(notices_[0].exit->status, 5);
  EXPECT_EQ(notices_[1].exit->status, 5);
}

TEST_F(ProcessPoolTest, ReplacesAKilledWorkerAtOnceAndTakesBackWhatItHadOpen) {
  start({.workers = 2}, [](WorkerContext& worker) {
    if (worker.status().restart_count == 0) worker.status().connections.open_count = 100;
    return serve_until_told(worker);
  });
  ASSERT_TRUE(turn_until_serving(2));
  const pid_t killed = status_of(1).pid;
  const pid_t other = status_of(0).pid;
  ::kill(killed, SIGKILL);
  ASSERT_TRUE(turn_until([&] { return status_of(1).restart_count == 1; }));
  ASSERT_TRUE(turn_until_serving(2));
  EXPECT_NE(status_of(1).pid, killed);
  EXPECT_EQ(status_of(0).pid, other);
  EXPECT_EQ(status_of(0).connections.open_count, 100U);
  EXPECT_EQ(status_of(1).connections.open_count, 0U);
  ASSERT_EQ(notices_.size(), 1U);
  EXPECT_EQ(notices_[0].index, 1U);
  EXPECT_EQ(notices_[0].exit->pid, killed);
  EXPECT_TRUE(notices_[0].exit->killed);
  EXPECT_EQ(notices_[0].restart_in, milliseconds{0});
}

TEST_F(ProcessPoolTest, StartsTheOnlyWorkerAnewInANewGroup) {
  start({.workers = 1}, serve_until_told);
  const pid_t first_group = pool_->group();
  ::kill(-first_group, SIGKILL);
  ASSERT_TRUE(turn_until([&] { return status_of(0).restart_count == 1; }));
  ASSERT_TRUE(turn_until_serving(1));
  EXPECT_EQ(pool_->group(), status_of(0).pid);
  EXPECT_EQ(::getpgid(status_of(0).pid), pool_->group());
}

TEST_F(ProcessPoolTest, LeavesAWorkerThatDiesYoungEverMoreTime) {
  start({.workers = 1},
        [](WorkerContext& worker) { return worker.fail(Error{EMFILE, "epoll_create1"}); });
  ASSERT_TRUE(turn_until([&] { return notices_.size() == 4; }));
  const int delays[] = {0, 100, 200, 400};
  for (std::size_t death = 0; death < std::size(delays); ++death) {
    EXPECT_EQ(notices_[death].restart_in, milliseconds{delays[death]});
    EXPECT_EQ(notices_[death].exit->status, 1);
    EXPECT_EQ(notices_[death].failure->code, EMFILE);
    EXPECT_STREQ(notices_[death].failure->operation, "epoll_create1");
  }
  ASSERT_TRUE(turn_until_drained());
}

TEST_F(ProcessPoolTest, SaysWhatKeepsItFromStarting) {
  create({.workers = 2}, serve_until_told);
  const testing::DescriptorLimit none(3);
  const auto started = pool_->start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, EMFILE);
  EXPECT_EQ(pool_->live_count(), 0U);
}

TEST_F(ProcessPoolTest, TriesAgainWhenNoProcessCanBeStarted) {
  start({.workers = 2}, serve_until_told);
  ASSERT_TRUE(turn_until_serving(2));
  {
    const testing::DescriptorLimit none(3);
    ::kill(status_of(0).pid, SIGKILL);
    ASSERT_TRUE(turn_until([&] { return notices_.size() >= 3; }));
  }
  EXPECT_FALSE(notices_[2].exit);
  EXPECT_EQ(notices_[2].failure->code, EMFILE);
  ASSERT_TRUE(turn_until_serving(2));
}

TEST_F(ProcessPoolTest, KillsAWorkerThatDoesNotDrain) {
  start({.workers = 2, .max_workers = 2, .kill_timeout = milliseconds{100}},
        [](WorkerContext& worker) {
          worker.report_serving();
          while (true) ::pause();
          return 0;
        });
  ASSERT_TRUE(turn_until_serving(2));
  ASSERT_TRUE(turn_until_drained());
  ASSERT_EQ(notices_.size(), 2U);
  EXPECT_EQ(notices_[0].exit->status, SIGKILL);
  EXPECT_FALSE(notices_[0].restart_in);
}

TEST_F(ProcessPoolTest, PassesTheSecondRequestToEndOn) {
  start({.workers = 2}, [](WorkerContext& worker) {
    worker.report_serving();
    await_signal();
    worker.report_serving();
    worker.status().received_count = 1;
    await_signal();
    return 0;
  });
  ASSERT_TRUE(turn_until_serving(2));
  bool drained = false;
  pool_->drain([&] { drained = true; });
  ASSERT_TRUE(turn_until(
      [&] { return status_of(0).received_count == 1 && status_of(1).received_count == 1; }));
  EXPECT_FALSE(drained);
  pool_->end();
  EXPECT_TRUE(turn_until([&] { return drained; }));
}

TEST_F(ProcessPoolTest, HandsConnectionsToTheWorkerWithTheFewest) {
  start({.workers = 3}, answer_until_told);
  ASSERT_TRUE(turn_until_serving(3));
  // A burst: none of them has been counted yet.
  std::vector<Fd> conns;
  for (int count = 0; count < 30; ++count) conns.push_back(connect_to_worker());
  for (const Fd& conn : conns) EXPECT_NE(read_name(conn), '\0');
  for (const WorkerStatus& status : pool_->statuses()) {
    EXPECT_EQ(status.connections.open_count, 10U);
  }
}

TEST_F(ProcessPoolTest, LosesOnlyTheConnectionsOfAKilledWorker) {
  start({.workers = 2}, answer_until_told);
  ASSERT_TRUE(turn_until_serving(2));
  std::vector<Fd> conns;
  std::string names;
  for (int count = 0; count < 10; ++count) conns.push_back(connect_to_worker());
  for (const Fd& conn : conns) names += read_name(conn);
  ::kill(status_of(0).pid, SIGKILL);
  for (std::size_t index = 0; index < conns.size(); ++index) {
    pollfd end{conns[index].get(), POLLIN, 0};
    if (names[index] == '0') {
      EXPECT_EQ(read_name(conns[index]), '\0');
    } else {
      EXPECT_EQ(::poll(&end, 1, 0), 0) << "is still open";
    }
  }
  ASSERT_TRUE(turn_until([&] { return status_of(0).restart_count == 1; }));
  ASSERT_TRUE(turn_until_serving(2));
  EXPECT_EQ(read_name(connect_to_worker()), '0');
}

TEST_F(ProcessPoolTest, FindsAnotherWorkerBeforeTheDeathOfOneIsKnown) {
  start({.workers = 2}, answer_until_told);
  ASSERT_TRUE(turn_until_serving(2));
  ::kill(status_of(0).pid, SIGKILL);
  siginfo_t ended{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(status_of(0).pid), &ended, WEXITED | WNOWAIT), 0);
  for (int count = 0; count < 4; ++count) EXPECT_EQ(read_name(connect_to_worker()), '1');
}

// As in case T9: a worker's socket holds about 280.
TEST_F(ProcessPoolTest, ConnectionsWaitForAWorkerThatIsBusy) {
  start({.workers = 1}, answer_until_told);
  ASSERT_TRUE(turn_until_serving(1));
  ::kill(status_of(0).pid, SIGSTOP);
  std::vector<Fd> conns;
  for (int count = 0; count < 450; ++count) conns.push_back(connect_to_worker());
  EXPECT_LT(status_of(0).received_count, conns.size());
  ::kill(status_of(0).pid, SIGCONT);
  ASSERT_TRUE(turn_until([&] { return status_of(0).received_count == conns.size(); }));
  for (const Fd& conn : conns) EXPECT_EQ(read_name(conn), '0');
}

TEST_F(ProcessPoolTest, ConnectionsWaitForAWorkerThatStartsAnew) {
  // Each instance of the worker reads a byte before it serves, so none is ready too early.
  const auto lives = create_pipe({.nonblocking = false});
  ASSERT_TRUE(lives);
  const auto let_serve = [&] { return ::write(lives->write_end.get(), "", 1) == 1; };
  start({.workers = 1}, [&lives](WorkerContext& worker) {
    char life = 0;
    EXPECT_EQ(::read(lives->read_end.get(), &life, 1), 1);
    return answer_until_told(worker);
  });
  ASSERT_TRUE(let_serve());
  ASSERT_TRUE(turn_until_serving(1));
  ::kill(status_of(0).pid, SIGKILL);
  ASSERT_TRUE(turn_until([&] { return status_of(0).restart_count == 1; }));
  ASSERT_FALSE(pool_->serves());
  const Fd conn = connect_to_worker();
  ASSERT_TRUE(let_serve());
  ASSERT_TRUE(turn_until_serving(1));
  ASSERT_TRUE(turn_until([&] { return status_of(0).received_count == 1; }));
  EXPECT_EQ(read_name(conn), '0');
  // The replacement has no second copy of it, which would keep it open.
  ASSERT_TRUE(turn_until_drained());
  EXPECT_EQ(read_name(conn), '\0');
}

TEST_F(ProcessPoolTest, ADrainHandsOverWhatWaits) {
  start({.workers = 1}, answer_until_told);
  ASSERT_TRUE(turn_until_serving(1));
  ::kill(status_of(0).pid, SIGSTOP);
  std::vector<Fd> conns;
  for (int count = 0; count < 450; ++count) conns.push_back(connect_to_worker());
  ::kill(status_of(0).pid, SIGCONT);
  ASSERT_TRUE(turn_until_drained());
  EXPECT_EQ(status_of(0).received_count, conns.size());
}

TEST_F(ProcessPoolTest, SaysThatItHasRefusedWhatItHasNoRoomFor) {
  ASSERT_TRUE(raise_descriptor_limit());
  start({.workers = 1}, serve_until_told);
  ASSERT_TRUE(turn_until_serving(1));
  std::vector<std::string> told;
  loop_->notices().tell_to([&](const std::string& line) { told.push_back(line); });
  const auto pair = create_socket_pair();
  std::size_t count = 0;
  for (; told.empty() && count < 100'000; ++count) {
    pool_->hand_over(Fd(::fcntl(pair->first.get(), F_DUPFD_CLOEXEC, 0)));
  }
  EXPECT_GT(count, WaitingConnections::kMaxCount);
  EXPECT_LT(count, 100'000U);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0], "a connection was refused: too many connections are waiting for a worker");
  loop_->notices().tell_to(nullptr);
}

TEST_F(ProcessPoolTest, GrowsWhileAllAreBusyAndShrinksWhenTheyAreNot) {
  start({.workers = 1, .max_workers = 2, .busy_count = 2, .idle_time = milliseconds{50}},
        answer_until_told);
  ASSERT_TRUE(turn_until_serving(1));
  std::vector<Fd> conns;
  for (int count = 0; count < 2; ++count) conns.push_back(connect_to_worker());
  ASSERT_TRUE(turn_until_serving(2));
  ASSERT_TRUE(turn_until([&] { return status_of(1).state == WorkerState::vacant; }));
  EXPECT_TRUE(notices_.empty()) << "it was asked to end";
  ASSERT_TRUE(turn_until_serving(2)) << "the first one is still busy";
}

TEST_F(ProcessPoolTest, NeverGrowsBeyondItsCap) {
  start({.workers = 1, .max_workers = 2, .busy_count = 0}, serve_until_told);
  ASSERT_TRUE(turn_until_serving(2));
  const Deadline later = Clock::now() + milliseconds{600};
  ASSERT_TRUE(turn_until([&] { return Clock::now() > later; }));
  EXPECT_EQ(pool_->live_count(), 2U);
}

TEST_F(ProcessPoolTest, SurvivesThousandsOfSignals) {
  start({.workers = 2}, serve_until_told);
  ASSERT_TRUE(turn_until_serving(2));
  for (int round = 0; round < 4; ++round) {
    const auto restarts = status_of(0).restart_count.load();
    ::kill(status_of(0).pid, SIGKILL);
    for (int count = 0; count < 500; ++count) ::kill(::getpid(), SIGCHLD);
    ASSERT_TRUE(turn_until([&] { return status_of(0).restart_count == restarts + 1; }));
    ASSERT_TRUE(turn_until_serving(2));
  }
  EXPECT_EQ(notices_.size(), 4U);
}

TEST_F(ProcessPoolTest, LeavesAReplacementNoMoreDescriptorsThanTheFirst) {
  start({.workers = 3}, [](WorkerContext& worker) {
    using Entries = std::filesystem::directory_iterator;
    const auto count = std::distance(Entries("/proc/self/fd"), Entries());
    worker.status().received_count = static_cast<std::uint64_t>(count);
    return serve_until_told(worker);
  });
  ASSERT_TRUE(turn_until_serving(3));
  const auto count = status_of(0).received_count.load();
  EXPECT_EQ(status_of(2).received_count, count);
  ::kill(status_of(2).pid, SIGKILL);
  ASSERT_TRUE(turn_until([&] { return status_of(2).restart_count == 1; }));
  ASSERT_TRUE(turn_until_serving(3));
  EXPECT_EQ(status_of(2).received_count, count);
}

TEST_F(ProcessPoolTest, LetsAWorkerHearOfItsOwnChildren) {
  start({.workers = 1}, [](WorkerContext& worker) {
    sigset_t mask;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    const bool as_before = ::sigismember(&mask, SIGCHLD) == 0 && ::sigismember(&mask, SIGTERM) == 1;
    worker.status().received_count = as_before ? 1 : 2;
    return serve_until_told(worker);
  });
  ASSERT_TRUE(turn_until_serving(1));
  EXPECT_EQ(status_of(0).received_count, 1U);
}

TEST_F(ProcessPoolTest, EndsItsWorkersWhenTheParentIsKilled) {
  auto held_open = create_pipe({.nonblocking = false});
  ASSERT_TRUE(held_open);
  const pid_t parent = ::fork();
  if (parent == 0) {
    create({.workers = 2}, serve_until_told);
    static_cast<void>(pool_->start());
    static_cast<void>(turn_until_serving(2));
    ::raise(SIGKILL);
  }
  held_open->write_end.reset();
  ASSERT_TRUE(await_exit(parent));
  char byte = 0;
  EXPECT_EQ(::read(held_open->read_end.get(), &byte, 1), 0) << "nobody holds the pipe any more";
}

}  // namespace
}  // namespace hpserver
