#include "hpserver/daemon/root_directory.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ctime>

namespace hpserver {
namespace {

// glibc keeps what these have read, and the libraries that they have loaded.
void read_what_the_library_needs() {
  ::tzset();
  addrinfo* found = nullptr;
  if (::getaddrinfo("localhost", nullptr, nullptr, &found) == 0) ::freeaddrinfo(found);
}

}  // namespace

Result<void> change_root(const std::string& path) {
  read_what_the_library_needs();
  // Its own directory first: "." stays the same, whoever renames what leads there.
  if (::chdir(path.c_str()) == -1) return last_error("chdir");
  if (::chroot(".") == -1) return last_error("chroot");
  if (::chdir("/") == -1) return last_error("chdir");
  return {};
}

bool may_change_root() noexcept {
  return ::geteuid() == 0;
}

}  // namespace hpserver
