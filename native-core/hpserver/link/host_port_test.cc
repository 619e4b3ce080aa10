#include "hpserver/link/host_port.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace hpserver {
namespace {

std::string parsed(std::string_view text) {
  const auto query = parse_host_port(text);
  return query ? query->host + " " + query->service : "none";
}

TEST(HostPort, IsANameOrAnAddressWithAPort) {
  EXPECT_EQ(parsed("loghost:514"), "loghost 514");
  EXPECT_EQ(parsed("192.0.2.1:65535"), "192.0.2.1 65535");
  EXPECT_EQ(parsed("[2001:db8::1]:514"), "2001:db8::1 514");
}

TEST(HostPort, IsNothingElse) {
  for (const char* text : {"", "loghost", ":514", "loghost:", "loghost:0", "loghost:65536",
                           "loghost:syslog", "loghost:51 4", "::1:514", "[]:514", "[::1]"}) {
    EXPECT_EQ(parsed(text), "none") << text;
  }
}

TEST(HostPort, IsResolvedWithAWayOut) {
  const Resolution here = resolve_host_port("127.0.0.1:514");
  ASSERT_TRUE(here.ok());
  EXPECT_EQ(here.addresses.front().to_string(), "127.0.0.1:514");
  // RFC 2606 guarantees that this name doesn't exist.
  const Resolution nowhere = resolve_host_port("loghost.invalid:514");
  EXPECT_FALSE(nowhere.ok());
  EXPECT_FALSE(nowhere.error.message().empty());
  EXPECT_FALSE(resolve_host_port("nonsense").ok());
}

}  // namespace
}  // namespace hpserver
