#include "hpserver/connection/service_set.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace hpserver {

void ServicesByAddress::assign(const Address& address, std::uint8_t index) {
  const auto host = address.host();
  const bool takes_any_host = address.is_ip() && (host == "0.0.0.0" || host == "::");
  entries_.push_back({address, takes_any_host, index});
}

std::uint8_t ServicesByAddress::index_for(int conn_fd) const {
  const auto local = Address::local_of(conn_fd);
  if (!local) return 0;
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    if (local->is_ip() != entry.address.is_ip()) return false;
    if (local->port() != entry.address.port()) return false;
    return entry.takes_any_host || local->host() == entry.address.host();
  });
  return found == entries_.end() ? 0 : found->index;
}

ServiceSet::ServiceSet(const ServicesByAddress& addresses,
                       std::vector<std::unique_ptr<Service>> services)
    : addresses_(addresses), services_(std::move(services)) {
  assert(!services_.empty() && services_.size() <= 255);
}

void ServiceSet::drain() {
  for (const auto& service : services_) service->drain();
}

std::uint8_t ServiceSet::number_for(int conn_fd) const {
  return static_cast<std::uint8_t>(addresses_.index_for(conn_fd) + 1);
}

Service& ServiceSet::numbered(std::uint8_t number) {
  assert(number >= 1 && number <= services_.size());
  return *services_[number - 1U];
}

}  // namespace hpserver
