#pragma once

#include <napi.h>

#include <memory>
#include <string>

#include "hpserver/log/log_protocol.h"
#include "hpserver/log/log_sink.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

// The log servers for lines of this process, by their names in its settings. Any thread.
class LogServers {
 public:
  // The first server with a name stays, since each JavaScript thread opens them.
  static void open(const std::string& name, const Address& address,
                   std::unique_ptr<LogProtocol> protocol);
  // Null if no server was opened under that name.
  [[nodiscard]] static std::shared_ptr<LogSink> find(const std::string& name);
  static void write(const LogRecord& record);
};

// Reads `{program, facility}`.
[[nodiscard]] LogSource log_source_of(const Napi::Object& options);

// writeLog(severity, text)
void add_log_servers(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
