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
// `join`), the leader (at most one at any instant: it alone waits for events) or processing (it
// works on what an event was about). See: POSA2, Leader/Followers.
class ThreadSet {
 public:
  // What a follower is woken for.
  struct Leader {};
  struct Closed {};
  using Role = std::variant<Leader, Connection*, Closed>;

  // Any thread of the set, when it has nothing more to do: blocks until it is the leader, which it
  // becomes only if there is none, or until the leader hands an event to it.
  [[nodiscard]] Role join();

  // The leader: hands further events of its batch to followers, and stays the leader.
  void hand_off(std::span<Connection* const> connections);

  // The leader: gives leadership up to a follower, or to nobody if all are processing, and is
  // processing itself from here on.
  void promote_new_leader();

  // Any thread: nobody leads any more, and every `join` ends.
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
