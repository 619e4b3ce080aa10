#pragma once

#include <cstddef>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

struct PipePoolOptions {
  // Of each pipe; 0 keeps the kernel's default. Only a request: beyond fs.pipe-user-pages-soft
  // (16,384 pages for all pipes of an unprivileged user) new pipes have two pages, and none may
  // grow.
  std::size_t capacity_bytes = 0;
  // Kept for reuse; further ones are closed.
  std::size_t max_idle_count = 64;
};

// The pipes through which one loop moves bytes in the kernel (splice(2)). A relay takes one when it
// has bytes to move, and gives it back once they are out, so idle relays hold none. For the loop's
// thread. See: pipe(7), "/proc files".
class PipePool {
 public:
  struct Lent {
    Pipe pipe;
    std::size_t capacity_bytes = 0;
  };

  explicit PipePool(const PipePoolOptions& options = {}) noexcept : options_(options) {}

  PipePool(const PipePool&) = delete;
  PipePool& operator=(const PipePool&) = delete;

  // Returns an empty, non-blocking pipe. Errors: EMFILE, ENFILE.
  [[nodiscard]] Result<Lent> take();
  // Takes back an empty pipe; destroy one that still holds bytes instead.
  void give_back(Lent lent);

  [[nodiscard]] std::size_t idle_count() const noexcept { return idle_.size(); }

 private:
  const PipePoolOptions options_;
  std::vector<Lent> idle_;
};

}  // namespace hpserver
