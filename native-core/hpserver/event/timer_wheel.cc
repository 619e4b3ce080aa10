#include "hpserver/event/timer_wheel.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace hpserver {

TimerWheel::TimerWheel(std::chrono::milliseconds tick, Deadline now, std::size_t slots)
    : tick_(tick), start_(now), slots_(slots), occupied_(slots / kBitsPerWord) {
  assert(tick.count() > 0);
  assert(std::has_single_bit(slots) && slots >= kBitsPerWord);
}

TimerWheel::~TimerWheel() {
  while (due_.scheduled()) due_.next_->unlink();
  for (TimerNode& head : slots_) {
    while (head.scheduled()) head.next_->unlink();
  }
}

void TimerWheel::schedule(TimerNode& node, Deadline deadline) noexcept {
  node.unlink();
  // Rounded up, so nothing is early.
  node.due_tick_ = tick_at(deadline + tick_ - Clock::duration{1});
  file(node);
}

std::optional<Deadline> TimerWheel::next_expiry() noexcept {
  const auto tick = due_.scheduled() ? current_ : next_occupied_tick();
  if (!tick) return std::nullopt;
  return start_ + static_cast<Clock::rep>(*tick) * tick_;
}

std::uint64_t TimerWheel::tick_at(Deadline instant) const noexcept {
  return instant <= start_ ? 0 : static_cast<std::uint64_t>((instant - start_) / tick_);
}

void TimerWheel::file(TimerNode& node) noexcept {
  const std::uint64_t nearest = current_ + 1;
  const std::uint64_t furthest = current_ + slots_.size();
  const auto slot = std::clamp(node.due_tick_, nearest, furthest) & (slots_.size() - 1);
  node.link_before(slots_[slot]);
  occupied_[slot / kBitsPerWord] |= Word{1} << (slot % kBitsPerWord);
}

TimerNode* TimerWheel::take_due(std::uint64_t last) noexcept {
  while (true) {
    while (due_.scheduled()) {
      TimerNode& node = *due_.next_;
      node.unlink();
      if (node.due_tick_ <= current_) return &node;
      file(node);  // It had waited in the furthest slot.
    }
    if (current_ >= last) return nullptr;
    open_next_slot(last);
  }
}

// Advances to the next tick that has something, or to `last`.
void TimerWheel::open_next_slot(std::uint64_t last) noexcept {
  const auto occupied = next_occupied_tick();
  if (!occupied || *occupied > last) {
    current_ = last;
    return;
  }
  current_ = *occupied;
  const auto slot = current_ & (slots_.size() - 1);
  // The whole ring moves to another head in four stores.
  due_.link_before(slots_[slot]);
  slots_[slot].unlink();
  occupied_[slot / kBitsPerWord] &= ~(Word{1} << (slot % kBitsPerWord));
}

// A slot's tick follows from its distance to the current one, since nothing is filed a full turn
// ahead.
std::optional<std::uint64_t> TimerWheel::next_occupied_tick() noexcept {
  const std::size_t first = (current_ + 1) & (slots_.size() - 1);
  std::size_t word = first / kBitsPerWord;
  Word mask = ~Word{0} << (first % kBitsPerWord);
  // One word more than there are: the first is checked twice, above and below `first`.
  for (std::size_t looked = 0; looked <= occupied_.size(); ++looked) {
    while (const Word bits = occupied_[word] & mask) {
      const std::size_t bit = static_cast<std::size_t>(std::countr_zero(bits));
      const std::size_t slot = word * kBitsPerWord + bit;
      if (slots_[slot].scheduled()) {
        return current_ + 1 + ((slot - first) & (slots_.size() - 1));
      }
      occupied_[word] &= ~(Word{1} << bit);  // Its nodes have been unlinked since.
    }
    mask = ~Word{0};
    word = (word + 1) % occupied_.size();
  }
  return std::nullopt;
}

}  // namespace hpserver
