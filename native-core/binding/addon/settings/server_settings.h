#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/settings/access_log_file.h"
#include "addon/settings/option_reader.h"
#include "hpserver/base/result.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/protocol/http/service.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

// The settings of each loop's HTTP service.
struct HttpSettings {
  std::string root;
  http::HttpLimits limits;
  std::shared_ptr<AccessLogFile> access_log;  // null: off; must outlive the services
  std::vector<HttpOptionSetter> further;      // of parts of the addon

  // Any thread. Errors: those of StaticFiles::create.
  [[nodiscard]] Result<http::HttpOptions> make_options() const;
};

// Opens the access log. Errors: those of AccessLogFile::open.
Result<HttpSettings> http_settings_of(const Napi::Object& options);

[[nodiscard]] ConnectionDeadlines deadlines_of(const Napi::Object& options);
[[nodiscard]] http::HttpLimits http_limits_of(const Napi::Object& options);

// Reads the limits and timeouts of connections.
ServerOptions server_options_of(const Napi::Object& options);

// Reads the options of other parts of the addon; see OptionReader.
void read_further(const Napi::Object& options, ServerOptions& result);

// Reads where to listen; throws, and returns nothing, for an invalid address.
std::optional<std::vector<Address>> addresses_of(const Napi::Object& options);

// Returns the maximum number of connections: as configured, or (0) as many as RLIMIT_NOFILE allows
// once it is raised, minus a reserve. Errors: those of raise_descriptor_limit.
Result<std::size_t> connection_limit_of(const Napi::Object& options);

// Explains a failed open: a service opens two things whose names come from the user.
[[nodiscard]] std::string explain(const Error& error, const Napi::Object& options);

[[nodiscard]] Napi::Array texts(Napi::Env env, const std::vector<std::string>& values);

}  // namespace hpserver::binding
