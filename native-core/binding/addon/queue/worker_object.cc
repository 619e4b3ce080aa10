#include "addon/queue/worker_object.h"

#include <utility>

#include "addon/environment.h"
#include "addon/js/js_error.h"
#include "addon/notice/notice_board.h"
#include "addon/settings/routes.h"
#include "hpserver/base/trace.h"

namespace hpserver::binding {

namespace {

// Takes one at a time: a request that an idle thread could take must not wait behind a handler that
// blocks, or that ends its thread.
constexpr std::size_t kRequestsPerTake = 1;
// How often to check for events of earlier requests meanwhile.
constexpr int kTakesPerHearing = 16;

}  // namespace

void WorkerObject::add_to(Napi::Env env, Napi::Object exports) {
  exports.Set("Worker",
              DefineClass(env, "Worker", {InstanceMethod<&WorkerObject::close>("close")}));
}

WorkerObject::WorkerObject(const Napi::CallbackInfo& call) : ObjectWrap(call) {
  open(call);
}

WorkerObject::~WorkerObject() {
  close_now();
}

void WorkerObject::open(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  auto server = QueueServer::find(call[0].As<Napi::Number>().Uint32Value());
  if (server == nullptr) return throw_type_error(env, "the server of this worker is closed");
  auto routes = routes_of(call[1].As<Napi::Array>());
  for (const RouteText& route : routes) route_names_.push_back(route.method + ' ' + route.path);
  if (!server->declare(env, std::move(routes))) return;
  auto wake = UvWake::create(
      env, {.on_wake = [this] { on_wake(); }, .on_teardown = [this] { on_teardown(); }});
  if (!wake) return throw_error(env, wake.error(), wake.error().message());
  const auto calls = call[2].As<Napi::Object>();
  calls_ = std::make_unique<JsCalls>(env, calls.Get("onRequest"), calls.Get("onEvent"));
  exchanges_ = &env.GetInstanceData<Environment>()->exchanges;
  server_ = std::move(server);
  watched_.emplace(mark_, server_->call_watch(), NoticeBoard::put);
  wake_ = std::move(*wake);
  inbox_ = std::make_shared<Inbox>(*wake_);
  trace_as("javascript");
  // While it is open, libuv's handle points here, so the object must not be collected.
  Ref();
  server_->queue().join(inbox_);
}

void WorkerObject::on_wake() {
  working_ = true;
  bool found = true;
  for (int count = 0; found && count < UvWake::kTakesPerWake; ++count) {
    if (count % kTakesPerHearing == 0) hear_notices();
    found = take_requests();
  }
  working_ = false;
  // The thread is woken for the next request only after it has found none.
  if (found && !closing_) inbox_->wake();
  if (closing_) close_now();
}

void WorkerObject::hear_notices() {
  inbox_->take(notices_);
  for (const Notice& notice : notices_) {
    auto* const exchange = static_cast<QueuedExchange*>(exchanges_->find(notice.exchange));
    if (exchange != nullptr) exchange->on_notice(notice.event);
  }
}

bool WorkerObject::has_waited_too_long(const QueueEntry& entry) const {
  if (!entry.may_be_shed) return false;
  const Deadline now = Clock::now();
  return !server_->queue().shedder()->keeps_up(now - entry.since, now);
}

bool WorkerObject::take_requests() {
  if (closing_) return false;
  server_->queue().take(inbox_, kRequestsPerTake, entries_);
  if (Meter* const meter = server_->queue().meter()) {
    const Deadline now = Clock::now();
    for (const QueueEntry& entry : entries_) meter->dequeued(now - entry.since);
  }
  for (QueueEntry& entry : entries_) {
    if (has_waited_too_long(entry)) {
      entry.responder.run([](http::Request&, http::Response& response) { response.shed(); });
      continue;
    }
    auto* const exchange = exchanges_->take<QueuedExchange>();
    // At the table's limit the responder is dropped, which answers 500.
    if (exchange == nullptr) continue;
    trace(TraceStep::process);
    const CallMark::Call call(mark_, route_names_[entry.request->route()].c_str());
    exchange->begin_request(*this, inbox_, std::move(entry));
  }
  const bool found = !entries_.empty();
  entries_.clear();
  return found;
}

void WorkerObject::close(const Napi::CallbackInfo&) {
  closing_ = true;
  if (!working_) close_now();
}

void WorkerObject::on_teardown() {
  calls_->silence();
  close_now();
}

void WorkerObject::close_now() {
  if (wake_ == nullptr) return;
  closing_ = true;
  watched_.reset();
  server_->queue().leave(inbox_);
  inbox_->close();
  // Requests not answered by now get a 500.
  exchanges_->each_live<QueuedExchange>(
      [](QueuedExchange& exchange) { exchange.on_notice(ExchangeEvent::gone); });
  wake_.reset();
  Unref();
}

}  // namespace hpserver::binding
