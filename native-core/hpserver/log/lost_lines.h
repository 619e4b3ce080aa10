#pragma once

#include <cstdint>
#include <functional>

namespace hpserver {

// Counts the lines that all logs of the program lose.

// Calls `count` with the number of lost lines, on any thread, one call at a time; it must neither
// block nor log. Null: they aren't counted.
void count_lost_lines_by(std::function<void(std::uint64_t line_count)> count);

// Any thread.
void note_lost_lines(std::uint64_t line_count);

}  // namespace hpserver
