#include "addon/process/adopt_calls.h"

#include <memory>
#include <utility>
#include <vector>

#include "addon/inline/shared_server.h"
#include "addon/js/js_error.h"
#include "addon/process/inheritance.h"
#include "addon/process/intake.h"
#include "addon/settings/server_settings.h"

namespace hpserver::binding {

namespace {

// A single-loop server whose sockets and counters are created by the parent process.
class AdoptedServer final : public SharedServer {
 public:
  static std::shared_ptr<SharedServer> open(Inheritance inheritance, std::size_t max_connections) {
    auto server = std::make_shared<AdoptedServer>(std::move(inheritance), max_connections);
    add(server);
    return server;
  }

  AdoptedServer(Inheritance inheritance, std::size_t max_connections)
      : SharedServer(inheritance.shares->make_budget(inheritance.index, max_connections)),
        inheritance_(std::move(inheritance)) {
    set_addresses(inheritance_.addresses);
  }

  // The single loop becomes the sockets' owner, so when it closes them, they are closed for good,
  // even if a request is still pending.
  Result<std::vector<Fd>> shard(std::size_t) override {
    return std::exchange(inheritance_.listen_fds, {});
  }
  Result<void> join(Loop& loop) override {
    auto intake =
        Intake::create(loop, std::move(inheritance_.handover), inheritance_.share().received_count);
    if (!intake) return intake.error();
    intake_ = std::move(*intake);
    return {};
  }
  void before_drain(Loop&) override { intake_->close(); }
  void leave(Loop&) override { intake_.reset(); }
  [[nodiscard]] Pulse* pulse() const noexcept override { return &inheritance_.share().pulse; }
  // The parent ends the listening itself.
  [[nodiscard]] Listening after_drain() const noexcept override { return Listening::goes_on; }

 private:
  Inheritance inheritance_;
  std::unique_ptr<Intake> intake_;  // the loop's
};

Napi::Value adopt_server(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const auto options = call[0].As<Napi::Object>();
  auto inheritance = inheritance_of(options);
  const auto max_connections = connection_limit_of(options);
  if (!inheritance || !max_connections) {
    const Error error = inheritance ? max_connections.error() : inheritance.error();
    throw_error(env, error, error.message());
    return env.Undefined();
  }
  ServerOptions further;
  read_further(options, further);
  inheritance->share_counts(further.limits.peer_limit.get(), further.meters.get());
  const auto server = AdoptedServer::open(std::move(*inheritance), *max_connections);
  return Napi::Number::New(env, server->id());
}

}  // namespace

void add_adopt_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("adoptServer", Napi::Function::New<adopt_server>(env, "adoptServer"));
}

}  // namespace hpserver::binding
