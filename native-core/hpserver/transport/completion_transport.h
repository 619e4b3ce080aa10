#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "hpserver/connection/transport.h"
#include "hpserver/event/proactor.h"

namespace hpserver {

class Flight;

// The kernel moves the bytes: starts operations on the proactor's port, and tells connections about
// their completion. For the loop's thread. The proactor must outlive it.
class CompletionTransport final : public Transport {
 public:
  explicit CompletionTransport(Proactor& proactor);
  ~CompletionTransport() override;

  Result<std::unique_ptr<Listener>> listen(Fd listen_fd, OnAccept on_accept) override;
  void open(Connection& connection) override;
  void close(Connection& connection) override;
  // Waits until the kernel has released every buffer; not for long, since everything is cancelled.
  void finish() override;
  Result<std::size_t> receive(Connection& connection, std::span<char> room) override;
  Result<Flush> flush(Connection& connection, Workspace& workspace, std::uint64_t budget_bytes,
                      std::uint64_t& sent_bytes) override;
  [[nodiscard]] bool await(Connection& connection, Interest wanted) override;

  // For operations that outlive their owner until the last completion: the destructor waits for
  // them.
  void expect_completion() noexcept { ++under_way_count_; }
  void completed() noexcept { --under_way_count_; }

 private:
  friend class Flight;

  void await_completions();
  // False if none came.
  bool take_completions(std::chrono::milliseconds timeout);
  void end(Flight& flight);
  // Gives a buffer back to the port, for others that wait for one.
  void give_back(BufferId buffer);
  void feed_starved();
  [[nodiscard]] static BufferPool& blocks_of(Connection& connection);

  Proactor& proactor_;
  CompletionPort& port_;
  std::size_t under_way_count_ = 0;  // flights and accepts
  std::size_t held_count_ = 0;       // buffers of the port held by flights
  std::vector<Flight*> starved_;     // flights waiting for a buffer
};

}  // namespace hpserver
