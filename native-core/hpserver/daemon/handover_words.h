#pragma once

#include <cstddef>

namespace hpserver {

// What a server and its successor have agreed on.

// "ID,READY,PIDFILE,LISTENER…": the predecessor's process id, then numbers of descriptors that the
// successor has inherited; -1 where there is no PID file.
inline constexpr char kHandoverVariable[] = "HPSERVER_HANDOVER";
// How many stand before the listening ones.
inline constexpr std::size_t kHandoverHead = 3;
// Comes through the pipe when the successor serves.
inline constexpr char kReadyWord = 'r';

}  // namespace hpserver
