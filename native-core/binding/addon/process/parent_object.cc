#include "addon/process/parent_object.h"

#include <string>
#include <utility>

#include "addon/architecture.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/notice/notice_board.h"
#include "addon/settings/server_settings.h"
#include "hpserver/base/trace.h"
#include "hpserver/connection/waiting_connections.h"
#include "hpserver/event/notices.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/os/thread.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/listening_sockets.h"

namespace hpserver::binding {

namespace {

std::size_t index_of(const Napi::CallbackInfo& call) {
  return call[0].As<Napi::Number>().Uint32Value();
}

}  // namespace

void ParentObject::add_to(Napi::Env env, Napi::Object exports) {
  const auto parent = DefineClass(env, "Parent",
                                  {InstanceMethod<&ParentObject::descriptors>("descriptors"),
                                   InstanceMethod<&ParentObject::started>("started"),
                                   InstanceMethod<&ParentObject::serves>("serves"),
                                   InstanceMethod<&ParentObject::ended>("ended"),
                                   InstanceMethod<&ParentObject::accept>("accept"),
                                   InstanceMethod<&ParentObject::close>("close"),
                                   InstanceMethod<&ParentObject::statistics>("statistics")});
  exports.Set("Parent", parent);
}

ParentObject::ParentObject(const Napi::CallbackInfo& call) : ObjectWrap(call) {
  open(call);
}

ParentObject::~ParentObject() {
  stop_accepting();
  if (watchdog_ == nullptr || !shares_) return;
  for (const ProcessShare& share : shares_->values()) watchdog_->forget(share.pulse);
}

void ParentObject::open(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const auto options = call[0].As<Napi::Object>();
  const std::size_t count = number_of(options, "processes");
  sharded_ = options.Get("sharded").ToBoolean();
  const auto shared = share_memory(options, count);
  if (!shared) return throw_error(env, shared.error(), shared.error().message());
  places_.resize(count);
  listen_fds_.resize(sharded_ ? count : 1);
  if (!listen(env, options)) return;
  if (!sharded_) handout_ = std::make_unique<Handout>(*shares_);
}

Result<void> ParentObject::share_memory(const Napi::Object& options, std::size_t count) {
  ServerOptions further;
  read_further(options, further);
  peer_limit_ = further.limits.peer_limit;
  meters_ = further.meters;
  std::size_t further_bytes = 0;
  if (peer_limit_ != nullptr) {
    const auto max_connections = connection_limit_of(options);
    if (!max_connections) return max_connections.error();
    further_bytes = peer_limit_->bytes_for(count, *max_connections);
  }
  if (meters_ != nullptr) further_bytes += ProcessShares::bytes_for(*meters_, count);
  auto shares = ProcessShares::create(count, further_bytes);
  if (!shares) return shares.error();
  shares_.emplace(std::move(*shares));
  shares_->prepare(peer_limit_.get(), meters_.get());
  watchdog_ = further.watchdog;
  if (watchdog_ == nullptr) return {};
  for (std::size_t index = 0; index < count; ++index) {
    watchdog_->look_after((*shares_)[index].pulse, "worker " + std::to_string(index));
  }
  return {};
}

bool ParentObject::listen(Napi::Env env, const Napi::Object& options) {
  ServerOptions server_options;
  server_options.listen_options.backlog = static_cast<int>(number_of(options, "backlog"));
  server_options.workers = places_.size();
  std::vector<std::string> real;
  const auto addresses = addresses_of(options);
  if (!addresses) return false;
  for (const Address& address : *addresses) {
    auto sockets =
        ListeningSockets::bind(address, server_options.listen_options, listen_fds_.size());
    if (!sockets) {
      throw_error(env, sockets.error(), explain_listen_error(sockets.error(), address));
      return false;
    }
    real.push_back(sockets->address().to_string());
    const auto spread = std::move(*sockets).spread(listen_fds_);
    if (!spread) {
      throw_error(env, spread.error(), explain_listen_error(spread.error(), address));
      return false;
    }
  }
  Value().Set("addresses", texts(env, real));
  Value().Set("warnings", texts(env, warnings_of(server_options)));
  return true;
}

// What the child with this index inherits, in this order: the memory, and its listening sockets or
// the socket through which connections arrive.
Napi::Value ParentObject::descriptors(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const std::size_t index = index_of(call);
  std::vector<int> fds{shares_->fd()};
  if (sharded_) {
    for (const Fd& listen_fd : listen_fds_[index]) fds.push_back(listen_fd.get());
  } else {
    auto pair = create_socket_pair();
    if (!pair) {
      throw_error(env, pair.error(), pair.error().message());
      return env.Undefined();
    }
    places_[index] = {std::move(pair->first), std::move(pair->second)};
    fds.push_back(places_[index].inherited.get());
  }
  auto result = Napi::Array::New(env, fds.size());
  for (std::uint32_t at = 0; at < fds.size(); ++at) result.Set(at, fds[at]);
  return result;
}

void ParentObject::started(const Napi::CallbackInfo& call) {
  // If the child's end of the channel stayed open here, its exit would go unnoticed.
  places_[index_of(call)].inherited.reset();
}

void ParentObject::serves(const Napi::CallbackInfo& call) {
  const std::size_t index = index_of(call);
  if (handout_ == nullptr) return;
  handout_->begin(index, std::move(places_[index].ours));
  if (thread_.joinable()) io_->loop->post([this] { go_on_later(); });
}

void ParentObject::ended(const Napi::CallbackInfo& call) {
  const std::size_t index = index_of(call);
  if (handout_ != nullptr) handout_->end(index);
  places_[index] = {};
  // A killed process can't give anything back itself.
  (*shares_)[index].connections.open_count.store(0);
  (*shares_)[index].pulse.moved_at_ms.store(0);
  if (peer_limit_ != nullptr) peer_limit_->forget(index);
  if (meters_ != nullptr) meters_->forget(index);
}

void ParentObject::accept(const Napi::CallbackInfo& call) {
  if (handout_ == nullptr || thread_.joinable()) return;
  const auto started = start_accepting();
  if (!started) throw_error(call.Env(), started.error(), started.error().message());
}

Result<void> ParentObject::start_accepting() {
  auto io = make_io();
  if (!io) return io.error();
  io_.emplace(std::move(*io));
  io_->loop->notices().tell_to(NoticeBoard::put);
  for (Fd& listen_fd : listen_fds_.front()) {
    auto listener = io_->transport->listen(std::move(listen_fd), [this](Fd conn_fd) {
      if (handout_->hand_over(std::move(conn_fd), io_->loop->notices())) go_on_later();
    });
    if (!listener) return listener.error();
    listeners_.push_back(std::move(*listener));
  }
  listen_fds_.front().clear();
  auto thread = start_thread("acceptor", [this] {
    trace_as("main");
    const WatchedLoop watched(*io_->loop, watchdog_, "the acceptor", WatchedLoop::Role::worker);
    static_cast<void>(io_->loop->run());
    listeners_.clear();
    io_->transport->finish();
  });
  if (!thread) return thread.error();
  thread_ = std::move(*thread);
  return {};
}

// A child takes what its socket holds at its next turn.
void ParentObject::go_on_later() {
  io_->loop->schedule(retry_, io_->loop->now() + WaitingConnections::kRetryDelay);
}

// Children drain after this, so wait for them, but not for one that blocks.
void ParentObject::hand_over_the_rest() {
  for (int tries = 0; handout_->go_on() && tries < WaitingConnections::kLastTries; ++tries) {
    std::this_thread::sleep_for(WaitingConnections::kRetryDelay);
  }
}

// Hands over the backlog, then stops listening.
void ParentObject::stop_accepting() {
  if (!thread_.joinable()) return;
  io_->loop->post([this] {
    for (const auto& listener : listeners_) listener->close(Listening::ends);
    hand_over_the_rest();
    io_->loop->stop();
  });
  thread_.join();
}

void ParentObject::close(const Napi::CallbackInfo&) {
  stop_accepting();
  if (handout_ != nullptr && io_) handout_->give_up_waiting(io_->loop->notices());
  // The children close only their own descriptors: a child that is killed or replaced must not end
  // the listening.
  for (const std::vector<Fd>& shard : listen_fds_) {
    for (const Fd& listen_fd : shard) remove_socket_file(listen_fd.get());
  }
  listen_fds_.clear();
}

Napi::Value ParentObject::statistics(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const auto shares = shares_->values();
  auto result = Napi::Array::New(env, shares.size());
  for (std::uint32_t index = 0; index < shares.size(); ++index) {
    const ConnectionShare& share = shares[index].connections;
    auto entry = Napi::Object::New(env);
    entry.Set("open", static_cast<double>(share.open_count.load()));
    entry.Set("accepted", static_cast<double>(share.accepted_count.load()));
    result.Set(index, entry);
  }
  return result;
}

}  // namespace hpserver::binding
