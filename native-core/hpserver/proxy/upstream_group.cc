#include "hpserver/proxy/upstream_group.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace hpserver::proxy {

namespace {

// FNV-1a with a final mix: the same in every process and every run, so that a client stays with its
// upstream across loops and restarts.
std::uint64_t hash_of(std::string_view text, std::uint64_t start = 0xCBF29CE484222325U) {
  std::uint64_t hash = start;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  }
  hash = (hash ^ (hash >> 33U)) * 0xFF51AFD7ED558CCDU;
  return hash ^ (hash >> 33U);
}

}  // namespace

UpstreamGroup::UpstreamGroup(std::vector<Address> addresses, const UpstreamGroupOptions& options,
                             std::uint32_t seed)
    : options_(options), random_(seed) {
  assert(!addresses.empty());
  upstreams_.reserve(addresses.size());
  for (const Address& address : addresses) {
    upstreams_.push_back({.address = address, .hash = hash_of(address.to_string())});
  }
  // Loops that start together must not all begin with the same one.
  turn_ = random_() % upstreams_.size();
}

bool UpstreamGroup::is_ejected(Index index, Deadline now) const {
  return upstreams_[index].ejected_until > now;
}

std::optional<UpstreamGroup::Index> UpstreamGroup::choose(Deadline now, std::string_view key,
                                                          const std::vector<Index>& tried) {
  candidates_.resize(upstreams_.size());
  std::iota(candidates_.begin(), candidates_.end(), Index{0});
  std::erase_if(candidates_, [&](Index index) {
    return std::find(tried.begin(), tried.end(), index) != tried.end();
  });
  if (candidates_.empty()) return std::nullopt;
  const auto ejected = [&](Index index) { return is_ejected(index, now); };
  if (!std::all_of(candidates_.begin(), candidates_.end(), ejected)) {
    std::erase_if(candidates_, ejected);
  }
  return pick(key);
}

UpstreamGroup::Index UpstreamGroup::pick(std::string_view key) {
  switch (options_.balance) {
    case Balance::least_connections:
      return pick_least();
    case Balance::two_choices:
      return pick_two();
    case Balance::hash:
      return pick_by_hash(key);
    case Balance::round_robin:
      break;
  }
  // The first candidate at or after the turn, or from the beginning again.
  const auto next = std::lower_bound(candidates_.begin(), candidates_.end(), turn_);
  const Index chosen = next == candidates_.end() ? candidates_.front() : *next;
  turn_ = (chosen + 1) % upstreams_.size();
  return chosen;
}

UpstreamGroup::Index UpstreamGroup::pick_least() {
  // Among equals, the first one at or after the turn wins, so they take turns.
  const auto from_turn = [&](Index index) {
    return (index + upstreams_.size() - turn_) % upstreams_.size();
  };
  const Index chosen =
      *std::min_element(candidates_.begin(), candidates_.end(), [&](Index left, Index right) {
        return std::pair(open_count(left), from_turn(left)) <
               std::pair(open_count(right), from_turn(right));
      });
  turn_ = (chosen + 1) % upstreams_.size();
  return chosen;
}

// See: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001).
UpstreamGroup::Index UpstreamGroup::pick_two() {
  if (candidates_.size() == 1) return candidates_.front();
  const std::size_t first = random_() % candidates_.size();
  const std::size_t second =
      (first + 1 + random_() % (candidates_.size() - 1)) % candidates_.size();
  const Index left = candidates_[first];
  const Index right = candidates_[second];
  return open_count(right) < open_count(left) ? right : left;
}

// Rendezvous hashing: if an upstream leaves, only its own keys move. See: Thaler and Ravishankar,
// "Using Name-Based Mappings to Increase Hit Rates" (1998).
UpstreamGroup::Index UpstreamGroup::pick_by_hash(std::string_view key) const {
  return *std::max_element(candidates_.begin(), candidates_.end(), [&](Index left, Index right) {
    return hash_of(key, upstreams_[left].hash) < hash_of(key, upstreams_[right].hash);
  });
}

void UpstreamGroup::succeeded(Index index) {
  Upstream& upstream = upstreams_[index];
  upstream.failures = 0;
  upstream.ejections = 0;
  upstream.ejected_until = {};
}

std::chrono::milliseconds UpstreamGroup::failed(Index index, Deadline now) {
  Upstream& upstream = upstreams_[index];
  ++upstream.failures;
  if (options_.failures_to_eject == 0 || upstream.failures < options_.failures_to_eject) return {};
  // `failures` isn't reset: a single failure after an ejection causes the next one.
  constexpr std::uint32_t kMostDoublings = 16;
  const auto factor = 1U << std::min(upstream.ejections, kMostDoublings);
  const auto time = std::min(options_.first_ejection * factor, options_.max_ejection);
  ++upstream.ejections;
  upstream.ejected_until = now + time;
  return time;
}

}  // namespace hpserver::proxy
