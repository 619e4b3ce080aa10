#pragma once

#include <cstdlib>
#include <memory>

#include "addon/uv/uv_abi.h"

namespace hpserver::binding {

struct FreeDeleter {
  void operator()(uv_handle_s* handle) const noexcept { std::free(handle); }
};

// The memory of a handle. Once libuv knows the handle, `release` it: uv_close frees it.
using UvHandle = std::unique_ptr<uv_handle_s, FreeDeleter>;

// Allocates a zeroed handle of a libuv type; null if there is no memory.
inline UvHandle allocate_handle(int type) {
  return UvHandle{static_cast<uv_handle_s*>(std::calloc(1, uv_handle_size(type)))};
}

}  // namespace hpserver::binding
