#pragma once

#include <cstddef>
#include <optional>

namespace hpserver {

// Chooses which of several executors gets the next connection: the one with the least to do. Equals
// take turns, since counters lag behind during a burst. One thread at a time.
class LeastLoaded {
 public:
  // Chooses an index below `count`. `load_of(index)` returns an optional of any comparable type,
  // empty if that executor takes no connection now. Returns nothing if no executor takes one.
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
