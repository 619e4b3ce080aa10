#pragma once

#include <node_api.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "addon/js/hot_call.h"

namespace hpserver::binding {

// The Content-Type of an answer: a string, or a number for a common type, which saves copying a
// string from JavaScript. The numbers are in server/native.ts.
class ContentType {
 public:
  ContentType(napi_env env, napi_value value) {
    std::uint32_t number = 0;
    if (napi_get_value_uint32(env, value, &number) == napi_ok) {
      if (number < kKnown.size()) view_ = kKnown[number];
    } else {
      text_.emplace(env, value);
      view_ = text_->view();
    }
  }

  // Valid as long as this object; empty if there is none.
  [[nodiscard]] std::string_view view() const noexcept { return view_; }

 private:
  static constexpr std::array<std::string_view, 4> kKnown{
      "", "text/plain; charset=utf-8", "application/octet-stream", "application/json"};

  std::optional<Utf8> text_;
  std::string_view view_;
};

}  // namespace hpserver::binding
