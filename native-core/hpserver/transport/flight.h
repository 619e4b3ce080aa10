#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "hpserver/completion/completion_port.h"
#include "hpserver/connection/output_queue.h"
#include "hpserver/connection/workspace.h"
#include "hpserver/os/fd.h"

namespace hpserver {

class CompletionTransport;
class Connection;

// The pending operations of one socket: bytes that the kernel has received for its connection, and
// bytes that it is sending. Outlives the connection until the kernel has released both. For the
// loop's thread.
class Flight final : public CompletionHandler {
 public:
  Flight(CompletionTransport& transport, Connection& connection);
  ~Flight() override;

  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;

  void on_completion(const Completion& completion) override;

 private:
  friend class CompletionTransport;

  // Received but not taken yet: in one of the port's buffers, or in a block of the pool.
  struct Received {
    std::string_view bytes;
    BufferId buffer = kNoBuffer;
    char* block = nullptr;
  };

  void on_received(const Completion& completion);
  void on_sent(const Completion& completion);
  void on_read(const Completion& completion);
  void tell(Ready ready);

  // Does nothing if the connection already holds as much as it may. False: the port refuses.
  [[nodiscard]] bool start_receiving();
  // The connection takes nothing for now: requests no more, and moves received bytes to blocks,
  // since all connections need the port's buffers. False at the limit of the block pool.
  [[nodiscard]] bool set_aside();
  void starve();
  void pause_receiving();
  void put_back(const Received& received);
  // Takes what it can from the front of the output and starts sending it. Errors: ENOMEM (the
  // pool's limit), those of the port.
  Result<void> start_sending(Workspace& workspace, OutputQueue& output);
  Result<void> read_file(Workspace& workspace, OutputQueue& output);
  Result<void> send_rest();
  void end_sending();

  [[nodiscard]] bool is_under_way() const noexcept { return receiving_ || sending_; }
  [[nodiscard]] int fd() const noexcept;
  void drop_received();
  void leave(Fd conn_fd);

  CompletionTransport& transport_;
  Connection* connection_;  // null once it is closed
  Fd fd_;                   // its descriptor, from then on

  std::vector<Received> inbox_;
  BufferPool* inbox_blocks_ = nullptr;  // where its blocks come from
  int receive_error_ = 0;
  bool listens_ = false;  // its connection takes input
  bool receiving_ = false;
  bool pausing_ = false;  // the port was asked to stop receiving
  bool ended_ = false;    // FIN

  // What is being sent: bytes of `block_`, or of `owner_`.
  BufferPool* buffers_ = nullptr;
  char* block_ = nullptr;
  BlockSize block_size_ = BlockSize::normal;
  std::shared_ptr<const void> owner_;
  std::string_view rest_;
  std::size_t used_bytes_ = 0;    // in the block, before a file is read behind them
  std::uint64_t sent_bytes_ = 0;  // not reported yet
  int send_error_ = 0;
  bool sending_ = false;
  bool more_ = false;    // further output follows at once
  bool shrunk_ = false;  // a file was shorter than announced

  bool in_call_ = false;
};

}  // namespace hpserver
