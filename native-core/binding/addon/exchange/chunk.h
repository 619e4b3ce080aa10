#pragma once

#include <node_api.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "addon/js/hot_call.h"
#include "hpserver/connection/memory_budget.h"

namespace hpserver::binding {

// Bytes on their way to a client. Shared on purpose: with those who send them, on any thread.
struct KeptBytes {
  std::string bytes;
  MemoryClaim claim;  // what is long counts in the budget of the process
};

// Why there are none: what the log says.
inline constexpr std::string_view kHoldTooMuch = "all connections together hold too much";

// Bytes to send that JavaScript has given as a string or a Uint8Array.
class Chunk {
 public:
  // Up to this is copied into the output: more is copied once, and kept until it is sent.
  static constexpr std::size_t kCopiedBytes = std::size_t{16} * 1024;

  Chunk(napi_env env, napi_value value);

  // Valid during the call.
  [[nodiscard]] std::string_view view() const noexcept { return view_; }
  // Bytes that are worth keeping instead of copying.
  [[nodiscard]] bool shareable() const noexcept { return view_.size() > kCopiedBytes; }
  // A copy that is kept until it is sent, also of what JavaScript has as bytes: a reference would
  // keep the array, not its memory, which can be transferred or resized away while the kernel still
  // reads it. Null when all clients together leave too much unread. Call it once.
  [[nodiscard]] std::shared_ptr<const KeptBytes> keep();
  // A copy; a long text is given away instead. Call it once.
  [[nodiscard]] std::string take();

 private:
  std::optional<Utf8> text_;
  std::string_view view_;
};

}  // namespace hpserver::binding
