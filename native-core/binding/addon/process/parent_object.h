#pragma once

#include <napi.h>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "addon/process/handout.h"
#include "addon/process/process_shares.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/event/meter.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watchdog.h"
#include "hpserver/os/fd.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver::binding {

// `new Parent(options)` holds what belongs to the parent of a server's child processes: the
// listening sockets, which stay here while children come and go, and their shared counters. If
// sharded, each child accepts from its own sockets; else a native thread accepts, and passes every
// connection to a child. For the JavaScript thread that created it.
class ParentObject final : public Napi::ObjectWrap<ParentObject> {
 public:
  // Adds the class `Parent`.
  static void add_to(Napi::Env env, Napi::Object exports);

  explicit ParentObject(const Napi::CallbackInfo& call);
  ~ParentObject() override;

 private:
  Napi::Value descriptors(const Napi::CallbackInfo& call);
  void started(const Napi::CallbackInfo& call);
  void serves(const Napi::CallbackInfo& call);
  void ended(const Napi::CallbackInfo& call);
  void accept(const Napi::CallbackInfo& call);
  void close(const Napi::CallbackInfo& call);
  Napi::Value statistics(const Napi::CallbackInfo& call);

  void open(const Napi::CallbackInfo& call);
  Result<void> share_memory(const Napi::Object& options, std::size_t count);
  [[nodiscard]] bool listen(Napi::Env env, const Napi::Object& options);
  Result<void> start_accepting();
  void go_on_later();
  void hand_over_the_rest();
  void stop_accepting();

  // The two ends of the channel to a child, until it serves: ours, and the one that it inherits.
  struct Place {
    Fd ours;
    Fd inherited;
  };

  bool sharded_ = false;
  std::vector<std::vector<Fd>> listen_fds_;  // by shard, then by address
  std::optional<ProcessShares> shares_;
  std::vector<Place> places_;
  std::shared_ptr<PeerLimit> peer_limit_;  // null: none
  std::shared_ptr<Meters> meters_;         // null: none
  std::shared_ptr<Watchdog> watchdog_;     // null: none
  std::unique_ptr<Handout> handout_;
  // Belongs to the accepting thread.
  std::optional<IoUnit> io_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  Timer retry_{[this] {
    if (handout_->go_on()) go_on_later();
  }};
  std::thread thread_;
};

}  // namespace hpserver::binding
