// write_seeds DIRECTORY: writes the input of each protocol case to a file, as seeds for the
// programs that read requests.

#include <filesystem>
#include <fstream>

#include "test/http-protocol/protocol_case.h"

int main(int count, const char* const* words) {
  if (count != 2) return 2;
  const std::filesystem::path directory = words[1];
  std::filesystem::create_directories(directory);
  for (const auto& one : hpserver::http::test::load_protocol_cases()) {
    std::ofstream file(directory / one.name, std::ios::binary);
    file << one.input;
    if (!file.flush()) return 1;
  }
}
