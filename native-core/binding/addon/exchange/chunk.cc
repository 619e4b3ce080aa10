#include "addon/exchange/chunk.h"

#include <utility>

#include "addon/settings/process_memory.h"

namespace hpserver::binding {

Chunk::Chunk(napi_env env, napi_value value) {
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

std::shared_ptr<const KeptBytes> Chunk::keep() {
  MemoryClaim claim;
  const bool counts = view_.size() > MemoryBudget::kFreeBytes;
  if (counts && !claim.grow_to(process_memory(), view_.size())) return nullptr;
  return std::make_shared<const KeptBytes>(KeptBytes{take(), std::move(claim)});
}

std::string Chunk::take() {
  if (text_ && text_->is_long()) return text_->take_long();
  return std::string(view_);
}

}  // namespace hpserver::binding
