#include "hpserver/proxy/tunnel_service.h"

#include <cerrno>
#include <optional>
#include <string>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/notices.h"
#include "hpserver/link/connector.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver::proxy {

namespace {

// Whether connecting failed for lack of something on this machine, so no upstream is to blame:
// descriptors, memory, or (EADDRNOTAVAIL) local ports. See: connect(2).
bool is_our_shortage(int code) noexcept {
  return code == EMFILE || code == ENFILE || code == ENOMEM || code == ENOBUFS ||
         code == EADDRNOTAVAIL;
}

}  // namespace

// One client: connects to upstreams until one accepts, then relays.
class TunnelService::Tunnel final : public Carrier {
 public:
  Tunnel(TunnelService& service, EventLoop& loop, Fd client, Ended ended)
      : service_(service),
        loop_(loop),
        ended_(std::move(ended)),
        attempt_(std::make_unique<Attempt>(loop, std::move(client))) {}

  ~Tunnel() override {
    if (upstream_) service_.group_.count_closed(*upstream_);
  }

  // Connects to the next upstream. False: there is none left, or nothing to connect with.
  bool connect() {
    const auto key = service_.options_.group.balance == Balance::hash ? client_host() : "";
    while (may_try_another()) {
      const auto chosen = service_.group_.choose(loop_.now(), key, attempt_->tried);
      if (!chosen) return false;
      attempt_->tried.push_back(*chosen);
      upstream_ = *chosen;
      service_.group_.count_open(*chosen);
      const auto started = attempt_->connector.start(
          service_.group_.address_of(*chosen), service_.options_.connect_timeout,
          [this](Result<Fd> connected) { on_connected(std::move(connected)); });
      if (started) return true;
      lose_upstream(started.error());
      if (is_our_shortage(started.error().code)) return false;
    }
    return false;
  }

 private:
  // What is needed only until an upstream has accepted.
  struct Attempt {
    Attempt(EventLoop& loop, Fd fd) : client(std::move(fd)), connector(loop) {}

    // A client that gets no upstream is reset: a FIN would look like a server with nothing to say.
    ~Attempt() {
      if (client) static_cast<void>(set_option(client.get(), option::Linger::abort()));
    }

    Fd client;
    Connector connector;
    std::vector<UpstreamGroup::Index> tried;
  };

  [[nodiscard]] bool may_try_another() const noexcept {
    const std::size_t limit = service_.options_.max_attempts;
    return limit == 0 || attempt_->tried.size() < limit;
  }

  void on_connected(Result<Fd> connected) {
    if (connected) {
      service_.group_.succeeded(*upstream_);
      return relay(std::move(*connected));
    }
    lose_upstream(connected.error());
    if (!connect()) end();
  }

  void relay(Fd upstream_fd) {
    auto preface = preamble();
    auto started = Relay::create(
        loop_, service_.buffers_, std::move(attempt_->client), std::move(upstream_fd),
        [this](const Result<void>&) { end(); }, service_.options_.relay, std::move(preface));
    if (!started) return end();
    relay_ = std::move(*started);
    // This is the connector's callback, which may destroy the connector.
    attempt_.reset();
  }

  void lose_upstream(const Error& error) {
    const auto index = *std::exchange(upstream_, std::nullopt);
    service_.group_.count_closed(index);
    const auto ejection = is_our_shortage(error.code) ? std::chrono::milliseconds{0}
                                                      : service_.group_.failed(index, loop_.now());
    const std::string ejected =
        ejection.count() == 0 ? ""
                              : "; it gets nothing for " + std::to_string(ejection.count()) + " ms";
    loop_.notices().note(Notices::Kind::upstream,
                         {"upstream ", service_.group_.address_of(index).to_string(),
                          " can't be reached: ", error.message(), ejected});
  }

  [[nodiscard]] std::string client_host() const {
    const auto peer = Address::peer_of(attempt_->client.get());
    return peer ? peer->host() : "";
  }

  [[nodiscard]] std::string preamble() const {
    if (service_.options_.preamble == PreambleVersion::none) return {};
    const int fd = attempt_->client.get();
    const auto client = Address::peer_of(fd);
    const auto server = Address::local_of(fd);
    return proxy_preamble(service_.options_.preamble, {.client = client ? *client : Address(),
                                                       .server = server ? *server : Address()});
  }

  // Moved out first: the set destroys the tunnel, and with it the function that is running.
  void end() {
    const Ended ended = std::move(ended_);
    ended();
  }

  TunnelService& service_;
  EventLoop& loop_;
  Ended ended_;
  std::optional<UpstreamGroup::Index> upstream_;  // counted as open
  std::unique_ptr<Attempt> attempt_;              // until it relays
  std::unique_ptr<Relay> relay_;
};

std::unique_ptr<Carrier> TunnelService::carry(Fd conn_fd, EventLoop& loop, Carrier::Ended ended) {
  auto tunnel = std::make_unique<Tunnel>(*this, loop, std::move(conn_fd), std::move(ended));
  if (!tunnel->connect()) return nullptr;
  return tunnel;
}

}  // namespace hpserver::proxy
