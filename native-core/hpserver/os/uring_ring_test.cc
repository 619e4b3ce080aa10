#include "hpserver/os/uring_ring.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

namespace hpserver {
namespace {

TEST(UringErrors, NameTheCauseAndTheWayOut) {
  const auto explained = [](int code) { return explain_uring_error({code, "io_uring_setup"}); };
  EXPECT_NE(explained(ENOSYS).find("seccomp"), std::string::npos);
  EXPECT_NE(explained(EPERM).find("epoll"), std::string::npos);
  EXPECT_NE(explained(EINVAL).find("Linux 6.1"), std::string::npos);
  EXPECT_NE(explained(ENOMEM).find("ulimit -l"), std::string::npos);
  EXPECT_NE(explained(EMFILE).find("ulimit -n"), std::string::npos);
  EXPECT_EQ(explained(EIO), "cannot use io_uring: io_uring_setup: Input/output error (EIO)");
}

}  // namespace
}  // namespace hpserver
