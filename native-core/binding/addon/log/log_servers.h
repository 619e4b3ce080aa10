#pragma once

#include <napi.h>

#include <memory>
#include <string>

#include "hpserver/log/log_protocol.h"
#include "hpserver/log/log_sink.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

// The log servers that get lines of this process, by the words of its settings. Any thread.
class LogServers {
 public:
  // The first one of a name stays: each JavaScript thread opens them.
  static void open(const std::string& name, const Address& address,
                   std::unique_ptr<LogProtocol> protocol);
  // Null for a name that nobody has opened.
  [[nodiscard]] static std::shared_ptr<LogSink> find(const std::string& name);
  static void write(const LogRecord& record);
};

// What `{program, facility}` say.
[[nodiscard]] LogSource log_source_of(const Napi::Object& options);

// writeLog(severity, text)
void add_log_servers(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
