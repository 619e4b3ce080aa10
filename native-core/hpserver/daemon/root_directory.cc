#include "hpserver/daemon/root_directory.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ctime>

namespace hpserver {
namespace {

// glibc caches what these calls read, and the libraries that they load.
void read_what_the_library_needs() {
  ::tzset();
  addrinfo* found = nullptr;
  if (::getaddrinfo("localhost", nullptr, nullptr, &found) == 0) ::freeaddrinfo(found);
}

}  // namespace

Result<void> change_root(const std::string& path) {
  read_what_the_library_needs();
  // Enters the directory first: "." stays the same even if the path is renamed.
  if (::chdir(path.c_str()) == -1) return last_error("chdir");
  if (::chroot(".") == -1) return last_error("chroot");
  if (::chdir("/") == -1) return last_error("chdir");
  return {};
}

bool may_change_root() noexcept {
  return ::geteuid() == 0;
}

}  // namespace hpserver
