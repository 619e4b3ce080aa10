// Checklist 58: keeps the words of each line in memory that is given back all at once: arena < FILE

#include "hpserver/pool/arena.h"

#include <cstdio>
#include <iostream>
#include <string>

using namespace hpserver;

namespace {

struct Word {
  std::string_view text;
  Word* next;
};

}  // namespace

int main() {
  BlockPool<4096> pool({.max_count = 64, .growth_count = 1});
  Arena arena(pool);
  for (std::string line; std::getline(std::cin, line); arena.reset()) {
    Word* last = nullptr;
    for (std::size_t begin = 0; begin < line.size();) {
      const std::size_t end = std::min(line.find(' ', begin), line.size());
      const std::string_view text = arena.copy(std::string_view(line).substr(begin, end - begin));
      Word* const word = arena.create<Word>(text, last);
      if (word == nullptr) break;  // the line needs more than 64 blocks
      last = word;
      begin = end + 1;
    }
    for (const Word* word = last; word != nullptr; word = word->next) {
      std::cout << word->text << (word->next == nullptr ? "" : " ");
    }
    std::cout << '\n';
  }
  std::fprintf(stderr, "%zu blocks for all of it\n", pool.statistics().allocated_count);
}
