#include "hpserver/os/limits.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace hpserver {
namespace {

// Restricts this process to one core, as `taskset` and containers do.
class FewerCores : public ::testing::Test {
 protected:
  FewerCores() {
    EXPECT_EQ(::sched_getaffinity(0, sizeof before_, &before_), 0);
    int first = 0;
    while (CPU_ISSET(first, &before_) == 0) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    EXPECT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
  }
  ~FewerCores() override { ::sched_setaffinity(0, sizeof before_, &before_); }

  cpu_set_t before_{};
};

TEST_F(FewerCores, AreTheOnesThatCount) {
  EXPECT_EQ(usable_core_count(), 1U);
}

// Runs `lower` in a child process, since a lowered limit can't be raised again.
template <typename Lower>
int code_after(Lower lower) {
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<void> lowered = lower();
    ::_exit(lowered ? 0 : lowered.error().code);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WEXITSTATUS(status);
}

TEST(ResourceLimits, AreLoweredForGood) {
  EXPECT_EQ(code_after([]() -> Result<void> {
              if (const auto done = limit_core_file(0); !done) return done;
              rlimit core{};
              ::getrlimit(RLIMIT_CORE, &core);
              return core.rlim_cur == 0 && core.rlim_max == 0 ? Result<void>() : Error{EDOM, ""};
            }),
            0);
  EXPECT_EQ(code_after([]() -> Result<void> {
              if (::setresuid(65534, 65534, 65534) == -1) return Error{EPERM, "setresuid"};
              if (const auto done = limit_core_file(0); !done) return done;
              return limit_core_file(1);
            }),
            EPERM);
}

TEST(ResourceLimits, OfMemoryRefuseWhatIsBeyond) {
  constexpr std::uint64_t kOneTebibyte = std::uint64_t{1} << 40;
  EXPECT_EQ(code_after([]() -> Result<void> {
              if (const auto done = limit_address_space(kOneTebibyte); !done) return done;
              const auto size = static_cast<std::size_t>(2 * kOneTebibyte);
              constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
              void* const much = ::mmap(nullptr, size, PROT_READ, kFlags, -1, 0);
              return much == MAP_FAILED ? Result<void>(last_error("mmap")) : Result<void>();
            }),
            ENOMEM);
}

}  // namespace
}  // namespace hpserver
