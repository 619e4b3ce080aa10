#include "hpserver/socket/address_range.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "hpserver/base/whole_number.h"

namespace hpserver {

namespace {

// The prefix of an IPv4-mapped IPv6 address.
constexpr unsigned kMappedBits = 96;

}  // namespace

Result<AddressRange> AddressRange::parse(std::string_view text) {
  AddressRange range;
  if (text == "unix:") {
    range.is_unix_ = true;
    return range;
  }
  const Error mistaken{EINVAL, "parse"};
  const auto slash = text.find('/');
  const std::string host(text.substr(0, slash));
  const bool is_ipv6 = host.find(':') != host.npos;
  // Addresses to listen at, but not a host.
  if (host.empty() || host == "*" || host.find('[') != host.npos) return mistaken;
  const auto address = Address::parse(is_ipv6 ? "[" + host + "]:0" : host + ":0");
  if (!address || !address->is_ip()) return mistaken;
  range.bytes_ = bytes_of(*address);
  const unsigned most_bits = is_ipv6 ? 128 : 32;
  unsigned bits = most_bits;
  if (slash != text.npos) {
    const auto said = whole_number<unsigned>(text.substr(slash + 1));
    if (!said || *said > most_bits) return mistaken;
    bits = *said;
  }
  range.prefix_bits_ = is_ipv6 ? bits : kMappedBits + bits;
  for (unsigned bit = range.prefix_bits_; bit < 128; ++bit) {
    if ((range.bytes_[bit / 8] & 0x80U >> bit % 8) != 0) return mistaken;
  }
  return range;
}

Result<std::vector<AddressRange>> AddressRange::parse_list(std::string_view list) {
  constexpr std::string_view kSpaces = " \t";
  std::vector<AddressRange> ranges;
  if (list.find_first_not_of(kSpaces) == list.npos) return ranges;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string_view text = list.substr(begin, end - begin);
    text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
    text = text.substr(0, text.find_last_not_of(kSpaces) + 1);
    const auto range = parse(text);
    if (!range) return range.error();
    ranges.push_back(*range);
    begin = end + 1;
  }
  return ranges;
}

bool AddressRange::contains(const Address& address) const noexcept {
  if (is_unix_) return address.is_unix();
  if (!address.is_ip()) return false;
  const Bytes bytes = bytes_of(address);
  const std::size_t whole_bytes = prefix_bits_ / 8;
  if (std::memcmp(bytes.data(), bytes_.data(), whole_bytes) != 0) return false;
  const unsigned rest_bits = prefix_bits_ % 8;
  return rest_bits == 0 || (bytes[whole_bytes] ^ bytes_[whole_bytes]) >> (8 - rest_bits) == 0;
}

AddressRange::Bytes AddressRange::bytes_of(const Address& address) noexcept {
  Bytes bytes{};
  if (address.family() == AF_INET6) {
    sockaddr_in6 ipv6;
    std::memcpy(&ipv6, address.data(), sizeof ipv6);
    std::memcpy(bytes.data(), &ipv6.sin6_addr, bytes.size());
  } else {
    sockaddr_in ipv4;
    std::memcpy(&ipv4, address.data(), sizeof ipv4);
    bytes[10] = bytes[11] = 0xFF;
    std::memcpy(bytes.data() + 12, &ipv4.sin_addr, sizeof ipv4.sin_addr);
  }
  return bytes;
}

}  // namespace hpserver
