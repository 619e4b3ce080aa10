#include "protocol_case.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <ostream>

namespace hpserver::http::test {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

/** Takes one character or one escape from the front of `text`. */
char next_byte(std::string_view& text) {
  const char first = text.front();
  text.remove_prefix(1);
  if (first != '\\') return first;
  const char kind = text.front();
  text.remove_prefix(1);
  if (kind == 'x') {
    const auto byte = kHexDigits.find(text[0]) * 16 + kHexDigits.find(text[1]);
    text.remove_prefix(2);
    return static_cast<char>(byte);
  }
  switch (kind) {
    case 'r':
      return '\r';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '0':
      return '\0';
    default:
      return kind;
  }
}

/** A line of an input block, as bytes on the wire. */
std::string wire_line(std::string_view line) {
  const bool open = line.ends_with('\\') && !line.ends_with("\\\\");
  if (open) line.remove_suffix(1);
  std::string bytes;
  while (!line.empty()) bytes += next_byte(line);
  if (!open) bytes += "\r\n";
  return bytes;
}

std::string parameter_name(const std::string& file, std::string_view heading) {
  std::string name = file + "_" + std::string(heading);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char byte) { return std::isalnum(byte) == 0; }, '_');
  return name;
}

void load_file(const std::filesystem::path& path, std::vector<ProtocolCase>& cases) {
  enum class Block { none, input, events };
  Block block = Block::none;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line == "```http" && !cases.empty()) {
      block = Block::input;
    } else if (line == "```events" && !cases.empty()) {
      block = Block::events;
    } else if (line == "```") {
      block = Block::none;
    } else if (block == Block::input) {
      cases.back().input += wire_line(line);
    } else if (block == Block::events) {
      cases.back().events += line + "\n";
    } else if (line.starts_with("## ")) {
      cases.push_back({parameter_name(path.stem().string(), line.substr(3)), {}, {}});
    }
  }
}

}  // namespace

void PrintTo(const ProtocolCase& one, std::ostream* out) {
  *out << one.name;
}

std::vector<ProtocolCase> load_protocol_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(__FILE__).parent_path())) {
    if (entry.path().extension() == ".md" && entry.path().stem() != "README") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<ProtocolCase> cases;
  for (const auto& file : files) load_file(file, cases);
  return cases;
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    if (byte == '\r') {
      text += "\\r";
    } else if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\t') {
      text += "\\t";
    } else if (byte == '\\') {
      text += "\\\\";
    } else if (value < 0x20 || value > 0x7e) {
      text += "\\x";
      text += kHexDigits[value / 16];
      text += kHexDigits[value % 16];
    } else {
      text += byte;
    }
  }
  return text;
}

}  // namespace hpserver::http::test
