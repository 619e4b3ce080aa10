#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "hpserver/connection/service.h"
#include "hpserver/link/relay.h"
#include "hpserver/link/transit_buffers.h"
#include "hpserver/proxy/proxy_preamble.h"
#include "hpserver/proxy/upstream_group.h"

namespace hpserver::proxy {

struct TunnelOptions {
  UpstreamGroupOptions group = {};
  // Per attempt. If an upstream refuses or doesn't answer in time, the next one is tried: the
  // client's bytes are still unread.
  std::chrono::milliseconds connect_timeout{2'000};
  // Attempts per client, each to a different upstream. 0: as many as there are upstreams.
  std::uint32_t max_attempts = 0;
  PreambleVersion preamble = PreambleVersion::none;
  RelayOptions relay = {};
  PipePoolOptions pipes{.capacity_bytes = std::size_t{1} << 20U};
};

// A TCP proxy: joins each client with one of a group of upstreams, and moves bytes both ways until
// both directions have ended. It starts to connect as soon as the client is accepted, so servers
// that speak first work, too. A client for whom no upstream can be reached is reset. Sees no
// protocol, so a drain lets tunnels go on until the drain's deadline. One per executor.
class TunnelService final : public Service {
 public:
  // `upstreams` contains at least one address. SIGPIPE must be ignored.
  TunnelService(std::vector<Address> upstreams, const TunnelOptions& options)
      : options_(options), group_(std::move(upstreams), options.group), buffers_(options.pipes) {}

  [[nodiscard]] bool carries() const noexcept override { return true; }
  [[nodiscard]] std::unique_ptr<Carrier> carry(Fd conn_fd, EventLoop& loop,
                                               Carrier::Ended ended) override;

  [[nodiscard]] const UpstreamGroup& group() const noexcept { return group_; }

  // It has no sessions.
  Session* open() override { return nullptr; }
  void close(Session& /*session*/) override {}
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override {}

 private:
  class Tunnel;

  const TunnelOptions options_;
  UpstreamGroup group_;
  TransitBuffers buffers_;
};

}  // namespace hpserver::proxy
