#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <span>
#include <variant>

namespace hpserver {

class Connection;

// The threads of leader/followers, which take turns at waiting. Each is a follower (asleep in
// `join`), the leader (at most one at any time; only it waits for events) or processing (it works
// on an event's connection). See: POSA2, Leader/Followers.
class ThreadSet {
 public:
  // Why a follower is woken.
  struct Leader {};
  struct Closed {};
  using Role = std::variant<Leader, Connection*, Closed>;

  // Any thread of the set, when it has nothing more to do: blocks until it becomes the leader,
  // which requires that there is none, or until the leader hands it an event.
  [[nodiscard]] Role join();

  // The leader: hands further events of its batch to followers, and remains the leader.
  void hand_off(std::span<Connection* const> connections);

  // The leader: passes the leadership to a follower, or to no one if all are processing; from now
  // on it is processing itself.
  void promote_new_leader();

  // Any thread: ends the leadership and every `join`.
  void close();
  [[nodiscard]] bool closed();

 private:
  std::mutex mutex_;
  std::condition_variable followers_;
  std::deque<Connection*> handed_off_;
  bool has_leader_ = false;
  bool closed_ = false;
};

}  // namespace hpserver
