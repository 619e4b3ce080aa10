#pragma once

#include <cstddef>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

struct PipePoolOptions {
  // Of each pipe; 0 keeps the kernel's default. A wish: beyond fs.pipe-user-pages-soft (16,384
  // pages of all pipes of a user without privileges) pipes have two pages, and none may grow.
  std::size_t capacity_bytes = 0;
  // Kept for the next who needs one; further ones are closed.
  std::size_t max_idle_count = 64;
};

// The pipes through which one loop moves bytes in the kernel (splice(2)). Whoever has bytes to move
// takes one, and gives it back when they are out: idle relays have none. For the loop's thread.
// See: pipe(7), "/proc files".
class PipePool {
 public:
  struct Lent {
    Pipe pipe;
    std::size_t capacity_bytes = 0;
  };

  explicit PipePool(const PipePoolOptions& options = {}) noexcept : options_(options) {}

  PipePool(const PipePool&) = delete;
  PipePool& operator=(const PipePool&) = delete;

  // An empty, non-blocking pipe. Errors: EMFILE, ENFILE.
  [[nodiscard]] Result<Lent> take();
  // An empty one; what still holds bytes is to be destroyed instead.
  void give_back(Lent lent);

  [[nodiscard]] std::size_t idle_count() const noexcept { return idle_.size(); }

 private:
  const PipePoolOptions options_;
  std::vector<Lent> idle_;
};

}  // namespace hpserver
