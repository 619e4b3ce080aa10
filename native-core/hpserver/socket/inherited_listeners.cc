#include "hpserver/socket/inherited_listeners.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace hpserver {
namespace {

struct Inherited {
  Address address;
  Fd fd;
};

struct Kept {
  std::mutex mutex;
  std::vector<Inherited> listeners;
};

Kept& kept() {
  static Kept kept;
  return kept;
}

}  // namespace

Result<void> inherit_listeners(std::vector<Fd> listen_fds) {
  for (Fd& fd : listen_fds) {
    const auto address = Address::local_of(fd.get());
    if (!address) return address.error();
    const std::lock_guard lock(kept().mutex);
    kept().listeners.push_back({*address, std::move(fd)});
  }
  return {};
}

std::vector<Fd> take_inherited(const Address& address) {
  const std::lock_guard lock(kept().mutex);
  auto& listeners = kept().listeners;
  const bool any_port = address.is_ip() && address.port() == 0;
  const auto first = std::ranges::find_if(listeners, [&](const Inherited& listener) {
    return listener.address == address ||
           (any_port && listener.address.is_ip() && listener.address.host() == address.host());
  });
  if (first == listeners.end()) return {};
  const Address real = first->address;
  std::vector<Fd> taken;
  for (Inherited& listener : listeners) {
    if (listener.address == real) taken.push_back(std::move(listener.fd));
  }
  std::erase_if(listeners, [](const Inherited& listener) { return !listener.fd; });
  return taken;
}

void close_unclaimed_listeners() {
  const std::lock_guard lock(kept().mutex);
  kept().listeners.clear();
}

}  // namespace hpserver
