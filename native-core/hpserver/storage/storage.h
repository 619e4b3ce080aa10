#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/connection/segment.h"

namespace hpserver {

// What is stored under a name.
struct StoredFile {
  enum class Kind : std::uint8_t { regular, directory };

  Kind kind = Kind::regular;
  std::uint64_t size_bytes = 0;
  timespec modified{};
  // Shared on purpose: answers being sent still use it after the storage has dropped it. Null for a
  // directory.
  std::shared_ptr<const SharedFile> file;
  // The content, if the storage keeps files of this size in memory.
  std::string content;
  bool in_memory = false;
  // What the logic unit has derived from the file for reuse (a rendered header); dropped with the
  // file.
  mutable std::string derived;
};

// The storage unit: maps names to files. One per loop; for its thread.
class Storage {
 public:
  virtual ~Storage() = default;

  // Returns what is at `path` (relative, decoded, ""= the root itself), as up to date as the
  // storage promises; valid until the next call. Blocks only for local disks. Errors: ENOENT,
  // EACCES (also if it is neither a file nor a directory), EXDEV and ELOOP (would leave the root),
  // EMFILE, EIO…
  virtual Result<const StoredFile*> find(std::string_view path, Deadline now) = 0;
};

}  // namespace hpserver
