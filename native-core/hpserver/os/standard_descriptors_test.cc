#include "hpserver/os/standard_descriptors.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <initializer_list>

namespace hpserver {
namespace {

bool is_null_device(int fd) {
  struct stat seen{};
  return ::fstat(fd, &seen) == 0 && S_ISCHR(seen.st_mode) && seen.st_rdev == makedev(1, 3);
}

// Closes these descriptors in a child process; returns 0 if they, and no others, become /dev/null.
int look_after(std::initializer_list<int> closed) {
  const pid_t child = ::fork();
  if (child == 0) {
    int ends[2];
    if (::pipe(ends) != 0) ::_exit(3);
    for (int fd = 0; fd < 3; ++fd) ::dup2(ends[1], fd);
    for (const int fd : closed) ::close(fd);
    if (!open_standard_descriptors()) ::_exit(2);
    for (int fd = 0; fd < 3; ++fd) {
      bool was_closed = false;
      for (const int one : closed) was_closed = was_closed || one == fd;
      if (is_null_device(fd) != was_closed) ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Case S12.
TEST(StandardDescriptors, AreTheNullDeviceWhereTheyWereClosed) {
  EXPECT_EQ(look_after({}), 0);
  EXPECT_EQ(look_after({0, 1, 2}), 0);
  EXPECT_EQ(look_after({0}), 0);
  EXPECT_EQ(look_after({1}), 0);
  EXPECT_EQ(look_after({0, 2}), 0);
}

}  // namespace
}  // namespace hpserver
