#pragma once

#include "hpserver/transport/blocking_loop.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver {

// Creates an I/O unit without a demultiplexer: it sleeps in accept, recv and send, and serves one
// client at a time. Errors: those of BlockingLoop::create.
Result<IoUnit> make_blocking();

// Does the same with options, for the concurrency models that are made for blocking I/O.
Result<IoUnit> make_blocking_with(const BlockingLoop::Options& options);

}  // namespace hpserver
