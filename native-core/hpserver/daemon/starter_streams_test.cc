#include "hpserver/daemon/starter_streams.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>

#include "hpserver/daemon/testing.h"
#include "hpserver/os/pipe.h"

namespace hpserver {
namespace {

bool is_null(int fd) {
  struct stat status{};
  struct stat null{};
  return ::fstat(fd, &status) == 0 && ::stat("/dev/null", &null) == 0 &&
         status.st_rdev == null.st_rdev;
}

bool give_up() {
  auto streams = StarterStreams::open();
  return streams && streams->give_up();
}

// Gives up a pipe that is standard error. Returns 0 if the descriptor that `also` has opened is
// /dev/null afterwards, 2 if it isn't.
int give_up_beside(const std::function<int()>& also) {
  return testing::in_child([&] {
    const auto pipe = create_pipe({.nonblocking = false});
    if (!pipe || ::dup2(pipe->write_end.get(), STDERR_FILENO) == -1) return 99;
    const int fd = also();
    if (!give_up()) return 99;
    for (const int stream : {0, 1, 2}) {
      if (!is_null(stream)) return 98;
    }
    if (fd > STDERR_FILENO && ::fcntl(fd, F_GETFD) != FD_CLOEXEC) return 97;
    return is_null(fd) ? 0 : 2;
  });
}

TEST(StarterStreams, AreGivenUp) {
  EXPECT_EQ(give_up_beside([] { return STDOUT_FILENO; }), 0);
}

// Like a log that must not make the shared stream non-blocking.
TEST(StarterStreams, AreGivenUpByWhoeverHasOpenedThem) {
  EXPECT_EQ(give_up_beside([] { return ::open("/proc/self/fd/2", O_WRONLY | O_CLOEXEC); }), 0);
  EXPECT_EQ(give_up_beside([] { return ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0); }), 0);
}

TEST(StarterStreams, LeaveOtherFilesAlone) {
  EXPECT_EQ(give_up_beside([] { return ::open("/dev/zero", O_WRONLY | O_CLOEXEC); }), 2);
  EXPECT_EQ(give_up_beside([] {
              const auto other = create_pipe({.nonblocking = false});
              return other ? ::fcntl(other->write_end.get(), F_DUPFD_CLOEXEC, 0) : -1;
            }),
            2);
}

TEST(StarterStreams, MayBeAFileThatIsALogToo) {
  const auto path = std::filesystem::temp_directory_path() / "starter-streams-test.log";
  EXPECT_EQ(testing::in_child([&] {
              const int log = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
              ::dup2(log, STDERR_FILENO);
              if (!give_up()) return 99;
              return is_null(STDERR_FILENO) && !is_null(log) ? 0 : 2;
            }),
            0);
  std::filesystem::remove(path);
}

TEST(StarterStreams, AreGivenUpInARootDirectoryWithoutThem) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may change the root directory";
  const auto empty = std::filesystem::temp_directory_path() / "starter-streams-root";
  std::filesystem::create_directory(empty);
  EXPECT_EQ(testing::in_child([&] {
              auto streams = StarterStreams::open();
              if (!streams || ::chroot(empty.c_str()) == -1) return 99;
              const int other = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
              if (StarterStreams::open()) return 98;
              return streams->give_up() && other != -1 ? 0 : 2;
            }),
            0);
  std::filesystem::remove(empty);
}

TEST(StarterStreams, WantDescriptors) {
  EXPECT_EQ(testing::in_child([] {
              constexpr rlimit kNone{.rlim_cur = 0, .rlim_max = 0};
              ::setrlimit(RLIMIT_NOFILE, &kNone);
              const auto streams = StarterStreams::open();
              return streams ? 0 : streams.error().code;
            }),
            EMFILE);
}

}  // namespace
}  // namespace hpserver
