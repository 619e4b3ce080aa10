#pragma once

#include <algorithm>
#include <atomic>

namespace hpserver {

// Whether connections have sent something by the time that they are accepted, as those before them
// did: then it is read at once, which saves to ask when. Else to read would be in vain. What is
// expected is a guess: a wrong one costs a system call. Any thread.
class EarlyReads {
 public:
  // The next connection begins: is it to be read from at once? Now and then it is anyway, to learn.
  [[nodiscard]] bool expects_input() noexcept {
    if (score_.load(std::memory_order_relaxed) > 0) return true;
    const int skipped_count = skipped_count_.load(std::memory_order_relaxed) + 1;
    skipped_count_.store(skipped_count % kProbePeriod, std::memory_order_relaxed);
    return skipped_count == kProbePeriod;
  }

  // How its first read went.
  void note(bool brought_something) noexcept {
    const int score = score_.load(std::memory_order_relaxed);
    score_.store(std::clamp(score + (brought_something ? 1 : -1), -kMostScore, kMostScore),
                 std::memory_order_relaxed);
  }

 private:
  static constexpr int kMostScore = 4;
  static constexpr int kProbePeriod = 16;

  std::atomic<int> score_{kMostScore};
  std::atomic<int> skipped_count_{0};
};

}  // namespace hpserver
