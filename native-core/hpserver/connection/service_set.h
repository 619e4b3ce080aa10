#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "hpserver/connection/service.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Which of several services serves which address. One per server: filled between `Server::listen`
// and `Server::run`, and then only read, by all executors.
class ServicesByAddress {
 public:
  // Connections accepted at `address`, as it is in `Server::addresses`, get the service with this
  // index; connections accepted at all other addresses get the first one.
  void assign(const Address& address, std::uint8_t index);

  // Costs a system call. See: getsockname(2).
  [[nodiscard]] std::uint8_t index_for(int conn_fd) const;

 private:
  struct Entry {
    Address address;
    bool takes_any_host = false;  // "*:80", "[::]:80"
    std::uint8_t index = 0;
  };

  std::vector<Entry> entries_;
};

// Several protocols behind one server: each connection uses the service of the address that
// accepted it. One per executor, with the same services in the same order, as created by
// `ServerParts::make_service`. Calls to the set itself go to the first service.
class ServiceSet final : public Service {
 public:
  // `addresses` must outlive the set. At least one service, and at most 255.
  ServiceSet(const ServicesByAddress& addresses, std::vector<std::unique_ptr<Service>> services);

  Session* open() override { return services_.front()->open(); }
  void close(Session& session) override { services_.front()->close(session); }
  [[nodiscard]] std::string_view refusal() const override { return services_.front()->refusal(); }
  void drain() override;
  [[nodiscard]] std::uint8_t number_for(int conn_fd) const override;
  [[nodiscard]] Service& numbered(std::uint8_t number) override;

 private:
  const ServicesByAddress& addresses_;
  std::vector<std::unique_ptr<Service>> services_;
};

}  // namespace hpserver
