#include "hpserver/event/timer_heap.h"

#include <utility>

namespace hpserver {

TimerId TimerHeap::add(Deadline deadline, Callback callback) {
  const std::uint32_t slot = take_slot();
  slots_[slot].callback = std::move(callback);
  const Entry entry{deadline, next_sequence_++, slot};
  heap_.push_back(entry);
  sift_up(heap_.size() - 1, entry);
  return {slot, slots_[slot].generation};
}

bool TimerHeap::cancel(TimerId id) {
  if (id.slot >= slots_.size() || slots_[id.slot].generation != id.generation) return false;
  remove(slots_[id.slot].position);
  return true;
}

std::size_t TimerHeap::advance(Deadline now) {
  const std::size_t limit = heap_.size();
  std::size_t count = 0;
  for (; count < limit && !heap_.empty() && heap_.front().deadline <= now; ++count) remove(0)();
  return count;
}

std::optional<Deadline> TimerHeap::next_expiry() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().deadline;
}

std::uint32_t TimerHeap::take_slot() {
  if (free_slots_.empty()) {
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  return slot;
}

void TimerHeap::place(std::size_t position, const Entry& entry) {
  heap_[position] = entry;
  slots_[entry.slot].position = position;
}

void TimerHeap::sift_up(std::size_t position, const Entry& entry) {
  while (position > 0) {
    const std::size_t parent = (position - 1) / 2;
    if (!entry.before(heap_[parent])) break;
    place(position, heap_[parent]);
    position = parent;
  }
  place(position, entry);
}

void TimerHeap::sift_down(std::size_t position, const Entry& entry) {
  while (true) {
    std::size_t child = 2 * position + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1].before(heap_[child])) ++child;
    if (!heap_[child].before(entry)) break;
    place(position, heap_[child]);
    position = child;
  }
  place(position, entry);
}

TimerHeap::Callback TimerHeap::remove(std::size_t position) {
  Slot& slot = slots_[heap_[position].slot];
  free_slots_.push_back(heap_[position].slot);
  if (++slot.generation == 0) slot.generation = 1;
  Callback callback = std::exchange(slot.callback, nullptr);

  const Entry last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return callback;
  // The last entry fills the gap; since it comes from another branch, it may have to move up or
  // down.
  if (position > 0 && last.before(heap_[(position - 1) / 2])) {
    sift_up(position, last);
  } else {
    sift_down(position, last);
  }
  return callback;
}

}  // namespace hpserver
