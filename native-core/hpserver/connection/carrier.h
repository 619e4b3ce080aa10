#pragma once

#include <functional>

namespace hpserver {

// Serves a connection in place of a session: it owns the socket and moves the bytes itself, as a
// relay does. Created by Service::carry and kept by the loop's ConnectionSet, which counts it like
// any other connection, and destroys it when it has ended or when the server's drain is over. For
// the loop's thread.
class Carrier {
 public:
  // Tells the set that the carrier has ended, which destroys it: so the call comes last. Called
  // once, by the loop, never from within Service::carry.
  using Ended = std::function<void()>;

  // Closes the connection.
  virtual ~Carrier() = default;
};

}  // namespace hpserver
