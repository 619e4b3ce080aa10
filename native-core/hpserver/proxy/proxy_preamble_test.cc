#include "hpserver/proxy/proxy_preamble.h"

#include <gtest/gtest.h>

#include <string>

#include "hpserver/connection/peer/proxy_header.h"
#include "test/testing.h"

namespace hpserver::proxy {
namespace {

using testing::must;

ClientEnds ends_of(const char* client, const char* server) {
  return {.client = must(Address::parse(client)), .server = must(Address::parse(server))};
}

// What our own reader, which has been compared with others, makes of it.
ProxyHeader read_back(PreambleVersion version, const ClientEnds& ends) {
  const std::string text = proxy_preamble(version, ends);
  const auto header = must(ProxyHeader::read(text));
  EXPECT_TRUE(header.has_value());
  EXPECT_EQ(header.value_or(ProxyHeader{}).size_bytes, text.size());
  return header.value_or(ProxyHeader{});
}

TEST(ProxyPreamble, NamesTheClient) {
  for (const auto version : {PreambleVersion::v1, PreambleVersion::v2}) {
    for (const auto& ends : {ends_of("192.0.2.7:40000", "198.51.100.1:443"),
                             ends_of("[2001:db8::7]:40000", "[2001:db8::1]:443")}) {
      EXPECT_EQ(read_back(version, ends).source, ends.client);
    }
  }
}

// As in the examples of the protocol's page.
TEST(ProxyPreamble, IsWrittenAsTheProtocolSays) {
  const auto ends = ends_of("192.168.0.1:56324", "192.168.0.11:443");
  EXPECT_EQ(proxy_preamble(PreambleVersion::v1, ends),
            "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n");
  EXPECT_EQ(proxy_preamble(PreambleVersion::v2, ends),
            std::string("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0C\xC0\xA8\0\x01\xC0\xA8\0\x0B\xDC\x04"
                        "\x01\xBB",
                        28));
  EXPECT_EQ(proxy_preamble(PreambleVersion::none, ends), "");
}

TEST(ProxyPreamble, SaysUnknownOfAddressesThatItCannotName) {
  for (const auto version : {PreambleVersion::v1, PreambleVersion::v2}) {
    EXPECT_FALSE(read_back(version, ends_of("unix:@client", "unix:/run/s.sock")).source);
    EXPECT_FALSE(read_back(version, ends_of("127.0.0.1:1", "[::1]:2")).source);
    EXPECT_FALSE(read_back(version, {}).source);
  }
}

}  // namespace
}  // namespace hpserver::proxy
