#pragma once

#include <cstdint>
#include <functional>

namespace hpserver {

// What every log of the program says that it loses, for whoever counts that.

// Has `count` called with how many lines were lost, on any thread, one call at a time; it neither
// blocks nor logs. Null: nobody counts.
void count_lost_lines_by(std::function<void(std::uint64_t line_count)> count);

// Any thread.
void note_lost_lines(std::uint64_t line_count);

}  // namespace hpserver
