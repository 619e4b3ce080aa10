#pragma once

#include <cstddef>

namespace hpserver::binding {

// So much of a body is waited for: a handler finds a smaller one complete, and one that is
// malformed or cut off before never gets to it.
inline constexpr std::size_t kWholeBodyBytes = std::size_t{64} * 1024;
// What waits for JavaScript to read it; beyond, the client is made to wait.
inline constexpr std::size_t kBodyWindowBytes = std::size_t{128} * 1024;

}  // namespace hpserver::binding
