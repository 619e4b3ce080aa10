#pragma once

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

// The interface of a fuzz target, and what targets need. See: llvm.org/docs/LibFuzzer.html.
namespace hpserver::fuzz {

// Defined by each target: ends the process if a rule doesn't hold for `input`.
void try_input(std::string_view input);

// Ends the process if the two differ, and prints both.
void require_equal(std::string_view actual, std::string_view expected, std::string_view rule);

// Cuts `text` at places that depend only on `text`, so a failure can be repeated.
inline std::vector<std::string_view> cut_anywhere(std::string_view text, std::size_t longest = 24) {
  std::minstd_rand random(static_cast<unsigned>(std::hash<std::string_view>{}(text)));
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    pieces.push_back(text.substr(0, 1 + random() % longest));
    text.remove_prefix(pieces.back().size());
  }
  return pieces;
}

}  // namespace hpserver::fuzz
