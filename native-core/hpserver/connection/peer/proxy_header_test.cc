#include "hpserver/connection/peer/proxy_header.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "test/testing.h"

namespace hpserver {
namespace {

using namespace std::string_literals;
using testing::must;

const std::string kSignature = "\r\n\r\n\0\r\nQUIT\n"s;

std::string binary(char command, char family, const std::string& rest) {
  const std::string length{static_cast<char>(rest.size() >> 8U), static_cast<char>(rest.size())};
  return kSignature + command + family + length + rest;
}

const std::string kIpv4Ends = "\xC0\x00\x02\x01\xC0\x00\x02\x02\x12\x67\x00\x50"s;
const std::string kIpv6Ends =
    "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01"
    "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x02\x12\x67\x00\x50"s;

// Describes the header; each prefix of it must be incomplete.
std::string said(const std::string& header) {
  for (std::size_t size_bytes = 0; size_bytes < header.size(); ++size_bytes) {
    const auto part = ProxyHeader::read(std::string_view(header).substr(0, size_bytes));
    EXPECT_TRUE(part.ok() && !part->has_value()) << "after " << size_bytes << " bytes";
  }
  const auto read = must(ProxyHeader::read(header + "GET / HTTP/1.1\r\n"));
  if (!read) return "incomplete";
  EXPECT_EQ(read->size_bytes, header.size());
  return read->source ? read->source->to_string() : "the connection's own";
}

int error_of(const std::string& bytes) {
  return testing::error_code(ProxyHeader::read(bytes));
}

TEST(ProxyHeader, OfVersion1NamesTheClient) {
  EXPECT_EQ(said("PROXY TCP4 192.0.2.1 192.0.2.2 4711 80\r\n"), "192.0.2.1:4711");
  EXPECT_EQ(said("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"),
            "255.255.255.255:65535");
  EXPECT_EQ(said("PROXY TCP6 2001:db8::1 2001:db8::2 4711 80\r\n"), "[2001:db8::1]:4711");
}

TEST(ProxyHeader, OfVersion1MayNotKnow) {
  EXPECT_EQ(said("PROXY UNKNOWN\r\n"), "the connection's own");
  EXPECT_EQ(said("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n"),
            "the connection's own");
}

TEST(ProxyHeader, OfVersion1HasAtMost107Bytes) {
  const std::string line = "PROXY UNKNOWN " + std::string(107 - 16, 'x');
  EXPECT_EQ(said(line + "\r\n"), "the connection's own");
  EXPECT_EQ(error_of(line + "x\r\n"), EPROTO);
  EXPECT_EQ(error_of("PROXY " + std::string(200, 'x')), EPROTO);
}

TEST(ProxyHeader, OfVersion1IsRefusedWhereAnythingIsWrong) {
  for (const char* line : {
           "PROXY TCP4 192.0.2.1 192.0.2.2 4711 80\n",
           "PROXY TCP4 192.0.2.1 192.0.2.2 4711 80\rx",
           "PROXY TCP4 192.0.2.1 192.0.2.2\r4711 80\r\n",
           "PROXY TCP4 192.0.2.1 192.0.2.2 4711\r\n",
           "PROXY TCP4 192.0.2.1 192.0.2.2 4711 80 \r\n",
           "PROXY TCP4  192.0.2.1 192.0.2.2 4711 80\r\n",
           "PROXY TCP4 192.0.2.1 192.0.2.2 4711 65536\r\n",
           "PROXY TCP4 192.0.2.1 192.0.2.2 04711 80\r\n",
           "PROXY TCP4 192.0.2.1 192.0.2.2 -1 80\r\n",
           "PROXY TCP4 192.0.2.01 192.0.2.2 4711 80\r\n",
           "PROXY TCP4 2001:db8::1 2001:db8::2 4711 80\r\n",
           "PROXY TCP6 192.0.2.1 192.0.2.2 4711 80\r\n",
           "PROXY UDP4 192.0.2.1 192.0.2.2 4711 80\r\n",
           "PROXY tcp4 192.0.2.1 192.0.2.2 4711 80\r\n",
           "PROXY\r\n",
           "proxy TCP4 192.0.2.1 192.0.2.2 4711 80\r\n",
           "GET / HTTP/1.1\r\n",
       }) {
    EXPECT_EQ(error_of(line), EPROTO) << line;
  }
  EXPECT_EQ(error_of("PROXY TCP4 192.0.2.1\0 192.0.2.2 4711 80\r\n"s), EPROTO);
}

TEST(ProxyHeader, OfVersion2NamesTheClient) {
  EXPECT_EQ(said(binary('\x21', '\x11', kIpv4Ends)), "192.0.2.1:4711");
  EXPECT_EQ(said(binary('\x21', '\x21', kIpv6Ends)), "[2001:db8::1]:4711");
}

TEST(ProxyHeader, OfVersion2SkipsWhatIsPassedOn) {
  const std::string authority = "\x02\x00\x0B"s + "example.org";
  EXPECT_EQ(said(binary('\x21', '\x11', kIpv4Ends + authority + "\x04\x00\x00"s)),
            "192.0.2.1:4711");
}

TEST(ProxyHeader, OfVersion2MaySpeakForItself) {
  EXPECT_EQ(said(binary('\x20', '\0', "")), "the connection's own");
  EXPECT_EQ(said(binary('\x20', '\x11', "whatever, to be skipped")), "the connection's own");
  EXPECT_EQ(said(binary('\x21', '\0', "\x04\x00\x01x"s)), "the connection's own");
  EXPECT_EQ(said(binary('\x21', '\x31', std::string(216, '\0'))), "the connection's own");
}

// The checksum of exactly these bytes, as HAProxy's `send-proxy-v2 proxy-v2-options crc32c` makes
// it.
TEST(ProxyHeader, OfVersion2IsCheckedByItsSum) {
  const std::string sum = "\x03\x00\x04"s;
  const auto with = [&](const std::string& value) {
    return binary('\x21', '\x11', kIpv4Ends + sum + value);
  };
  EXPECT_EQ(said(with("\xA6\xCB\x74\x88"s)), "192.0.2.1:4711");
  EXPECT_EQ(error_of(with("\xA6\xCB\x74\x89"s)), EPROTO);
  EXPECT_EQ(error_of(with("\0\0\0\0"s)), EPROTO);
  EXPECT_EQ(error_of(binary('\x21', '\x11', kIpv4Ends + "\x03\x00\x03\0\0\0"s)), EPROTO);
}

TEST(ProxyHeader, OfVersion2IsRefusedWhereAnythingIsWrong) {
  EXPECT_EQ(error_of(binary('\x11', '\x11', kIpv4Ends)), EPROTO) << "version 1";
  EXPECT_EQ(error_of(binary('\x22', '\x11', kIpv4Ends)), EPROTO) << "a command to come";
  EXPECT_EQ(error_of(binary('\x21', '\x21', kIpv4Ends)), EPROTO) << "half of its addresses";
  EXPECT_EQ(error_of(binary('\x21', '\x11', kIpv4Ends + "\x04\x00"s)), EPROTO) << "half a TLV";
  EXPECT_EQ(error_of(binary('\x21', '\x11', kIpv4Ends + "\x04\x00\x02x"s)), EPROTO);
  EXPECT_EQ(error_of("\r\n\r\n\0\r\nQUIT\r"s), EPROTO);
  EXPECT_EQ(error_of("\r\nGET"), EPROTO);
}

TEST(ProxyHeader, OfVersion2HasAtMost16KiB) {
  const auto with = [](std::size_t value_bytes) {
    const std::string length{static_cast<char>(value_bytes >> 8U), static_cast<char>(value_bytes)};
    return binary('\x21', '\x11', kIpv4Ends + "\x04"s + length + std::string(value_bytes, 'x'));
  };
  const std::size_t most = ProxyHeader::kMaxBytes - 16 - kIpv4Ends.size() - 3;
  EXPECT_EQ(must(ProxyHeader::read(with(most)))->size_bytes, ProxyHeader::kMaxBytes);
  EXPECT_EQ(error_of(with(most + 1)), EMSGSIZE);
}

}  // namespace
}  // namespace hpserver
