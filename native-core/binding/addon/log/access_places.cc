#include "addon/log/access_places.h"

#include <linux/limits.h>
#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "addon/log/log_servers.h"
#include "addon/settings/access_log_file.h"
#include "hpserver/log/record_output.h"
#include "hpserver/os/syscall.h"

namespace hpserver::binding {

namespace {

// A pipe that takes nothing for this long counts as having no reader.
constexpr int kReaderWaitMs = 1000;

// An inherited stderr may be blocking, as other programs expect. A pipe that poll reports as
// writable takes PIPE_BUF bytes without blocking.
void write_to_stderr(std::string_view lines) {
  while (!lines.empty()) {
    pollfd writable{STDERR_FILENO, POLLOUT, 0};
    if (::poll(&writable, 1, kReaderWaitMs) <= 0) return;
    const auto piece = lines.substr(0, PIPE_BUF);
    const auto written =
        retry_on_eintr([&] { return ::write(STDERR_FILENO, piece.data(), piece.size()); });
    if (written == -1) return;
    lines.remove_prefix(static_cast<std::size_t>(written));
  }
}

AccessLogWays::Write writer_of(const std::string& place) {
  if (place == "stderr") return write_to_stderr;
  auto server = LogServers::find(place);
  if (server == nullptr) return {};
  auto output = std::make_shared<RecordOutput>(std::move(server));
  return [output](std::string_view lines) { output->write(lines); };
}

}  // namespace

void add_access_places(Napi::Env, Napi::Object) {
  AccessLogFile::ways().writer_of = writer_of;
}

}  // namespace hpserver::binding
