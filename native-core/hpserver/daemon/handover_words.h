#pragma once

#include <cstddef>

namespace hpserver {

// The protocol between a server and its successor.

// "ID,READY,PIDFILE,LISTENER…": the predecessor's process id, then the numbers of inherited
// descriptors; -1 if there is no PID file.
inline constexpr char kHandoverVariable[] = "HPSERVER_HANDOVER";
// How many numbers come before the listening sockets.
inline constexpr std::size_t kHandoverHead = 3;
// Sent through the pipe once the successor serves.
inline constexpr char kReadyWord = 'r';

}  // namespace hpserver
