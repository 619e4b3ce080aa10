#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/connection/channel.h"
#include "hpserver/connection/connection_deadlines.h"
#include "hpserver/connection/filtered_stream.h"
#include "hpserver/connection/input_buffer.h"
#include "hpserver/connection/output_queue.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/connection/service.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/timer.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

class ConnectionSet;
class Flight;

// The I/O unit: one connected socket and the steps read → process → write, written once for every
// architecture; it doesn't care who executes them. Owned by a ConnectionSet; used by one executor
// at a time. About 200 bytes while idle.
class Connection final : public EventHandler, public TimerHandler {
 public:
  Connection(ConnectionSet& set, Fd conn_fd);
  ~Connection() override;

  // The loop's thread: an event has arrived.
  void on_ready(Ready ready) override;
  // The loop's thread: the timer for the deadline of the current phase has fired.
  void on_timer() override;

  // Does the workspace's share of the steps, as far as possible. The calling executor has the
  // connection to itself until the loop takes it back.
  void work(Workspace& workspace);

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  [[nodiscard]] Token token() const noexcept { return token_; }

  // When the connection entered a crew's queue, as recorded by the queue.
  void note_queued(Deadline since) noexcept { queued_since_ = since; }
  [[nodiscard]] Deadline queued_since() const noexcept { return queued_since_; }

 private:
  friend class Channel;
  friend class ConnectionSet;
  friend class BlockingTransport;
  friend class CompletionTransport;
  friend class Flight;
  friend class ReadinessTransport;

  // Whether `advance` goes on, or why it doesn't.
  enum class Step : std::uint8_t {
    advanced,
    waiting,    // for the peer, or for the handler's answer
    yielded,    // the turn's budget is used up: other connections go first
    elsewhere,  // the next step is another executor's duty
    ended,
  };

  [[nodiscard]] bool has_waited_too_long(Workspace& workspace);
  Step advance(Workspace& workspace);

  // Each does one part of its step.
  Step read(Workspace& workspace, const Duties& duties);
  Step process(Workspace& workspace, std::string_view input);
  Step write(Workspace& workspace);

  // Closes now: there is no room for what the connection would have to keep.
  Step break_off();
  Step finish(Workspace& workspace);
  Step discard_input(Workspace& workspace);
  void end_of_input(Workspace& workspace);
  void go_on_streaming(Workspace& workspace);
  [[nodiscard]] bool input_is_over() const;
  [[nodiscard]] Result<std::size_t> receive_arrived(std::span<char> room);
  [[nodiscard]] Result<std::size_t> receive_into(Workspace& workspace, std::span<char> room);
  [[nodiscard]] bool may_read() const noexcept {
    return readable_ || (filtered_ != nullptr && filtered_->holds_more());
  }
  // What the transport sends: the session's output itself, unless there is a filter.
  [[nodiscard]] OutputQueue& outgoing() noexcept {
    return filtered_ == nullptr ? output_ : filtered_->sealed();
  }
  [[nodiscard]] Result<std::size_t> after_opening(Workspace& workspace, Result<std::size_t> opened);
  [[nodiscard]] bool has_output(const Workspace& workspace) const noexcept;
  [[nodiscard]] bool leave_cork(Workspace& workspace);
  void clear_output(Workspace& workspace);
  void note(Ready ready);
  void release_session_if_idle(Workspace& workspace);
  void end_session(Service& executors);
  void hand_to_successor(Workspace& workspace);
  // Between two requests. A session that the connection owns is kept even then, since its state
  // exists nowhere else.
  [[nodiscard]] bool is_idle() const {
    return session_ == nullptr || session_->phase() == Phase::idle;
  }
  // Returns the connection's own service among those of the executor.
  [[nodiscard]] Service& service_of(Service& executors) const {
    return service_number_ == 0 ? executors : executors.numbered(service_number_);
  }

  // The loop's part, while the connection waits. False if it can't go on.
  [[nodiscard]] bool await_next();
  void update_deadline();
  // Doesn't touch the reference count if both are the same.
  void keep_to(const std::shared_ptr<const ConnectionDeadlines>& deadlines) {
    if (deadlines_ != deadlines) deadlines_ = deadlines;
  }
  void count_turn(Phase before);
  void look_again_by(Deadline deadline);
  [[nodiscard]] bool looks_for_close() const;
  [[nodiscard]] Phase present_phase() const;
  [[nodiscard]] bool output_waits() const noexcept { return sending_ || queued_; }

  ConnectionSet& set_;
  Connection* previous_ = nullptr;  // in the set's list
  Connection* next_ = nullptr;
  Session* session_ = nullptr;  // during a conversation; owned by the service, or by itself
  Flight* flight_ = nullptr;    // a CompletionTransport's pending operations
  OutputQueue output_;
  InputBuffer input_;
  std::unique_ptr<FilteredStream> filtered_;  // null: no filter
  // The deadlines that apply until the connection is idle.
  std::shared_ptr<const ConnectionDeadlines> deadlines_;
  std::unique_ptr<Address> peer_;  // null: the socket's other end, looked up on demand
  Deadline deadline_ = Deadline::max();
  Deadline ready_since_;                  // since when it waits for an executor, or zero
  Deadline timer_due_ = Deadline::max();  // when the wheel will call, perhaps too early
  Deadline queued_since_;
  Token token_;
  Fd fd_;
  std::uint32_t read_bytes_ = 0;  // in this turn
  std::uint64_t sent_bytes_ = 0;  // in this turn
  PeerLimit::Place peer_place_ = PeerLimit::kNone;
  Phase phase_ = Phase::head;
  Interest interest_;             // as registered by a ReadinessTransport
  Step outcome_ = Step::waiting;  // of the last piece of work
  std::uint8_t service_number_ = 0;

  // For the loop alone, while another executor works on the connection.
  bool out_ = false;     // a crew has it
  bool doomed_ = false;  // to be released when it comes back
  Ready missed_;         // events that arrived while it was out

  bool registered_ : 1 = false;     // by a ReadinessTransport, once it has had to wait
  bool end_announced_ : 1 = false;  // an event reported a FIN that recv may not have reached
  bool readable_ : 1 = true;        // an event came, and recv has not emptied the socket since
  bool peer_done_ : 1 = false;      // FIN received
  bool peer_gone_ : 1 = false;      // reset, or both directions are shut down
  bool input_paused_ : 1 = false;   // the session waits for its own answer
  bool unprocessed_ : 1 = false;    // kept input that the session could continue with
  bool yields_ : 1 = false;         // the session continues in another turn
  bool drained_ : 1 = false;        // all output is sent, and the session must be told
  bool queued_ : 1 = false;         // output was left when the work ended
  bool sending_ : 1 = false;        // a transport is sending our output
  bool progressed_ : 1 = false;     // bytes were consumed in this turn
  bool spoken_ : 1 = false;         // the peer has sent something
  bool said_all_ : 1 = false;       // the peer promised to send no more, and hasn't since
  bool closing_ : 1 = false;        // close when the output is sent
  bool lingering_ : 1 = false;      // our side is shut down; waits for the peer's FIN
  bool broken_ : 1 = false;         // close now
  bool owns_session_ : 1 = false;   // session_ was handed over by Channel::become
  bool refused_ : 1 = false;        // over the limit: only sent a refusal; not in the budget
  bool dismissed_ : 1 = false;      // the loop itself does the last steps, whatever its duties
};

}  // namespace hpserver
