#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/link/pipe_pool.h"
#include "hpserver/link/transit_buffers.h"

namespace hpserver {

// When to move bytes in the kernel instead of copying them. A splice takes two calls per pipeful,
// and each costs more than a copy of few bytes; from some 30 KiB on it is cheaper. See: splice(2).
struct SpliceLimits {
  // A transfer is bulky once this many bytes have come without a pause; the rest is spliced.
  // 0: splice from the first byte. SIZE_MAX: always copy.
  std::size_t from_bytes = TransitBuffers::kCopyBytes;
  // A direction that was bulky remains so until a pipe is filled with fewer bytes than this.
  std::size_t least_bytes = 4096;
};

// One direction of a relay: what a source socket sends, a sink socket receives. It takes nothing
// more from the source until the sink has taken everything, so it never holds more than one pipe or
// `kCopyBytes`, and nothing at all while idle. For the loop's thread; both sockets are
// non-blocking, and the caller keeps them.
class RelayDirection {
 public:
  // `preface` is sent to the sink before anything that the source sends.
  explicit RelayDirection(const SpliceLimits& limits, std::string preface = {}) noexcept
      : limits_(limits), kept_(std::move(preface)), held_bytes_(kept_.size()) {}

  // Moves what can be moved now, about `budget_bytes` at most; passes the source's end (FIN) on.
  // Errors: those of receive, send and move_bytes except EAGAIN.
  Result<void> move(TransitBuffers& buffers, int source_fd, int sink_fd, std::size_t budget_bytes);

  // What to wait for next: more from the source, or room in the sink. Neither once it has ended.
  [[nodiscard]] bool awaits_source() const noexcept { return !ended_ && held_bytes_ == 0; }
  [[nodiscard]] bool awaits_sink() const noexcept { return held_bytes_ > 0; }
  // The source has ended, and the sink knows.
  [[nodiscard]] bool has_ended() const noexcept { return ended_; }
  [[nodiscard]] std::uint64_t moved_bytes() const noexcept { return moved_bytes_; }

 private:
  // How a step left the source.
  enum class Source : std::uint8_t { may_have_more, is_dry, has_ended };

  Result<Source> take(TransitBuffers& buffers, int source_fd, int sink_fd);
  Result<Source> copy(TransitBuffers& buffers, int source_fd, int sink_fd);
  Result<Source> splice_in(int source_fd);
  Result<void> pass_on(int sink_fd);
  void rest(TransitBuffers& buffers);
  void give_back_pipe(TransitBuffers& buffers);

  const SpliceLimits limits_;
  std::optional<PipePool::Lent> lent_;  // empty while `kept_` isn't
  std::string kept_;                    // copied bytes, of which the last ones are still held
  std::size_t held_bytes_ = 0;          // taken from the source, and not yet by the sink
  std::size_t run_bytes_ = 0;           // taken without a pause
  bool is_bulky_ = false;
  bool ended_ = false;
  std::uint64_t moved_bytes_ = 0;
};

}  // namespace hpserver
