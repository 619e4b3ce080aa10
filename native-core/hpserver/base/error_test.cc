#include "hpserver/base/error.h"

#include <gtest/gtest.h>

#include <string>

#include "hpserver/base/result.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

TEST(Error, SaysCallTextAndName) {
  EXPECT_EQ((Error{EADDRINUSE, "bind"}.message()), "bind: Address already in use (EADDRINUSE)");
  EXPECT_EQ((Error{99999, "bind"}.message()), "bind: Unknown error (99999)");
}

// Checklist 48: EAGAIN and EWOULDBLOCK mean the same.
TEST(Error, KnowsWhatWouldBlock) {
  EXPECT_TRUE(would_block(Error{EAGAIN, "recv"}));
  EXPECT_TRUE(would_block(Error{EWOULDBLOCK, "recv"}));
  EXPECT_FALSE(would_block(Error{EINPROGRESS, "connect"}));
  EXPECT_FALSE(would_block(Error{ECONNRESET, "recv"}));
}

// Checklist 48: a call gives its value or its error, never both.
TEST(Result, HoldsAValueOrAnError) {
  const Result<std::string> good{std::string{"value"}};
  const Result<std::string> bad{Error{EPIPE, "send"}};
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(*good, "value");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().code, EPIPE);
  EXPECT_TRUE(Result<void>{}.ok());
  EXPECT_FALSE((Result<void>{Error{EPIPE, "send"}}.ok()));
}

// Checklist 48: a call is repeated only if a signal interrupted it.
TEST(RetryOnEintr, RepeatsInterruptedCallsOnly) {
  int calls = 0;
  const int result = retry_on_eintr([&] {
    errno = ++calls < 3 ? EINTR : EAGAIN;
    return -1;
  });
  EXPECT_EQ(result, -1);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(errno, EAGAIN);
}

}  // namespace
}  // namespace hpserver
