#include "hpserver/pool/block_pool.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <iterator>
#include <new>
#include <utility>

#include "hpserver/pool/poison.h"

namespace hpserver {
namespace {

// Slabs start on a cache line, so blocks whose size is a multiple of a line never share one.
constexpr std::align_val_t kSlabAlignment{64};

constexpr std::size_t round_up(std::size_t bytes) {
  constexpr std::size_t unit = alignof(std::max_align_t);
  return (bytes + unit - 1) / unit * unit;
}

}  // namespace

void BlockStore::Slab::Free::operator()(std::byte* first) const noexcept {
  ::operator delete(first, kSlabAlignment);
}

BlockStore::BlockStore(std::size_t block_bytes, const PoolOptions& options)
    : stride_bytes_(round_up(block_bytes)), options_(options) {
  assert(block_bytes > 0 && options.growth_count > 0);
  assert(options.initial_count <= options.max_count);
  if (options.initial_count > 0 && !grow(options.initial_count)) throw std::bad_alloc{};
}

BlockStore::~BlockStore() {
  assert(statistics_.in_use_count == 0 && "a block was never released");
}

std::byte* BlockStore::acquire() noexcept {
  if (free_ == nullptr) {
    const auto room = options_.max_count - statistics_.allocated_count;
    if (room == 0 || !grow(std::min(options_.growth_count, room))) {
      ++statistics_.refused_count;
      return nullptr;
    }
  }
  ++statistics_.in_use_count;
  statistics_.peak_count = std::max(statistics_.peak_count, statistics_.in_use_count);
  return pop();
}

void BlockStore::release(std::byte* block) noexcept {
  if (block == nullptr) return;
  assert(statistics_.in_use_count > 0);
  --statistics_.in_use_count;
  push(block);
}

std::byte* BlockStore::pop() noexcept {
  auto* block = reinterpret_cast<std::byte*>(free_);
  unpoison(block, stride_bytes_);
  free_ = free_->next;
  return block;
}

void BlockStore::push(std::byte* block) noexcept {
  free_ = new (block) FreeBlock{free_};
  poison(block, stride_bytes_);
}

bool BlockStore::grow(std::size_t block_count) noexcept {
  const auto bytes = block_count * stride_bytes_;
  Slab slab;
  slab.memory.reset(static_cast<std::byte*>(::operator new(bytes, kSlabAlignment, std::nothrow)));
  if (slab.memory == nullptr) return false;
  slab.block_count = block_count;
  slab.initial = statistics_.allocated_count < options_.initial_count;
  std::byte* const memory = slab.memory.get();
  slabs_.insert(first_slab_after(memory), std::move(slab));
  // Backwards, so the first block acquired is the first in memory.
  for (std::size_t index = block_count; index > 0; --index) {
    push(memory + (index - 1) * stride_bytes_);
  }
  statistics_.allocated_count += block_count;
  if (grown_) grown_();
  return true;
}

std::size_t BlockStore::shrink() noexcept {
  for (FreeBlock* block = free_; block != nullptr; block = next_of(block)) {
    ++slab_of(block).free_count;
  }
  std::size_t dropped = 0;
  for (Slab& slab : slabs_) {
    const auto free_count = std::exchange(slab.free_count, 0);
    slab.idle = free_count == slab.block_count && !slab.initial;
    if (slab.idle) dropped += slab.block_count;
  }
  unlink_idle_blocks();
  std::erase_if(slabs_, [](const Slab& slab) { return slab.idle; });
  statistics_.allocated_count -= dropped;
  return dropped;
}

// Keeps the order of the remaining blocks: hot ones stay in front.
void BlockStore::unlink_idle_blocks() noexcept {
  FreeBlock* first = nullptr;
  FreeBlock* last = nullptr;
  for (FreeBlock* block = free_; block != nullptr; block = next_of(block)) {
    if (slab_of(block).idle) continue;
    if (last == nullptr) {
      first = block;
    } else {
      link(last, block);
    }
    last = block;
  }
  if (last != nullptr) link(last, nullptr);
  free_ = first;
}

BlockStore::FreeBlock* BlockStore::next_of(FreeBlock* block) noexcept {
  unpoison(block, sizeof *block);
  FreeBlock* const next = block->next;
  poison(block, sizeof *block);
  return next;
}

void BlockStore::link(FreeBlock* block, FreeBlock* next) noexcept {
  unpoison(block, sizeof *block);
  block->next = next;
  poison(block, sizeof *block);
}

std::vector<BlockStore::Slab>::iterator BlockStore::first_slab_after(const void* memory) noexcept {
  const auto lies_before = [](const void* left, const Slab& right) {
    return std::less<const void*>{}(left, right.memory.get());
  };
  return std::upper_bound(slabs_.begin(), slabs_.end(), memory, lies_before);
}

BlockStore::Slab& BlockStore::slab_of(const void* block) noexcept {
  return *std::prev(first_slab_after(block));
}

}  // namespace hpserver
