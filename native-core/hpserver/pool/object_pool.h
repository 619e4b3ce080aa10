#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include "hpserver/pool/block_pool.h"

namespace hpserver {

// Objects of one type in pooled memory: the last destroyed leaves its place, still in the cache, to
// the next created. Release is return: nothing goes back to the system before `shrink`. One thread.
template <typename T>
class ObjectPool {
 public:
  // Destroys by its pool, which outlives it.
  struct Destroy {
    ObjectPool* pool = nullptr;
    void operator()(T* object) const noexcept { pool->destroy(object); }
  };
  using Pointer = std::unique_ptr<T, Destroy>;

  explicit ObjectPool(const PoolOptions& options = {}) : blocks_(options) {
    static_assert(alignof(T) <= 64, "slabs are aligned to 64 bytes");
  }

  // A new T, which the caller owns until `destroy`; nullptr at the cap or without memory.
  template <typename... Arguments>
  [[nodiscard]] T* create(Arguments&&... arguments) {
    std::byte* const place = blocks_.acquire();
    if (place == nullptr) return nullptr;
    return new (place) T(std::forward<Arguments>(arguments)...);
  }

  // The same, owned by a pointer that destroys it.
  template <typename... Arguments>
  [[nodiscard]] Pointer make(Arguments&&... arguments) {
    return Pointer{create(std::forward<Arguments>(arguments)...), Destroy{this}};
  }

  // Ends what `create` of this pool gave; nullptr is ignored.
  void destroy(T* object) noexcept {
    if (object == nullptr) return;
    object->~T();
    blocks_.release(reinterpret_cast<std::byte*>(object));
  }

  // See: BlockPool::shrink.
  std::size_t shrink() noexcept { return blocks_.shrink(); }

  [[nodiscard]] const PoolStatistics& statistics() const noexcept { return blocks_.statistics(); }

 private:
  BlockPool<sizeof(T)> blocks_;
};

}  // namespace hpserver
