#pragma once

#include <napi.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace hpserver::binding {

// Read option objects, whose shape TypeScript has checked. For rare calls.
[[nodiscard]] std::string text_of(const Napi::Object& options, const char* name);
[[nodiscard]] std::uint32_t number_of(const Napi::Object& options, const char* name);
[[nodiscard]] std::uint64_t size_of(const Napi::Object& options, const char* name);
[[nodiscard]] std::chrono::milliseconds time_of(const Napi::Object& options, const char* name);
[[nodiscard]] std::vector<std::string> texts_of(const Napi::Object& options, const char* name);

}  // namespace hpserver::binding
