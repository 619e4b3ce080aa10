#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "hpserver/concurrency/server_options.h"
#include "hpserver/connection/service.h"
#include "hpserver/connection/workspace.h"
#include "hpserver/event/call_watch.h"

namespace hpserver {

// What each thread of a crew has of its own: its logic unit, and what it lends to connections.
struct Member {
  // The loop has the first meter; the members have the following ones.
  Member(std::unique_ptr<Service> logic, BufferPool& buffers, Duties duties,
         const ServerOptions& options, std::size_t index)
      : service(std::move(logic)),
        workspace(buffers, *service, duties, options.limits.output()),
        mark(workspace.mark, options.call_watch, options.on_notice) {
    workspace.meter = options.meter_of(index + 1);
  }

  std::unique_ptr<Service> service;
  Workspace workspace;
  WatchedMark mark;
};

}  // namespace hpserver
