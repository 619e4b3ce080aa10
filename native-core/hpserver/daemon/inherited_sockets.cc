#include "hpserver/daemon/inherited_sockets.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>
#include <utility>

#include "hpserver/base/whole_number.h"
#include "hpserver/os/environment.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/inherited_listeners.h"
#include "hpserver/socket/listen.h"

namespace hpserver {
namespace {

constexpr int kFirstDescriptor = 3;
// More than that must be a mistake: no unit has so many sockets.
constexpr int kMaxSockets = 1024;

// Removes and returns the first of names separated by colons.
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

Result<void> take_inherited_listeners() {
  auto sockets = take_inherited_sockets();
  if (!sockets) return sockets.error();
  std::vector<Fd> listen_fds;
  for (InheritedSocket& socket : *sockets) {
    leave_socket_file_to_supervisor(socket.fd.get());
    listen_fds.push_back(std::move(socket.fd));
  }
  return inherit_listeners(std::move(listen_fds));
}

}  // namespace hpserver
