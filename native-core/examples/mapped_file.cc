// Checklist 25: writes a file and a line of ours by one writev(2), without a copy: mapped_file FILE

#include "hpserver/os/mapped_file.h"

#include <fcntl.h>
#include <sys/uio.h>

#include <array>
#include <span>
#include <string>

#include "hpserver/os/file.h"
#include "hpserver/socket/vector_io.h"
#include "loop.h"

using namespace hpserver;
using example::must;

int main(int argc, char** argv) {
  const Fd file{::open(argc > 1 ? argv[1] : argv[0], O_RDONLY | O_CLOEXEC)};
  const FileStatus status = must(file_status(file.get()));
  const auto size_bytes = static_cast<std::size_t>(status.size_bytes);
  const MappedFile mapped = must(MappedFile::create(file.get(), size_bytes));
  must(mapped.advise(AccessPattern::sequential));
  std::string head = std::to_string(size_bytes) + " bytes follow\n";
  std::array<iovec, 2> parts{{{head.data(), head.size()},
                              {const_cast<char*>(mapped.view().data()), mapped.view().size()}}};
  // EFAULT: someone has truncated the file meanwhile.
  for (std::span<iovec> rest(parts); !rest.empty();) must(write_vectors(1, rest));
}
