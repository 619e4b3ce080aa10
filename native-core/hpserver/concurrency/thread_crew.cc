#include "hpserver/concurrency/thread_crew.h"

#include <algorithm>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/event/meter.h"

namespace hpserver {

namespace {

ThreadPoolOptions pool_options(const ServerOptions& options) {
  return {.name = "worker",
          .initial_threads = options.workers,
          .max_threads = std::max(options.workers, options.max_workers),
          .max_queued_tasks = options.queue_capacity};
}

// The steps that the loop leaves to the crew.
Duties duties_beside(const Duties& loop) {
  return {.read = !loop.read, .process = !loop.process, .write = !loop.write};
}

std::vector<std::unique_ptr<Member>> make_members(Loop& loop, const ServerParts& parts,
                                                  const ServerOptions& options) {
  std::vector<std::unique_ptr<Member>> members;
  // There is one queue, so one shedder is enough.
  const auto shedder = options.limits.make_shedder ? options.limits.make_shedder() : nullptr;
  while (members.size() < std::max(options.workers, options.max_workers)) {
    members.push_back(std::make_unique<Member>(parts.make_service(), loop.buffers(),
                                               duties_beside(options.loop_duties), options,
                                               members.size()));
    members.back()->workspace.shedder = shedder;
  }
  return members;
}

}  // namespace

ThreadCrew::ThreadCrew(Loop& loop, const ServerParts& parts, const ServerOptions& options)
    : loop_(loop), members_(make_members(loop, parts, options)), threads_(pool_options(options)) {}

Result<void> ThreadCrew::start() {
  return threads_.start();
}

bool ThreadCrew::take(Connection& connection) {
  trace(TraceStep::queue, connection.fd());
  const EventLoop& loop = loop_.event_loop();
  connection.note_queued(loop.now());
  if (!threads_.try_submit([this, &connection] { work(connection); })) return false;
  if (Meter* const meter = loop.meter()) meter->queued();
  return true;
}

void ThreadCrew::work(Connection& connection) {
  trace_as("worker");
  Workspace& workspace = members_[ThreadPool::thread_number()]->workspace;
  workspace.now = Clock::now();
  if (workspace.meter != nullptr) {
    workspace.meter->dequeued(workspace.now - connection.queued_since());
  }
  connection.work(workspace);
  loop_.event_loop().post([&connection, &set = loop_.connections()] { set.take_back(connection); });
}

void ThreadCrew::drain() {
  for (const auto& member : members_) member->service->drain();
}

}  // namespace hpserver
