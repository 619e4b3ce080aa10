#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "hpserver/socket/address.h"

namespace hpserver {

// Who is counted: an IPv4 address, or the first 64 bits of an IPv6 one, since a household or a
// machine has all the others (RFC 6177). Nothing for peers without such an address. Never 0.
[[nodiscard]] std::optional<std::uint64_t> countable(const Address& peer) noexcept;

// How many connections each address has with each process of a server: a table per process, in
// memory that all of them share. A process writes to its own and reads those of the others, so that
// one that is killed at any instruction harms no table but its own, which is forgotten with it.
// A slot stays where it is while it counts anything, so that readers need no lock.
class AddressCounts {
 public:
  struct Size {
    std::size_t processes = 1;
    // Of each process; a power of two, at most `kMaxSlots`.
    std::size_t slots = 0;
  };
  static constexpr std::size_t kMaxSlots = std::size_t{1} << 17U;  // 2 MiB
  // Where an address may stand: so many slots from the one that its hash names.
  static constexpr std::size_t kWindow = 128;

  // For so many connections each: half of the slots stay free, up to `kMaxSlots`.
  [[nodiscard]] static Size size_for(std::size_t processes, std::size_t connections_each) noexcept;
  [[nodiscard]] static std::size_t bytes_of(const Size& size) noexcept;
  // What `bytes_of` was asked for.
  [[nodiscard]] static Size size_in(std::size_t size_bytes, std::size_t processes) noexcept;

  AddressCounts() = default;
  // Memory that begins as zeros, of `bytes_of(size)`, and outlives the counts. The first one to
  // look at it chooses the hash, so that no client can know which addresses collide.
  AddressCounts(std::span<std::byte> memory, const Size& size) noexcept;

  // Counts one more with `process`: its slot there; nothing where the window is full. Not for two
  // threads at once.
  [[nodiscard]] std::optional<std::uint32_t> add(std::size_t process, std::uint64_t key) noexcept;
  void remove(std::size_t process, std::uint32_t slot) noexcept;
  // With all processes. Any thread.
  [[nodiscard]] std::size_t count_of(std::uint64_t key) const noexcept;
  // All that `process` has, which runs no more.
  void clear(std::size_t process) noexcept;

  void note_refusal() noexcept { head_->refused_count.fetch_add(1, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t refused_count() const noexcept { return head_->refused_count.load(); }

 private:
  struct Head {
    std::atomic<std::uint64_t> seed{0};
    std::atomic<std::uint64_t> refused_count{0};
  };
  struct Slot {
    std::atomic<std::uint64_t> key{0};  // 0: never used, and nobody stands behind it
    std::atomic<std::uint64_t> count{0};
  };

  [[nodiscard]] Slot& slot(std::size_t process, std::size_t index) const noexcept {
    return slots_[process * size_.slots + (index & (size_.slots - 1))];
  }
  [[nodiscard]] std::size_t window() const noexcept;
  [[nodiscard]] std::size_t home_of(std::uint64_t key) const noexcept;
  [[nodiscard]] std::size_t count_with(std::size_t process, std::uint64_t key) const noexcept;

  Size size_;
  Head* head_ = nullptr;
  std::span<Slot> slots_;
};

}  // namespace hpserver
