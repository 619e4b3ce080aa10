#pragma once

#include <cstddef>
#include <optional>

namespace hpserver {

// Who of several executors gets the next connection: the one with the least to do. Equals take
// turns: the counters of a burst are not up to date yet. For one thread at a time.
class LeastLoaded {
 public:
  // Of those from 0 to `count`, less 1. `load_of(index)` is an optional of anything that can be
  // compared; nothing: that one takes no connection just now. Nothing: nobody does.
  template <typename LoadOf>
  [[nodiscard]] std::optional<std::size_t> among(std::size_t count, LoadOf load_of) {
    if (count == 0) return std::nullopt;
    const std::size_t first = next_++ % count;
    std::optional<std::size_t> best;
    decltype(load_of(first)) least;
    for (std::size_t step = 0; step < count; ++step) {
      const std::size_t index = (first + step) % count;
      const auto load = load_of(index);
      if (!load || (best && *load >= *least)) continue;
      best = index;
      least = load;
    }
    return best;
  }

 private:
  std::size_t next_ = 0;
};

}  // namespace hpserver
