#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/static_files.h"

namespace hpserver::binding {

// The files below one folder, for the answers of all threads, one at a time: only the lookup is
// locked; the bytes are sent without the lock.
class SharedFiles {
 public:
  explicit SharedFiles(std::unique_ptr<http::StaticFiles> files) : files_(std::move(files)) {}

  void serve(std::string_view path, const http::Request& request, http::Response& response) {
    const std::lock_guard lock(mutex_);
    files_->serve_path(path, request, response);
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<http::StaticFiles> files_;
};

// Folders besides the server's own from which handlers send files; each is opened once. At most
// kMaxFolders at a time. Any thread.
class SharedFolders {
 public:
  // Errors: those of StaticFiles::create.
  Result<std::shared_ptr<SharedFiles>> open(const std::string& root);

 private:
  // Each folder has a descriptor: roots made from request input would otherwise use them all up.
  static constexpr std::size_t kMaxFolders = 64;

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<SharedFiles>> by_root_;
};

}  // namespace hpserver::binding
