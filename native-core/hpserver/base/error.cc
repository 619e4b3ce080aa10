#include "hpserver/base/error.h"

#include <cstring>

namespace hpserver {

std::string Error::message() const {
  // Both are glibc's own since 2.32, return literals for known numbers, and are thread-safe.
  const char* description = strerrordesc_np(code);
  const char* name = strerrorname_np(code);
  std::string text = operation;
  text += ": ";
  text += description != nullptr ? description : "Unknown error";
  text += " (";
  text += name != nullptr ? name : std::to_string(code);
  text += ")";
  return text;
}

}  // namespace hpserver
