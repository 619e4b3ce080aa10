// Many tests run in one process, yet each finds it in the same state as the first one did: what a
// test changes for the whole process is restored after it, and a test fails for its own leaks.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <memory>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace hpserver {
namespace {

// Signals 1 to 31: signal(7). Code that needs a later one claims it, and gives it back.
constexpr int kFirstRealTimeSignal = 32;

// Limits that the library reads, or that tests lower.
constexpr std::array kLimits{RLIMIT_NOFILE, RLIMIT_SIGPENDING, RLIMIT_NPROC};

// The state of the process when this object was created.
class ProcessState {
 public:
  ProcessState() {
    ::pthread_sigmask(SIG_SETMASK, nullptr, &mask_);
    for (int number = 1; number < kFirstRealTimeSignal; ++number) {
      ::sigaction(number, nullptr, &action_of(number));
    }
    for (std::size_t index = 0; index < kLimits.size(); ++index) {
      ::getrlimit(kLimits[index], &limits_[index]);
    }
  }

  void restore() {
    discard_pending();
    for (int number = 1; number < kFirstRealTimeSignal; ++number) {
      ::sigaction(number, &action_of(number), nullptr);  // EINVAL for SIGKILL and SIGSTOP
    }
    ::pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    for (std::size_t index = 0; index < kLimits.size(); ++index) {
      ::setrlimit(kLimits[index], &limits_[index]);
    }
  }

 private:
  // If they were unblocked, they would end the process now.
  static void discard_pending() {
    sigset_t pending;
    ::sigpending(&pending);
    constexpr timespec kNow{};
    while (::sigtimedwait(&pending, nullptr, &kNow) > 0) continue;
  }

  struct sigaction& action_of(int number) { return actions_[static_cast<std::size_t>(number)]; }

  sigset_t mask_{};
  std::array<struct sigaction, kFirstRealTimeSignal> actions_{};
  std::array<rlimit, kLimits.size()> limits_{};
};

// Listeners hear of a test's end in reverse order: this one before the result is printed.
class FreshProcess final : public ::testing::EmptyTestEventListener {
 public:
  void OnTestStart(const ::testing::TestInfo&) override {
    state_ = std::make_unique<ProcessState>();
  }

  void OnTestEnd(const ::testing::TestInfo&) override {
    state_->restore();
    state_.reset();
#ifdef __SANITIZE_ADDRESS__
    // Every later check would find the same leak again, so the process runs no further test.
    if (__lsan_do_recoverable_leak_check() != 0) std::_Exit(EXIT_FAILURE);
#endif
  }

 private:
  std::unique_ptr<ProcessState> state_;
};

[[maybe_unused]] const bool kIsListening = [] {
  ::testing::UnitTest::GetInstance()->listeners().Append(
      std::make_unique<FreshProcess>().release());  // googletest owns it from now on
  return true;
}();

}  // namespace
}  // namespace hpserver
