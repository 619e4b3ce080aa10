#include "hpserver/connection/peer/address_counts.h"

#include <arpa/inet.h>
#include <sys/random.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>

#include "hpserver/base/clock.h"

namespace hpserver {

namespace {

// No peer is in ff00::/8 (multicast), so these prefixes are free for addresses without 64 bits of
// their own.
constexpr std::uint64_t kIpv4 = 0xFFFF'FFFF'0000'0000;
constexpr std::uint64_t kZeroPrefix = 0xFFFF'FFFE'0000'0000;  // mostly ::1

std::uint64_t random_seed() noexcept {
  std::uint64_t seed = 0;
  // If the kernel has no randomness yet, this takes the clock, which no client can see.
  if (::getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed) {
    seed = static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
  }
  return seed | 1U;
}

// The finaliser of MurmurHash3: each bit of the key changes half of the result's bits.
std::uint64_t mixed(std::uint64_t key) noexcept {
  key = (key ^ (key >> 33U)) * 0xFF51'AFD7'ED55'8CCD;
  key = (key ^ (key >> 33U)) * 0xC4CE'B9FE'1A85'EC53;
  return key ^ (key >> 33U);
}

}  // namespace

std::optional<std::uint64_t> countable(const Address& peer) noexcept {
  if (peer.family() == AF_INET) {
    sockaddr_in ipv4;
    std::memcpy(&ipv4, peer.data(), sizeof ipv4);
    return kIpv4 | ntohl(ipv4.sin_addr.s_addr);
  }
  if (peer.family() != AF_INET6) return std::nullopt;
  sockaddr_in6 ipv6;
  std::memcpy(&ipv6, peer.data(), sizeof ipv6);
  std::uint64_t prefix = 0;
  for (std::size_t index = 0; index < 8; ++index) {
    prefix = prefix << 8U | ipv6.sin6_addr.s6_addr[index];
  }
  if (prefix != 0) return prefix;
  if (!IN6_IS_ADDR_V4MAPPED(&ipv6.sin6_addr)) return kZeroPrefix;
  std::uint32_t ipv4 = 0;
  std::memcpy(&ipv4, &ipv6.sin6_addr.s6_addr[12], sizeof ipv4);
  return kIpv4 | ntohl(ipv4);
}

AddressCounts::Size AddressCounts::size_for(std::size_t processes,
                                            std::size_t connections_each) noexcept {
  const std::size_t wanted = std::clamp<std::size_t>(connections_each, 1, kMaxSlots / 2);
  return {.processes = processes, .slots = std::bit_ceil(2 * wanted)};
}

std::size_t AddressCounts::bytes_of(const Size& size) noexcept {
  return sizeof(Head) + size.processes * size.slots * sizeof(Slot);
}

AddressCounts::Size AddressCounts::size_in(std::size_t size_bytes, std::size_t processes) noexcept {
  const std::size_t slots = (size_bytes - sizeof(Head)) / sizeof(Slot) / processes;
  return {.processes = processes, .slots = std::bit_floor(slots)};
}

// Zeroed memory is valid atomics of value zero; other processes may use it already.
AddressCounts::AddressCounts(std::span<std::byte> memory, const Size& size) noexcept
    : size_(size),
      head_(reinterpret_cast<Head*>(memory.data())),
      slots_(reinterpret_cast<Slot*>(memory.data() + sizeof(Head)), size.processes * size.slots) {
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
  std::uint64_t none = 0;
  head_->seed.compare_exchange_strong(none, random_seed());
}

std::size_t AddressCounts::window() const noexcept {
  return std::min(kWindow, size_.slots);
}

std::size_t AddressCounts::home_of(std::uint64_t key) const noexcept {
  const std::uint64_t seed = head_->seed.load(std::memory_order_relaxed);
  return static_cast<std::size_t>(mixed(mixed(key ^ seed) + seed));
}

std::optional<std::uint32_t> AddressCounts::add(std::size_t process, std::uint64_t key) noexcept {
  const std::size_t home = home_of(key);
  std::optional<std::size_t> free;
  for (std::size_t step = 0; step < window(); ++step) {
    Slot& present = slot(process, home + step);
    const std::uint64_t its_key = present.key.load();
    if (its_key == key) {
      present.count.fetch_add(1);
      return static_cast<std::uint32_t>((home + step) & (size_.slots - 1));
    }
    if (!free && (its_key == 0 || present.count.load() == 0)) free = home + step;
    if (its_key == 0) break;
  }
  if (!free) return std::nullopt;
  Slot& taken = slot(process, *free);
  taken.key.store(key);
  taken.count.store(1);
  return static_cast<std::uint32_t>(*free & (size_.slots - 1));
}

void AddressCounts::remove(std::size_t process, std::uint32_t index) noexcept {
  slot(process, index).count.fetch_sub(1);
}

std::size_t AddressCounts::count_of(std::uint64_t key) const noexcept {
  std::size_t count = 0;
  for (std::size_t process = 0; process < size_.processes; ++process) {
    count += count_with(process, key);
  }
  return count;
}

std::size_t AddressCounts::count_with(std::size_t process, std::uint64_t key) const noexcept {
  const std::size_t home = home_of(key);
  for (std::size_t step = 0; step < window(); ++step) {
    const Slot& present = slot(process, home + step);
    const std::uint64_t its_key = present.key.load();
    if (its_key == 0) return 0;
    if (its_key != key) continue;
    const std::size_t count = present.count.load();
    // Between the two reads, the slot may have been given to another key.
    if (present.key.load() == key && count > 0) return count;
  }
  return 0;
}

void AddressCounts::clear(std::size_t process) noexcept {
  for (std::size_t index = 0; index < size_.slots; ++index) {
    Slot& present = slot(process, index);
    if (present.key.load() == 0) continue;
    present.count.store(0);
    present.key.store(0);
  }
}

}  // namespace hpserver
