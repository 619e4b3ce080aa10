#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/base/token.h"
#include "hpserver/connection/carrier.h"
#include "hpserver/connection/connection.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/connection/connection_limits.h"
#include "hpserver/connection/crew.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/connection/service.h"
#include "hpserver/connection/transport.h"
#include "hpserver/connection/workspace.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/foreign_call.h"
#include "hpserver/os/fd.h"
#include "hpserver/pool/object_pool.h"

namespace hpserver {

// Counters that one loop writes and any thread may read.
struct ConnectionCounters {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::size_t> open{0};
};

// All connections of one loop: takes over accepted sockets, lends them the loop's workspace, hands
// them to a crew for the steps that aren't the loop's own duty, and closes them. For the loop's
// thread only, except `counters`.
class ConnectionSet {
 public:
  // Work on a connection that isn't caused by one of its events.
  using SessionStep = std::function<void(Session&, Channel&)>;

  // All must outlive the set. `duties` are the steps that the loop does itself.
  ConnectionSet(EventLoop& loop, Transport& transport, Service& service, BufferPool& buffers,
                ConnectionBudget& budget, const ConnectionLimits& limits, Duties duties = {});
  ~ConnectionSet();

  ConnectionSet(const ConnectionSet&) = delete;
  ConnectionSet& operator=(const ConnectionSet&) = delete;

  // Sets who does the other steps; call it once, before the first connection. The crew must outlive
  // the set's last turn.
  void hand_out_to(Crew& crew) noexcept;

  // Takes over an accepted socket and reads from it at once, since the request has often arrived
  // with the connection. At `max_connections`, or if the loop can watch no more, refuses the client
  // instead.
  void adopt(Fd conn_fd);

  // For an acceptor that accepts for others. Returns the client's place, which goes with the
  // connection to its adopter; nothing if the client has too many connections and must be refused.
  [[nodiscard]] std::optional<PeerLimit::Place> admit(int conn_fd);
  // Does the same for a known client address. Any thread.
  [[nodiscard]] std::optional<PeerLimit::Place> admit(const Address& peer);
  void turn_away(Fd conn_fd);
  void adopt(Fd conn_fd, PeerLimit::Place place);

  // A crew has finished its work on the connection; the loop continues it.
  void take_back(Connection& connection);

  // Calls `step(Session&, Channel&)` outside of an event, for example when a handler's answer is
  // ready; then the connection continues. False if it is closed or idle. A session may call this
  // for its own connection or another one, but not for one that `is_out`.
  template <typename Step>
  bool resume(Token token, Step&& step) {
    Connection* const connection = speaking(token);
    if (connection == nullptr) return false;
    workspace_.now = loop_.now();
    const Connection* const outer = workspace_.working;
    if (outer == nullptr) workspace_.working = connection;
    // Its session is in a call already, or the successor belongs to another connection's session.
    const bool within = outer == connection;
    auto other = within ? nullptr : std::exchange(workspace_.successor, nullptr);
    Channel channel(*connection, workspace_);
    if (!call_out([&] { step(*connection->session_, channel); })) channel.abort();
    if (!within) {
      connection->hand_to_successor(workspace_);
      workspace_.successor = std::move(other);
    }
    workspace_.working = outer;
    go_on(*connection);
    return true;
  }
  // Whether a crew has the connection now; if so, `when_back` runs `step` as soon as it is back.
  [[nodiscard]] bool is_out(Token token) const noexcept;
  void when_back(Token token, SessionStep step) {
    waiting_steps_.push_back({token, std::move(step)});
  }

  // Closes every connection after its current or next request, and an idle connection after a
  // moment: its client may already be sending a request, which would be lost.
  void drain();
  // Closes every connection now; a connection that a crew has is closed when it comes back.
  void close_all();
  // In a forked child: closes the descriptors and nothing else; the connections are the parent's.
  void abandon() const noexcept;

  // Any thread: calls a session's code. Returns false if the code has thrown, which is logged; its
  // connection must then be closed.
  template <typename Step>
  [[nodiscard]] bool call_out(Step&& step) noexcept {
    return call_foreign(std::forward<Step>(step),
                        [this](const char* what) { note_exception(what); });
  }

  [[nodiscard]] std::size_t size() const noexcept {
    return pool_.statistics().in_use_count + carried_.size();
  }
  [[nodiscard]] const ConnectionCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] EventLoop& loop() noexcept { return loop_; }
  // For the loop's own thread.
  [[nodiscard]] CallMark& call_mark() noexcept { return workspace_.mark; }

 private:
  friend class BlockingTransport;
  friend class CompletionTransport;
  friend class Connection;
  friend class Channel;

  // A connection that has a carrier instead of a session.
  struct Carried {
    std::unique_ptr<Carrier> carrier;
    PeerLimit::Place place = PeerLimit::kNone;
  };
  struct WaitingStep {
    Token token;
    SessionStep step;
  };

  [[nodiscard]] Connection* speaking(Token token) const noexcept;
  [[nodiscard]] Deadline ready_since() noexcept;
  void note_exception(const char* what) noexcept;
  void note_no_memory() noexcept;
  void run(Connection& connection);
  void go_on_after_work(Connection& connection);
  void hand_out(Connection& connection);
  void shed(Connection& connection);
  void go_on(Connection& connection);
  [[nodiscard]] bool catch_up(Token token);
  [[nodiscard]] bool take_budget();
  void open(Fd conn_fd, PeerLimit::Place place);
  void carry(Service& service, Fd conn_fd, PeerLimit::Place place);
  void end(std::list<Carried>::iterator carried);
  void count_open(Phase phase) noexcept;
  void count_closed(Phase phase, PeerLimit::Place place) noexcept;
  enum class Welcome : bool { served, refused };
  Connection* insert(Fd conn_fd, Welcome welcome, std::uint8_t service_number);
  void refuse(Fd conn_fd);
  void leave(PeerLimit::Place place) noexcept;
  [[nodiscard]] bool filter(Connection& connection, Welcome welcome);
  [[nodiscard]] std::unique_ptr<StreamFilter> make_peer_filter(const Connection& connection);
  void release(Connection& connection);
  [[nodiscard]] Deadline deadline_of(const Connection& connection) const noexcept;

  EventLoop& loop_;
  Transport& transport_;
  Service& service_;
  ConnectionBudget& budget_;
  ConnectionLimits limits_;
  Latest<ConnectionDeadlines> deadlines_;
  const std::size_t max_count_;
  Workspace workspace_;
  ObjectPool<Connection> pool_;
  Connection* first_ = nullptr;
  std::list<Carried> carried_;
  Crew* crew_ = nullptr;
  std::vector<WaitingStep> waiting_steps_;  // for connections that are out
  std::size_t refused_count_ = 0;           // clients still being sent a refusal
  ConnectionCounters counters_;
  bool draining_ = false;
  // Turns of a loop that sheds: when this and the previous one began, and when the last piece of
  // work was done.
  Deadline turn_began_;
  Deadline turn_before_;
  Deadline work_ended_;
};

}  // namespace hpserver
