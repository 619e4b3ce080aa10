#pragma once

#include <cstddef>

namespace hpserver::binding {

// A body up to this size is awaited before the handler is called; if it is malformed or cut off,
// the handler is never called.
inline constexpr std::size_t kWholeBodyBytes = std::size_t{64} * 1024;
// How much may wait for JavaScript to read it; beyond that, the client must wait.
inline constexpr std::size_t kBodyWindowBytes = std::size_t{128} * 1024;

}  // namespace hpserver::binding
