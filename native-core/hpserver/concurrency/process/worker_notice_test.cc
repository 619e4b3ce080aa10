#include "hpserver/concurrency/process/worker_notice.h"

#include <gtest/gtest.h>

#include <csignal>

namespace hpserver {
namespace {

using std::chrono::milliseconds;

TEST(WorkerNotice, TellsWhatKilledAWorkerAndWhenItStartsAnew) {
  const WorkerNotice notice{.index = 2,
                            .exit = ChildExit{.pid = 41, .status = SIGSEGV, .killed = true},
                            .failure = {},
                            .restart_in = milliseconds{0}};
  EXPECT_EQ(describe(notice),
            "worker 2 (pid 41) was killed by signal 11 (Segmentation fault); restarting at once");
}

TEST(WorkerNotice, TellsWhatAWorkerGaveUpFor) {
  const WorkerNotice notice{.index = 0,
                            .exit = ChildExit{.pid = 7, .status = 1},
                            .failure = Error{EMFILE, "epoll_create1"},
                            .restart_in = milliseconds{400}};
  EXPECT_EQ(describe(notice),
            "worker 0 (pid 7) exited with status 1: epoll_create1: Too many open files (EMFILE); "
            "restarting in 400 ms");
}

TEST(WorkerNotice, TellsWhyThereIsNoProcess) {
  const WorkerNotice notice{
      .index = 1, .exit = {}, .failure = Error{EAGAIN, "fork"}, .restart_in = milliseconds{100}};
  EXPECT_EQ(describe(notice),
            "worker 1 could not be started: fork: Resource temporarily unavailable (EAGAIN); "
            "restarting in 100 ms");
}

TEST(WorkerNotice, PromisesNothingWhileTheServerEnds) {
  const WorkerNotice notice{.index = 3,
                            .exit = ChildExit{.pid = 9, .status = SIGKILL, .killed = true},
                            .failure = {},
                            .restart_in = {}};
  EXPECT_EQ(describe(notice), "worker 3 (pid 9) was killed by signal 9 (Killed)");
}

}  // namespace
}  // namespace hpserver
