#include "hpserver/os/fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/file_lock.h"
#include "hpserver/os/limits.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/os/testing.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/socket/listen.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;
using testing::open_descriptor_count;

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) != -1;
}

// Checklist 19: an Fd closes its descriptor exactly once.
TEST(Fd, ClosesWhatItOwns) {
  const std::size_t before = open_descriptor_count();
  {
    Pipe pipe = must(create_pipe());
    const int number = pipe.read_end.get();
    Fd moved = std::move(pipe.read_end);
    EXPECT_FALSE(pipe.read_end.valid());
    EXPECT_EQ(moved.get(), number);
    moved.reset();
    EXPECT_FALSE(is_open(number));
    EXPECT_TRUE(is_open(pipe.write_end.get()));
    const Fd again{pipe.write_end.release()};
    EXPECT_TRUE(is_open(again.get()));
  }
  EXPECT_EQ(open_descriptor_count(), before);
}

TEST(Fd, KeepsErrnoWhenItCloses) {
  Fd fd{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  errno = EPIPE;
  fd.reset(-1);
  EXPECT_EQ(errno, EPIPE);
}

// Checklist 5: every descriptor of this library is close-on-exec from the start.
TEST(Fd, IsCloseOnExecFromBirth) {
  const Pipe pipe = must(create_pipe());
  const SocketPair pair = must(create_socket_pair());
  const EventFd event_fd = must(EventFd::create());
  const EpollPoller poller = must(EpollPoller::create());
  must(block_signals({SIGUSR2}));
  const SignalSource signals = must(SignalSource::create({SIGUSR2}));
  const testing::Connected connected = testing::connect_pair();
  const Fd copy = must(duplicate(pair.first.get()));
  for (const int fd :
       {pipe.read_end.get(), pipe.write_end.get(), pair.first.get(), pair.second.get(),
        event_fd.fd(), poller.native_handle(), signals.fd(), connected.listener.get(),
        connected.client.get(), connected.server.get(), copy.get()}) {
    EXPECT_TRUE(must(is_close_on_exec(fd))) << fd;
  }
  EXPECT_TRUE(must(is_nonblocking(connected.listener.get())));
  EXPECT_TRUE(must(is_nonblocking(connected.server.get())));
}

// Checklist 28: flags are read, modified and written back, so the other flags survive.
TEST(FdFlags, ChangesOneFlagAndKeepsTheRest) {
  const Fd file{::open("/dev/null", O_WRONLY | O_APPEND | O_CLOEXEC)};
  must(set_nonblocking(file.get(), true));
  EXPECT_TRUE(must(is_nonblocking(file.get())));
  EXPECT_TRUE(::fcntl(file.get(), F_GETFL) & O_APPEND);
  must(set_nonblocking(file.get(), false));
  EXPECT_FALSE(must(is_nonblocking(file.get())));
  EXPECT_TRUE(::fcntl(file.get(), F_GETFL) & O_APPEND);
  must(set_close_on_exec(file.get(), false));
  EXPECT_FALSE(must(is_close_on_exec(file.get())));
  EXPECT_EQ(error_code(set_nonblocking(-1, true)), EBADF);
}

// Checklist 28: O_NONBLOCK belongs to the open file, FD_CLOEXEC to the descriptor.
TEST(FdFlags, SharesNonblockingWithDuplicatesOnly) {
  const Pipe pipe = must(create_pipe({.nonblocking = false}));
  const Fd copy = must(duplicate(pipe.read_end.get(), 100));
  EXPECT_GE(copy.get(), 100);
  must(set_nonblocking(copy.get(), true));
  EXPECT_TRUE(must(is_nonblocking(pipe.read_end.get())));
  must(set_close_on_exec(copy.get(), false));
  EXPECT_TRUE(must(is_close_on_exec(pipe.read_end.get())));
}

// Checklist 28: F_SETOWN_EX, F_SETSIG, O_ASYNC, and FIONREAD by ioctl.
TEST(FdFlags, DirectsSignalsAndCountsBytes) {
  const SocketPair pair = must(create_socket_pair());
  must(set_signal_owner(pair.first.get(), ::gettid()));
  must(set_io_signal(pair.first.get(), SIGRTMIN));
  f_owner_ex owner{};
  ASSERT_EQ(::fcntl(pair.first.get(), F_GETOWN_EX, &owner), 0);
  EXPECT_EQ(owner.type, F_OWNER_TID);
  EXPECT_EQ(owner.pid, ::gettid());
  EXPECT_EQ(::fcntl(pair.first.get(), F_GETSIG), SIGRTMIN);
  must(set_signal_driven(pair.first.get(), true));
  EXPECT_TRUE(::fcntl(pair.first.get(), F_GETFL) & O_ASYNC);
  must(set_signal_driven(pair.first.get(), false));
  must(send(pair.second.get(), "12345"));
  EXPECT_EQ(must(readable_bytes(pair.first.get())), 5U);
}

// Checklist 28: F_SETLK refuses the lock to a second process.
TEST(FileLock, KeepsOtherProcessesOut) {
  char path[] = "/tmp/hpserver_lock_XXXXXX";
  const Fd file{::mkstemp(path)};
  must(try_lock_file(file.get()));
  const pid_t child = ::fork();
  if (child == 0) {
    const Fd other{::open(path, O_RDWR | O_CLOEXEC)};
    ::_exit(error_code(try_lock_file(other.get())));
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), EAGAIN);
  ::unlink(path);
}

TEST(Limits, RaisesTheSoftLimitToTheHardOne) {
  const DescriptorLimit before = must(descriptor_limit());
  const DescriptorLimit after = must(raise_descriptor_limit());
  EXPECT_EQ(after.soft, before.hard);
  EXPECT_EQ(must(descriptor_limit()).soft, after.soft);
}

}  // namespace
}  // namespace hpserver
