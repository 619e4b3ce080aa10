#include "hpserver/daemon/inherited_sockets.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "hpserver/base/whole_number.h"
#include "hpserver/os/environment.h"
#include "hpserver/os/fd_flags.h"

namespace hpserver {
namespace {

constexpr int kFirstDescriptor = 3;
// More than that is a mistake: no unit has as many sockets.
constexpr int kMaxSockets = 1024;

// Takes the first of names that stand between colons.
std::string next_name(std::string_view& names) {
  const auto colon = std::min(names.find(':'), names.size());
  std::string name{names.substr(0, colon)};
  names.remove_prefix(std::min(colon + 1, names.size()));
  return name.empty() ? "unknown" : name;
}

}  // namespace

Result<std::vector<InheritedSocket>> take_inherited_sockets() {
  const auto meant = environment_variable("LISTEN_PID");
  const auto count_text = environment_variable("LISTEN_FDS");
  const std::string all_names = environment_variable("LISTEN_FDNAMES").value_or("");
  for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) {
    forget_variable(name);
  }
  std::vector<InheritedSocket> sockets;
  if (!meant || !count_text || whole_number<pid_t>(*meant) != ::getpid()) return sockets;
  const auto count = whole_number<int>(*count_text);
  if (!count || *count < 0 || *count > kMaxSockets) return Error{EINVAL, "LISTEN_FDS"};
  std::string_view names = all_names;
  for (int fd = kFirstDescriptor; fd < kFirstDescriptor + *count; ++fd) {
    Fd owned{fd};
    const auto closes = set_close_on_exec(fd, true);
    if (!closes) return closes.error();
    sockets.push_back({std::move(owned), next_name(names)});
  }
  return sockets;
}

Result<std::function<std::vector<Fd>(const Address&)>> take_inherited_listeners() {
  struct Listener {
    Address address;
    Fd fd;
  };
  auto sockets = take_inherited_sockets();
  if (!sockets) return sockets.error();
  // Shared, since what std::function holds must be copied.
  const auto listeners = std::make_shared<std::vector<Listener>>();
  for (InheritedSocket& socket : *sockets) {
    const auto address = Address::local_of(socket.fd.get());
    if (!address) return address.error();
    listeners->push_back({*address, std::move(socket.fd)});
  }
  return std::function([listeners](const Address& address) {
    std::vector<Fd> found;
    for (Listener& listener : *listeners) {
      if (listener.fd && listener.address == address) found.push_back(std::move(listener.fd));
    }
    return found;
  });
}

}  // namespace hpserver
