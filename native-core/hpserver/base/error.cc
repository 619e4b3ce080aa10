#include "hpserver/base/error.h"

#include <cstring>

namespace hpserver {

std::string Error::message() const {
  // Both functions are glibc's own (2.32), thread-safe, and return literals for known numbers.
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
