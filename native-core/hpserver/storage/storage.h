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
  // Shared on purpose: answers under way send from it after the storage has let go of it. Null for
  // a directory.
  std::shared_ptr<const SharedFile> file;
  // The content, if the storage keeps files of this size in memory.
  std::string content;
  bool in_memory = false;
  // What the logic unit has derived from the file and wants to find again (a rendered head); it
  // goes with the file.
  mutable std::string derived;
};

// The storage unit's part: names to files. One per loop; for its thread.
class Storage {
 public:
  virtual ~Storage() = default;

  // What is at `path` (relative, decoded, ""= the root itself), as fresh as the storage promises;
  // valid until the next call. Blocks only as far as local disks do. Errors: ENOENT, EACCES (also
  // for what is neither file nor directory), EXDEV and ELOOP (would leave the root), EMFILE, EIO…
  virtual Result<const StoredFile*> find(std::string_view path, Deadline now) = 0;
};

}  // namespace hpserver
