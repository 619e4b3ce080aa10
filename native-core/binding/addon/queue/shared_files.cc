#include "addon/queue/shared_files.h"

#include <utility>

namespace hpserver::binding {

Result<std::shared_ptr<SharedFiles>> SharedFolders::open(const std::string& root) {
  const std::lock_guard lock(mutex_);
  auto& files = by_root_[root];
  if (files == nullptr) {
    auto opened = http::StaticFiles::create(root);
    if (!opened) {
      by_root_.erase(root);
      return opened.error();
    }
    files = std::make_shared<SharedFiles>(std::move(*opened));
  }
  return files;
}

}  // namespace hpserver::binding
