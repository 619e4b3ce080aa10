#include "hpserver/completion/uring_files.h"

#include <liburing.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>

#include "hpserver/os/limits.h"

namespace hpserver {
namespace {

// IORING_FEAT_RW_ATTR of Linux 6.14, newer than liburing 2.3. Registered files have had their own
// reference counts since 6.13, which no feature flag shows.
constexpr std::uint32_t kFeatureReadWriteAttributes = 1U << 16U;

void change(UringRing& ring, const int* number, int place) {
  io_uring_sqe& request = ring.next_request();
  // The kernel only reads `*number`.
  io_uring_prep_files_update(&request, const_cast<int*>(number), 1, place);
  request.flags |= IOSQE_CQE_SKIP_SUCCESS;
  UringRing::set_tag(request, UringRing::kNobody);
}

}  // namespace

UringFiles::UringFiles(UringRing& ring) {
  if (!ring.has_feature(kFeatureReadWriteAttributes)) return;
  const auto limit = descriptor_limit();
  if (!limit) return;
  const auto count = static_cast<unsigned>(std::min<std::uint64_t>(limit->soft, kMost));
  if (io_uring_register_files_sparse(&ring.native(), count) < 0) return;
  numbers_.resize(count);
  std::iota(numbers_.begin(), numbers_.end(), 0);
}

bool UringFiles::add(UringRing& ring, int fd) {
  const auto place = static_cast<std::size_t>(fd);
  if (place >= numbers_.size()) return false;
  change(ring, &numbers_[place], fd);
  return true;
}

void UringFiles::remove(UringRing& ring, int fd) {
  static constexpr int kNone = -1;
  change(ring, &kNone, fd);
}

}  // namespace hpserver
