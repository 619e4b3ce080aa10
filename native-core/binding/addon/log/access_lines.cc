#include "addon/log/access_lines.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "addon/settings/access_log_file.h"
#include "hpserver/protocol/http/access_log.h"

namespace hpserver::binding {

namespace {

std::atomic<http::AppendAccess> format{nullptr};
std::atomic<std::uint32_t> sample{1};
std::atomic<std::uint32_t> exchanges{0};

void append_formatted(std::string& lines, const http::AccessEntry& entry, std::size_t field_bytes) {
  const std::uint32_t one_of = sample.load(std::memory_order_relaxed);
  if (one_of > 1 && exchanges.fetch_add(1, std::memory_order_relaxed) % one_of != 0) return;
  const auto began = std::chrono::system_clock::now() - entry.duration;
  format.load(std::memory_order_relaxed)(lines, entry,
                                         {.began = began, .field_bytes = field_bytes});
}

void sample_access_log(const Napi::CallbackInfo& call) {
  sample = call[0].As<Napi::Number>().Uint32Value();
}

}  // namespace

void add_access_lines(Napi::Env env, Napi::Object exports, http::AppendAccess append) {
  format = append;
  AccessLogFile::ways().append = append_formatted;
  AccessLogFile::ways().tells_inside = false;
  exports.Set("sampleAccessLog", Napi::Function::New<sample_access_log>(env, "sampleAccessLog"));
}

}  // namespace hpserver::binding
