#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include "hpserver/pool/block_pool.h"

namespace hpserver {

// Objects of one type in pooled memory: a new object takes the place of the last destroyed one,
// while it is still in the cache. Only `shrink` returns memory to the system. One thread.
template <typename T>
class ObjectPool {
 public:
  // Destroys through the pool, which must outlive the object.
  struct Destroy {
    ObjectPool* pool = nullptr;
    void operator()(T* object) const noexcept { pool->destroy(object); }
  };
  using Pointer = std::unique_ptr<T, Destroy>;

  explicit ObjectPool(const PoolOptions& options = {}) : blocks_(options) {
    static_assert(alignof(T) <= 64, "slabs are aligned to 64 bytes");
  }

  // Creates a T, owned by the caller until `destroy`; nullptr at the cap or without memory.
  template <typename... Arguments>
  [[nodiscard]] T* create(Arguments&&... arguments) {
    std::byte* const place = blocks_.acquire();
    if (place == nullptr) return nullptr;
    return new (place) T(std::forward<Arguments>(arguments)...);
  }

  // Does the same, but returns an owning pointer.
  template <typename... Arguments>
  [[nodiscard]] Pointer make(Arguments&&... arguments) {
    return Pointer{create(std::forward<Arguments>(arguments)...), Destroy{this}};
  }

  // Destroys an object created by this pool; ignores nullptr.
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
