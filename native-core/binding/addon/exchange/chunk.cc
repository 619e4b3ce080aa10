#include "addon/exchange/chunk.h"

#include <utility>

namespace hpserver::binding {

Chunk::Chunk(napi_env env, napi_value value) : env_(env), value_(value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  if (type == napi_string) {
    text_.emplace(env, value);
    view_ = text_->view();
    return;
  }
  void* bytes = nullptr;
  std::size_t size_bytes = 0;
  napi_get_typedarray_info(env, value, nullptr, &size_bytes, &bytes, nullptr, nullptr);
  view_ = {static_cast<const char*>(bytes), size_bytes};
}

std::shared_ptr<const void> Chunk::share() {
  if (text_) {
    auto text = std::make_shared<const std::string>(text_->take_long());
    view_ = *text;
    return text;
  }
  napi_ref reference = nullptr;
  napi_create_reference(env_, value_, 1, &reference);
  return {view_.data(),
          [env = env_, reference](const void*) { napi_delete_reference(env, reference); }};
}

std::string Chunk::take() {
  if (text_ && text_->is_long()) return text_->take_long();
  return std::string(view_);
}

}  // namespace hpserver::binding
