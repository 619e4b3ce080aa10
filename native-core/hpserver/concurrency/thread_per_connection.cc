#include "hpserver/concurrency/thread_per_connection.h"

#include <chrono>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/os/thread.h"

namespace hpserver {

Result<std::unique_ptr<ThreadPerConnection>> ThreadPerConnection::create(
    const ServerParts& parts, const ServerOptions& options) {
  std::unique_ptr<ThreadPerConnection> server(new ThreadPerConnection(parts, options));
  const auto opened = server->open();
  if (!opened) return opened.error();
  return server;
}

ThreadPerConnection::~ThreadPerConnection() {
  join_executors();
}

std::optional<DrainGuard::Options> ThreadPerConnection::guard_options() {
  return guard_of(options(), budget_);
}

void ThreadPerConnection::join_executors() {
  end_executors();
  for (const auto& place : places_) {
    if (place->thread.joinable()) place->thread.join();
  }
}

bool ThreadPerConnection::serve(Fd& conn_fd, PeerLimit::Place peer) {
  Place* const place = free_place();
  return place != nullptr && start(*place, conn_fd, peer);
}

ThreadPerConnection::Place* ThreadPerConnection::free_place() {
  for (const auto& place : places_) {
    if (!place->busy.load(std::memory_order_acquire)) return place.get();
  }
  if (places_.size() >= max_executors()) return nullptr;
  auto loop = Loop::create(parts(), options(), budget_, {}, places_.size());
  if (!loop) return nullptr;
  places_.push_back(std::make_unique<Place>(std::move(*loop)));
  return places_.back().get();
}

bool ThreadPerConnection::start(Place& place, Fd& conn_fd, PeerLimit::Place peer) {
  if (place.thread.joinable()) place.thread.join();  // it has finished and is about to return
  place.busy.store(true, std::memory_order_relaxed);
  trace(TraceStep::hand_over, conn_fd.get());
  const int fd = conn_fd.get();
  auto thread = start_thread("connection", [&place, fd, peer] { serve_one(place, Fd(fd), peer); });
  if (!thread) {
    place.busy.store(false, std::memory_order_relaxed);
    return false;
  }
  place.thread = std::move(*thread);
  static_cast<void>(conn_fd.release());  // now owned by the thread
  return true;
}

void ThreadPerConnection::serve_one(Place& place, Fd conn_fd, PeerLimit::Place peer) {
  trace_as("connection");
  Loop& loop = *place.loop;
  loop.event_loop().refresh_now();
  loop.connections().adopt(std::move(conn_fd), peer);
  while (loop.connections().size() > 0) {
    if (!loop.event_loop().turn(EventLoop::kForever)) loop.close_all();
  }
  place.busy.store(false, std::memory_order_release);
}

bool ThreadPerConnection::busy() {
  for (const auto& place : places_) {
    if (place->busy.load(std::memory_order_acquire)) return true;
  }
  return false;
}

void ThreadPerConnection::drain_executors() {
  for (const auto& place : places_) {
    place->loop->event_loop().post([&loop = *place->loop] { loop.drain({}); });
  }
}

void ThreadPerConnection::end_executors() {
  for (const auto& place : places_) {
    place->loop->event_loop().post([&loop = *place->loop] { loop.close_all(); });
  }
}

}  // namespace hpserver
