#pragma once

#include <cstdint>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/base/token.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/timer_wheel.h"
#include "hpserver/net/channel.h"
#include "hpserver/net/input_buffer.h"
#include "hpserver/net/output_queue.h"
#include "hpserver/os/fd.h"
#include "hpserver/service/service.h"

namespace hpserver {

class ConnectionSet;

// The I/O unit: one connected socket, and the steps read → process → write, each of which stands
// here once for every architecture; who executes them is not its business. Owned by a
// ConnectionSet; used by one executor at a time. About 150 bytes while it idles.
class Connection final : public EventHandler {
 public:
  Connection(ConnectionSet& set, Fd conn_fd);
  ~Connection() override;

  // Readiness: read, process and write in a row, until the socket or the turn's budget is used up.
  void on_ready(Ready ready) override;

 private:
  friend class Channel;
  friend class ConnectionSet;

  enum class Progress : std::uint8_t { advanced, waiting, closed };

  // Goes on as far as possible, then leaves the workspace clean. May destroy this connection.
  void run(Workspace& workspace);
  Progress advance(Workspace& workspace);

  // The steps.
  Progress read(Workspace& workspace);
  Progress process(Workspace& workspace, std::string_view input);
  Progress write(Workspace& workspace);

  Progress discard(Workspace& workspace);
  Progress end_of_input(Workspace& workspace);
  Progress finish_output(Workspace& workspace);
  void settle(Workspace& workspace);
  void update_deadline();
  void update_interest();
  void on_deadline();
  void release_idle_session();
  [[nodiscard]] bool ensure_session(Workspace& workspace);

  ConnectionSet& set_;
  Session* session_ = nullptr;
  OutputQueue output_;
  InputBuffer input_;
  TimerNode timer_;
  Deadline deadline_;
  Token token_;
  Fd fd_;
  std::uint32_t read_budget_bytes_ = 0;
  Phase phase_ = Phase::head;

  bool registered_ : 1 = false;      // with the reactor; not before the first read left it open
  bool readable_ : 1 = true;         // the last recv did not empty the socket, or an event came
  bool writable_ : 1 = true;         // the last send was not refused
  bool peer_done_ : 1 = false;       // FIN received
  bool input_paused_ : 1 = false;    // the session waits for its own answer
  bool unprocessed_ : 1 = false;     // kept input that the session may be able to go on with
  bool closing_ : 1 = false;         // close when the output is out
  bool lingering_ : 1 = false;       // our side is shut
  bool broken_ : 1 = false;          // close now
  bool awaiting_drain_ : 1 = false;  // tell the session when the output is out
  bool running_ : 1 = false;         // an executor is at work: nested calls only queue
  Interest interest_;                // as registered
};

}  // namespace hpserver
