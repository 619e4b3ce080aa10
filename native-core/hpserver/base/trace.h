#pragma once

#include <cstdint>

namespace hpserver {

// The steps of a server, as its trace names them. See: the table "who does what" in the README.
enum class TraceStep : std::uint8_t {
  wait,       // a wait has returned at least one event
  accept,     // a connection was accepted
  hand_over,  // a connection was passed to another loop or process
  queue,      // put into the request queue
  read,
  process,
  write,
  promote,  // a follower became the leader
  rearm,    // the descriptor will be reported again
};

// Who moved the bytes: the thread that prints the line, or the kernel on its behalf.
enum class TraceBy : std::uint8_t { thread, kernel };

#ifdef HPSERVER_TRACE

// Prints `trace step=read pid=12 tid=13 by=worker fd=7` with one write(2) to standard error.
void trace(TraceStep step, int fd = -1, TraceBy by = TraceBy::thread) noexcept;

// Sets the calling thread's role in the trace: a string literal.
void trace_as(const char* role) noexcept;

#else

inline void trace(TraceStep, int = -1, TraceBy = TraceBy::thread) noexcept {}
inline void trace_as(const char*) noexcept {}

#endif

}  // namespace hpserver
