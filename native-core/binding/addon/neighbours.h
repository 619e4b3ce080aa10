#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "hpserver/connection/service.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

// What is served besides HTTP, if anything, at its own addresses. Must outlive what it serves.
class Neighbours {
 public:
  virtual ~Neighbours() = default;

  // Creates the service of one executor from its HTTP service. Also called on native threads.
  [[nodiscard]] virtual std::unique_ptr<Service> beside(std::unique_ptr<Service> http) = 0;
  // The addresses at which the server listens, in order. Called before it serves.
  virtual void serve_at(const std::vector<Address>& addresses) = 0;
  // A loop on this JavaScript thread serves the protocols: call `enter` before using its
  // connections outside of a turn. Empty: the loop has ended.
  virtual void enter_by(std::function<void()> enter) = 0;
};

}  // namespace hpserver::binding
