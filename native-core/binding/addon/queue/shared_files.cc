#include "addon/queue/shared_files.h"

#include <utility>

namespace hpserver::binding {

Result<std::shared_ptr<SharedFiles>> SharedFolders::open(const std::string& root) {
  const std::lock_guard lock(mutex_);
  const auto present = by_root_.find(root);
  if (present != by_root_.end()) return present->second;
  auto opened = http::StaticFiles::create(root);
  if (!opened) return opened.error();
  // Answers being sent share it, so the folder may be dropped.
  if (by_root_.size() == kMaxFolders) by_root_.erase(by_root_.begin());
  return by_root_.emplace(root, std::make_shared<SharedFiles>(std::move(*opened))).first->second;
}

}  // namespace hpserver::binding
