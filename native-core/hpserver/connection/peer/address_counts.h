#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "hpserver/socket/address.h"

namespace hpserver {

// The key to count a peer by: an IPv4 address, or the first 64 bits of an IPv6 address, since one
// household or machine has all addresses with the same 64 bits (RFC 6177). Nothing for peers
// without such an address. Never 0.
[[nodiscard]] std::optional<std::uint64_t> countable(const Address& peer) noexcept;

// How many connections each address has with each process of a server: one table per process, in
// memory that they share. A process writes its own table and reads the others', so a process killed
// at any instruction damages only its own table, which is then dropped.
// A slot stays in place while it counts anything, so readers need no lock.
class AddressCounts {
 public:
  struct Size {
    std::size_t processes = 1;
    // Per process; a power of two, at most `kMaxSlots`.
    std::size_t slots = 0;
  };
  static constexpr std::size_t kMaxSlots = std::size_t{1} << 17U;  // 2 MiB
  // How many slots to search for an address, starting at the slot that its hash names.
  static constexpr std::size_t kWindow = 128;

  // The size for this many connections of each process: half of the slots stay free, up to
  // `kMaxSlots`.
  [[nodiscard]] static Size size_for(std::size_t processes, std::size_t connections_each) noexcept;
  [[nodiscard]] static std::size_t bytes_of(const Size& size) noexcept;
  // The size that `bytes_of` was called with.
  [[nodiscard]] static Size size_in(std::size_t size_bytes, std::size_t processes) noexcept;

  AddressCounts() = default;
  // Uses `bytes_of(size)` bytes of zeroed memory, which must outlive the counts. The first process
  // to use it picks the hash at random, so no client can know which addresses collide.
  AddressCounts(std::span<std::byte> memory, const Size& size) noexcept;

  // Counts one more connection with `process` and returns its slot; nothing if the window is full.
  // One thread at a time.
  [[nodiscard]] std::optional<std::uint32_t> add(std::size_t process, std::uint64_t key) noexcept;
  void remove(std::size_t process, std::uint32_t slot) noexcept;
  // Over all processes. Any thread.
  [[nodiscard]] std::size_t count_of(std::uint64_t key) const noexcept;
  // Drops all counts of `process`, which has ended.
  void clear(std::size_t process) noexcept;

  void note_refusal() noexcept { head_->refused_count.fetch_add(1, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t refused_count() const noexcept { return head_->refused_count.load(); }

 private:
  struct Head {
    std::atomic<std::uint64_t> seed{0};
    std::atomic<std::uint64_t> refused_count{0};
  };
  struct Slot {
    std::atomic<std::uint64_t> key{0};  // 0: never used; the search ends here
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
