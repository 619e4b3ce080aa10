#include "hpserver/proxy/proxy_preamble.h"

#include <cstddef>
#include <string_view>

namespace hpserver::proxy {

namespace {

bool are_known(const ClientEnds& ends) {
  return ends.client.is_ip() && ends.client.family() == ends.server.family();
}

std::string preamble_of_v1(const ClientEnds& ends) {
  if (!are_known(ends)) return "PROXY UNKNOWN\r\n";
  std::string text = ends.client.family() == AF_INET ? "PROXY TCP4 " : "PROXY TCP6 ";
  text += ends.client.host() + ' ' + ends.server.host() + ' ';
  text += std::to_string(ends.client.port()) + ' ' + std::to_string(ends.server.port()) + "\r\n";
  return text;
}

// In network order, as they are in the system's structures.
template <typename Number>
void append_raw(std::string& text, const Number& number) {
  text.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_u16(std::string& text, std::size_t number) {
  text += static_cast<char>(number >> 8U);
  text += static_cast<char>(number & 0xFFU);
}

std::string addresses_of(const ClientEnds& ends) {
  std::string text;
  if (ends.client.family() == AF_INET) {
    append_raw(text, reinterpret_cast<const sockaddr_in*>(ends.client.data())->sin_addr);
    append_raw(text, reinterpret_cast<const sockaddr_in*>(ends.server.data())->sin_addr);
  } else {
    append_raw(text, reinterpret_cast<const sockaddr_in6*>(ends.client.data())->sin6_addr);
    append_raw(text, reinterpret_cast<const sockaddr_in6*>(ends.server.data())->sin6_addr);
  }
  append_u16(text, ends.client.port());
  append_u16(text, ends.server.port());
  return text;
}

std::string preamble_of_v2(const ClientEnds& ends) {
  constexpr std::string_view kSignature("\r\n\r\n\0\r\nQUIT\n", 12);
  constexpr char kProxy = 0x21;  // version 2, on behalf of a client
  constexpr char kUnspecified = 0x00;
  constexpr char kTcp4 = 0x11;
  constexpr char kTcp6 = 0x21;
  const std::string addresses = are_known(ends) ? addresses_of(ends) : "";
  std::string text(kSignature);
  text += kProxy;
  if (addresses.empty()) {
    text += kUnspecified;
  } else {
    text += ends.client.family() == AF_INET ? kTcp4 : kTcp6;
  }
  append_u16(text, addresses.size());
  return text + addresses;
}

}  // namespace

std::string proxy_preamble(PreambleVersion version, const ClientEnds& ends) {
  switch (version) {
    case PreambleVersion::v1:
      return preamble_of_v1(ends);
    case PreambleVersion::v2:
      return preamble_of_v2(ends);
    case PreambleVersion::none:
      break;
  }
  return {};
}

}  // namespace hpserver::proxy
