#include "hpserver/link/pipe_pool.h"

#include <utility>

namespace hpserver {

Result<PipePool::Lent> PipePool::take() {
  if (!idle_.empty()) {
    Lent lent = std::move(idle_.back());
    idle_.pop_back();
    return lent;
  }
  auto pipe = create_pipe();
  if (!pipe) return pipe.error();
  // If that fails, a smaller pipe moves the same bytes in more steps.
  if (options_.capacity_bytes != 0) {
    static_cast<void>(set_pipe_capacity(pipe->write_end.get(), options_.capacity_bytes));
  }
  const auto capacity = pipe_capacity(pipe->write_end.get());
  if (!capacity) return capacity.error();
  return Lent{std::move(*pipe), *capacity};
}

void PipePool::give_back(Lent lent) {
  if (idle_.size() < options_.max_idle_count) idle_.push_back(std::move(lent));
}

}  // namespace hpserver
