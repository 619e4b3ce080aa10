#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hpserver/connection/peer/peer_source.h"
#include "hpserver/socket/address_range.h"

namespace hpserver {

// Proxies that speak the PROXY protocol (version 1 or 2). Nothing is guessed: a peer among
// `proxies` must begin with a header, and any other peer must not; a connection that violates this,
// or sends no header in time, is closed. See: HAProxy, `tcp-request connection expect-proxy layer4
// if …`.
class ProxySource final : public PeerSource {
 public:
  explicit ProxySource(std::vector<AddressRange> proxies) : proxies_(std::move(proxies)) {}

  [[nodiscard]] bool is_proxy(const Address& other_end) const noexcept override;
  std::unique_ptr<StreamFilter> make_filter(const Address& other_end, Notices& notices) override;

  // How many connections this process has closed because of their first bytes. Any thread.
  [[nodiscard]] std::uint64_t refused_count() const noexcept { return refused_count_.load(); }

 private:
  class Filter;

  const std::vector<AddressRange> proxies_;
  std::atomic<std::uint64_t> refused_count_{0};
};

}  // namespace hpserver
