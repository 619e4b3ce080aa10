#include "addon/log/log_servers.h"

#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include "addon/js/js_value.h"
#include "hpserver/log/datagram_sink.h"
#include "hpserver/log/severity.h"

namespace hpserver::binding {

namespace {

struct OpenServers {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<LogSink>> by_name;
};

OpenServers& open_servers() {
  static OpenServers instance;
  return instance;
}

void write_log(const Napi::CallbackInfo& call) {
  const auto severity = call[0].As<Napi::Number>().Uint32Value();
  const std::string text = call[1].As<Napi::String>();
  LogServers::write({.severity = static_cast<Severity>(severity),
                     .time = std::chrono::system_clock::now(),
                     .text = text});
}

}  // namespace

void LogServers::open(const std::string& name, const Address& address,
                      std::unique_ptr<LogProtocol> protocol) {
  const std::lock_guard lock(open_servers().mutex);
  auto& server = open_servers().by_name[name];
  if (server == nullptr) server = std::make_shared<DatagramSink>(address, std::move(protocol));
}

std::shared_ptr<LogSink> LogServers::find(const std::string& name) {
  const std::lock_guard lock(open_servers().mutex);
  const auto found = open_servers().by_name.find(name);
  return found == open_servers().by_name.end() ? nullptr : found->second;
}

void LogServers::write(const LogRecord& record) {
  const std::lock_guard lock(open_servers().mutex);
  for (const auto& [name, server] : open_servers().by_name) server->write(record);
}

LogSource log_source_of(const Napi::Object& options) {
  const auto facility = facility_of(text_of(options, "facility"));
  return {.program = text_of(options, "program"), .facility = facility.value_or(Facility::daemon)};
}

void add_log_servers(Napi::Env env, Napi::Object exports) {
  exports.Set("writeLog", Napi::Function::New<write_log>(env, "writeLog"));
}

}  // namespace hpserver::binding
