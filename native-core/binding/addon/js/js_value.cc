#include "addon/js/js_value.h"

namespace hpserver::binding {

std::string text_of(const Napi::Object& options, const char* name) {
  return options.Get(name).As<Napi::String>().Utf8Value();
}

std::uint32_t number_of(const Napi::Object& options, const char* name) {
  return options.Get(name).As<Napi::Number>().Uint32Value();
}

std::uint64_t size_of(const Napi::Object& options, const char* name) {
  return static_cast<std::uint64_t>(options.Get(name).As<Napi::Number>().Int64Value());
}

std::chrono::milliseconds time_of(const Napi::Object& options, const char* name) {
  return std::chrono::milliseconds{options.Get(name).As<Napi::Number>().Int64Value()};
}

std::vector<std::string> texts_of(const Napi::Object& options, const char* name) {
  const auto array = options.Get(name).As<Napi::Array>();
  std::vector<std::string> texts;
  for (std::uint32_t index = 0; index < array.Length(); ++index) {
    texts.push_back(array.Get(index).As<Napi::String>().Utf8Value());
  }
  return texts;
}

}  // namespace hpserver::binding
