#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

#include "hpserver/event/timer.h"

namespace hpserver {

class EventLoop;

// What a loop reports to the log. The first notice of a kind is logged at once; those that follow
// within a second are counted, and logged as one line when the second is over. So the log misses no
// kind, and a flood costs one line per second. Nothing here stops a server: what can't be logged is
// dropped.
class Notices {
 public:
  enum class Kind : std::uint8_t {
    refused,        // a client was refused for lack of room
    refused_peer,   // refused: it has too many connections already
    refused_proxy,  // a PROXY header is missing, or from an untrusted peer
    shed,           // a request waited too long before it was begun
    exhausted,      // a client could not be accepted
    exception,      // thrown by code that isn't the core's
    no_memory,      // at the buffer limit of a connection, or of all of them
    overdue,        // a handler missed its deadline
    crashed,        // a process that served one connection has crashed
    cut_off,        // connections were cut off at the end of a drain
    stuck,          // a loop that doesn't move
    upstream,       // a server behind a proxy can't be reached
  };
  using Tell = std::function<void(const std::string&)>;

  static constexpr std::chrono::seconds kPeriod{1};

  // The loop must outlive it.
  explicit Notices(EventLoop& loop);
  // Logs what is still counted.
  ~Notices();

  Notices(const Notices&) = delete;
  Notices& operator=(const Notices&) = delete;

  // Sets the function that gets each line, on any thread, one call at a time; null: none. Call it
  // before the loop runs.
  void tell_to(Tell tell);

  // Any thread. Joins the parts into one line and replaces control characters with spaces, since
  // the line may quote a client.
  void note(Kind kind, std::initializer_list<std::string_view> parts) noexcept;

 private:
  static constexpr std::size_t kKinds = 12;

  struct Counted {
    std::size_t count = 0;
    std::string last;  // the latest one
    bool within_period = false;
  };

  void add(Kind kind, std::string line);
  void end_period();

  EventLoop& loop_;
  Tell tell_;
  std::mutex mutex_;
  std::array<Counted, kKinds> counted_;
  bool period_runs_ = false;
  Timer period_;
};

}  // namespace hpserver
