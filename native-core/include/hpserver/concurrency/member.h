#pragma once

#include <memory>
#include <utility>

#include "hpserver/concurrency/server_options.h"
#include "hpserver/net/workspace.h"
#include "hpserver/service/service.h"

namespace hpserver {

// What one thread of a crew has for itself: its logic unit, and what it lends to connections.
struct Member {
  Member(std::unique_ptr<Service> logic, BufferPool& buffers, Duties duties)
      : service(std::move(logic)), workspace(buffers, *service, duties) {}

  std::unique_ptr<Service> service;
  Workspace workspace;
};

}  // namespace hpserver
