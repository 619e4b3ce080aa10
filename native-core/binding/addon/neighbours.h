#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "hpserver/connection/service.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

// What is served beside HTTP, at addresses of its own, where anything is. Outlives what it serves.
class Neighbours {
 public:
  virtual ~Neighbours() = default;

  // The service of one executor, made of its HTTP service. Also on native threads.
  [[nodiscard]] virtual std::unique_ptr<Service> beside(std::unique_ptr<Service> http) = 0;
  // Where the server listens, in the order in which it was told to. Before it serves.
  virtual void serve_at(const std::vector<Address>& addresses) = 0;
  // A loop on this JavaScript thread serves them: `enter` is called before its connections are used
  // outside of a turn. Empty: the loop has ended.
  virtual void enter_by(std::function<void()> enter) = 0;
};

}  // namespace hpserver::binding
