#pragma once

#include <node_api.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace hpserver::binding {

// The arguments of a call made at least once per request, read by the plain C interface:
// node-addon-api would create a JavaScript handle and a C++ object for each.
template <std::size_t Count>
class HotCall {
 public:
  HotCall(napi_env env, napi_callback_info info) : env_(env) {
    napi_get_cb_info(env, info, &count_, arguments_.data(), nullptr, &data_);
  }

  [[nodiscard]] napi_env env() const noexcept { return env_; }
  [[nodiscard]] napi_value operator[](std::size_t index) const { return arguments_[index]; }
  // Null if the call has fewer arguments.
  [[nodiscard]] napi_value given(std::size_t index) const {
    return index < count_ ? arguments_[index] : nullptr;
  }
  // The pointer that the function was defined with.
  template <typename T>
  [[nodiscard]] T& data() const noexcept {
    return *static_cast<T*>(data_);
  }

  [[nodiscard]] double number(std::size_t index) const {
    double value = -1;
    napi_get_value_double(env_, arguments_[index], &value);
    return value;
  }
  [[nodiscard]] std::uint32_t uint32(std::size_t index) const {
    std::uint32_t value = 0;
    napi_get_value_uint32(env_, arguments_[index], &value);
    return value;
  }

 private:
  napi_env env_;
  std::array<napi_value, Count> arguments_{};
  std::size_t count_ = Count;  // of those passed
  void* data_ = nullptr;
};

// A JavaScript string as UTF-8, on the stack if it is short. Valid as long as this object.
class Utf8 {
 public:
  Utf8(napi_env env, napi_value value) {
    napi_get_value_string_utf8(env, value, short_.data(), short_.size(), &size_bytes_);
    // If the buffer is full, except for its NUL and at most one character, there may be more.
    if (size_bytes_ + kLongestCharacter < short_.size()) return;
    napi_get_value_string_utf8(env, value, nullptr, 0, &size_bytes_);
    long_.resize(size_bytes_ + 1);
    napi_get_value_string_utf8(env, value, long_.data(), long_.size(), &size_bytes_);
    long_.resize(size_bytes_);
  }

  [[nodiscard]] std::string_view view() const noexcept {
    return long_.empty() ? std::string_view(short_.data(), size_bytes_) : long_;
  }
  // Moves the bytes out if they aren't on the stack.
  [[nodiscard]] bool is_long() const noexcept { return !long_.empty(); }
  [[nodiscard]] std::string take_long() { return std::move(long_); }

 private:
  static constexpr std::size_t kLongestCharacter = 4;

  std::array<char, 2048> short_;
  std::size_t size_bytes_ = 0;
  std::string long_;
};

[[nodiscard]] inline napi_value js_text(napi_env env, std::string_view text) {
  napi_value result = nullptr;
  napi_create_string_utf8(env, text.data(), text.size(), &result);
  return result;
}

// A JavaScript string from any bytes; each byte becomes a character.
[[nodiscard]] inline napi_value js_latin1(napi_env env, std::string_view bytes) {
  napi_value result = nullptr;
  napi_create_string_latin1(env, bytes.data(), bytes.size(), &result);
  return result;
}

[[nodiscard]] inline napi_value js_bool(napi_env env, bool value) {
  napi_value result = nullptr;
  napi_get_boolean(env, value, &result);
  return result;
}

[[nodiscard]] inline napi_value js_null(napi_env env) {
  napi_value result = nullptr;
  napi_get_null(env, &result);
  return result;
}

}  // namespace hpserver::binding
