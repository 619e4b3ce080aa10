#include "addon/notice/notice_board.h"

#include <cstddef>
#include <mutex>
#include <utility>

namespace hpserver::binding {

namespace {

constexpr std::size_t kMaxNotices = 64;

struct Board {
  std::mutex mutex;
  std::vector<std::string> notices;
};

Board& board() {
  static Board instance;
  return instance;
}

}  // namespace

void NoticeBoard::put(std::string notice) {
  const std::lock_guard lock(board().mutex);
  if (board().notices.size() < kMaxNotices) board().notices.push_back(std::move(notice));
}

std::vector<std::string> NoticeBoard::take() {
  const std::lock_guard lock(board().mutex);
  return std::exchange(board().notices, {});
}

}  // namespace hpserver::binding
