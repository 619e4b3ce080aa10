#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/socket/address.h"

namespace hpserver::proxy {

// How a group chooses an upstream.
enum class Balance : std::uint8_t {
  round_robin,        // one after the other
  least_connections,  // the one with the fewest open connections; equal ones take turns
  two_choices,        // of two at random, the one with fewer connections: no herd follows one loop
  hash,               // by a key, such as the client's address: the same key, the same upstream
};

struct UpstreamGroupOptions {
  Balance balance = Balance::round_robin;
  // After this many failures in a row an upstream is ejected: it gets nothing new for a while.
  // 0: never.
  std::uint32_t failures_to_eject = 3;
  // How long the first ejection lasts; each further one in a row lasts twice as long, at most
  // `max_ejection`.
  std::chrono::milliseconds first_ejection{1'000};
  std::chrono::milliseconds max_ejection{60'000};
};

// The servers that one loop may connect to, what it knows about their health, and whose turn it is.
// It only chooses; whoever opens connections reports what happens to them. The last upstream is
// never ejected: if all have failed, each gets its chance. For the loop's thread; loops know
// nothing of each other's failures, so each finds out for itself.
class UpstreamGroup {
 public:
  using Index = std::size_t;

  // At least one address. `seed` is for the choice of two at random.
  UpstreamGroup(std::vector<Address> addresses, const UpstreamGroupOptions& options,
                std::uint32_t seed = std::random_device()());

  [[nodiscard]] std::size_t size() const noexcept { return upstreams_.size(); }
  [[nodiscard]] const Address& address_of(Index index) const { return upstreams_[index].address; }
  [[nodiscard]] std::size_t open_count(Index index) const { return upstreams_[index].open_count; }
  [[nodiscard]] bool is_ejected(Index index, Deadline now) const;

  // Returns the upstream for the next connection; nothing once `tried` contains all of them.
  // `key` is for `Balance::hash` only.
  [[nodiscard]] std::optional<Index> choose(Deadline now, std::string_view key,
                                            const std::vector<Index>& tried);

  // A connection to it is being opened, and counts; it has closed or failed, and no longer counts.
  void count_open(Index index) { ++upstreams_[index].open_count; }
  void count_closed(Index index) { --upstreams_[index].open_count; }

  // The upstream has accepted a connection; it has refused one, or not answered in time. `failed`
  // returns for how long the upstream is ejected because of that; zero: it stays.
  void succeeded(Index index);
  std::chrono::milliseconds failed(Index index, Deadline now);

 private:
  struct Upstream {
    Address address;
    std::uint64_t hash = 0;  // of its address
    std::size_t open_count = 0;
    std::uint32_t failures = 0;   // in a row
    std::uint32_t ejections = 0;  // in a row
    Deadline ejected_until = {};
  };

  [[nodiscard]] Index pick(std::string_view key);
  [[nodiscard]] Index pick_two();
  [[nodiscard]] Index pick_least();
  [[nodiscard]] Index pick_by_hash(std::string_view key) const;

  const UpstreamGroupOptions options_;
  std::vector<Upstream> upstreams_;
  std::vector<Index> candidates_;  // of one choice; kept for its capacity
  std::size_t turn_ = 0;
  std::minstd_rand random_;
};

}  // namespace hpserver::proxy
