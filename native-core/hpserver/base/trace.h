#pragma once

#include <cstdint>

namespace hpserver {

// The steps of a server, as its trace names them. See: the README's table "who does what".
enum class TraceStep : std::uint8_t {
  wait,       // a wait that has brought something
  accept,     // a connection was accepted
  hand_over,  // … and given to another loop or process
  queue,      // put into the request queue
  read,
  process,
  write,
  promote,  // a follower became the leader
  rearm,    // the descriptor is reported again
};

// Who moved the bytes: the thread that tells of it, or the kernel, which has completed it.
enum class TraceBy : std::uint8_t { thread, kernel };

#ifdef HPSERVER_TRACE

// Prints `trace step=read pid=12 tid=13 by=worker fd=7` with one write(2) to standard error.
void trace(TraceStep step, int fd = -1, TraceBy by = TraceBy::thread) noexcept;

// Names the calling thread's part in the trace: a string literal.
void trace_as(const char* role) noexcept;

#else

inline void trace(TraceStep, int = -1, TraceBy = TraceBy::thread) noexcept {}
inline void trace_as(const char*) noexcept {}

#endif

}  // namespace hpserver
