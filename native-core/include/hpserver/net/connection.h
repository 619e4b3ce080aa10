#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/timer.h"
#include "hpserver/net/channel.h"
#include "hpserver/net/input_buffer.h"
#include "hpserver/net/output_queue.h"
#include "hpserver/os/fd.h"
#include "hpserver/service/service.h"

namespace hpserver {

class ConnectionSet;

// The I/O unit: one connected socket, and the steps read → process → write, each of which stands
// here once for every architecture; who executes them is not its business. Owned by a
// ConnectionSet; used by one executor at a time. About 200 bytes while it idles.
class Connection final : public EventHandler, public TimerHandler {
 public:
  Connection(ConnectionSet& set, Fd conn_fd);
  ~Connection() override;

  // Readiness: reads, processes and writes until the socket or the turn's budget is used up.
  void on_ready(Ready ready) override;
  // The deadline of the present phase.
  void on_timer() override;

 private:
  friend class Channel;
  friend class ConnectionSet;

  // Whether `advance` goes on, waits for the peer or the handler, or has come to the end.
  enum class Step : std::uint8_t { advanced, waiting, ended };

  // Goes on as far as possible, then leaves the workspace clean. May destroy this connection.
  void run(Workspace& workspace);
  Step advance(Workspace& workspace);

  // The steps; each does its part once.
  Step read(Workspace& workspace);
  Step process(Workspace& workspace, std::string_view input);
  Step write(Workspace& workspace);

  Step finish();
  Step discard_input(Workspace& workspace);
  void end_of_input(Workspace& workspace);
  [[nodiscard]] Result<std::size_t> receive_into(std::span<char> room);
  // False when the connection can't go on.
  [[nodiscard]] bool settle(Workspace& workspace);
  [[nodiscard]] bool update_interest();
  void update_deadline(const Workspace& workspace);
  void release_session_if_idle();

  ConnectionSet& set_;
  Connection* previous_ = nullptr;  // in the set's list
  Connection* next_ = nullptr;
  Session* session_ = nullptr;  // while it speaks; owned by the service
  OutputQueue output_;
  InputBuffer input_;
  Deadline deadline_ = Deadline::max();
  Deadline timer_due_ = Deadline::max();  // when the wheel will call, which may be too early
  Token token_;
  Fd fd_;
  std::uint32_t read_bytes_ = 0;  // in this turn
  std::uint64_t sent_bytes_ = 0;  // in this turn
  Phase phase_ = Phase::head;
  Interest interest_;  // as registered

  bool registered_ : 1 = false;     // with the poller: not before the first read left it open
  bool end_announced_ : 1 = false;  // an event told of a FIN that recv may not have reached yet
  bool readable_ : 1 = true;        // an event came, and recv has not emptied the socket since
  bool peer_done_ : 1 = false;      // FIN received
  bool peer_gone_ : 1 = false;      // reset, or both directions are shut
  bool input_paused_ : 1 = false;   // the session waits for its own answer
  bool unprocessed_ : 1 = false;    // input is kept that the session could go on with
  bool progressed_ : 1 = false;     // bytes were consumed in this turn
  bool spoken_ : 1 = false;         // the peer has sent anything yet
  bool closing_ : 1 = false;        // close when the output is out
  bool lingering_ : 1 = false;      // our side is shut: only waiting for the peer's FIN
  bool broken_ : 1 = false;         // close now
  bool refused_ : 1 = false;        // one too many: only told so
};

}  // namespace hpserver
