#pragma once

#include <algorithm>
#include <atomic>

namespace hpserver {

// Predicts, from earlier connections, whether a new one has already sent something: then reading at
// once saves a wait; otherwise, reading at once finds nothing. A wrong guess costs one system call.
// Any thread.
class EarlyReads {
 public:
  // Whether to read from the next connection at once. Sometimes true anyway, in order to learn.
  [[nodiscard]] bool expects_input() noexcept {
    if (score_.load(std::memory_order_relaxed) > 0) return true;
    const int skipped_count = skipped_count_.load(std::memory_order_relaxed) + 1;
    skipped_count_.store(skipped_count % kProbePeriod, std::memory_order_relaxed);
    return skipped_count == kProbePeriod;
  }

  // Records the result of its first read.
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
