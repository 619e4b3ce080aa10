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

// What the log should hear of while a loop serves. The first of its kind is told at once; those
// that follow within a second are counted, and told as one line at the end of it. So the log hears
// of everything, and a flood costs it a line per second. Nothing here stops a server: what can't be
// told is dropped.
class Notices {
 public:
  enum class Kind : std::uint8_t {
    refused,        // a client was told that there is no room
    refused_peer,   // likewise, since it has as many connections as it may
    refused_proxy,  // who speaks for others must say so, and nobody else
    shed,           // a request has waited too long to be begun
    exhausted,      // a client could not be accepted
    exception,      // left code that isn't the core's
    no_memory,      // at the limit of what a connection, or all of them, may buffer
    overdue,        // a handler has passed its deadline
    crashed,        // a process that served one connection
    cut_off,        // at the end of a drain
    stuck,          // a loop that doesn't move
  };
  using Tell = std::function<void(const std::string&)>;

  static constexpr std::chrono::seconds kPeriod{1};

  // The loop outlives it.
  explicit Notices(EventLoop& loop);
  // Tells what is still counted.
  ~Notices();

  Notices(const Notices&) = delete;
  Notices& operator=(const Notices&) = delete;

  // Who hears of it, on any thread, one call at a time; null: nobody. Before the loop runs.
  void tell_to(Tell tell);

  // Any thread. The parts make one line, in which control characters become spaces: it may quote a
  // client.
  void note(Kind kind, std::initializer_list<std::string_view> parts) noexcept;

 private:
  static constexpr std::size_t kKinds = 11;

  struct Counted {
    std::size_t count = 0;
    std::string last;  // what the newest of them was
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
