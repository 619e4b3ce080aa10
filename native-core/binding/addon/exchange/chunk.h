#pragma once

#include <node_api.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "addon/js/hot_call.h"
#include "hpserver/connection/memory_budget.h"

namespace hpserver::binding {

// Bytes on their way to a client. Shared on purpose with the code that sends them, on any thread.
struct KeptBytes {
  std::string bytes;
  MemoryClaim claim;  // long ones count in the process's budget
};

// Why there is no memory, for the log.
inline constexpr std::string_view kHoldTooMuch = "all connections together buffer too much";

// Bytes to send, given by JavaScript as a string or a Uint8Array.
class Chunk {
 public:
  // Up to this size bytes are copied into the output; more are copied once and kept until sent.
  static constexpr std::size_t kCopiedBytes = std::size_t{16} * 1024;

  Chunk(napi_env env, napi_value value);

  // Valid during the call.
  [[nodiscard]] std::string_view view() const noexcept { return view_; }
  // Whether the bytes are worth keeping instead of copying.
  [[nodiscard]] bool shareable() const noexcept { return view_.size() > kCopiedBytes; }
  // Returns a copy to keep until it is sent, even of a JavaScript array: a reference would keep the
  // array but not its memory, which may be transferred or resized while the kernel reads it. Null
  // if all clients together leave too much unread. Call it once.
  [[nodiscard]] std::shared_ptr<const KeptBytes> keep();
  // Returns a copy, or moves out a long string. Call it once.
  [[nodiscard]] std::string take();

 private:
  std::optional<Utf8> text_;
  std::string_view view_;
};

}  // namespace hpserver::binding
