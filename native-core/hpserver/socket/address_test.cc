#include "hpserver/socket/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <random>
#include <string>

#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;
using std::string_view_literals::operator""sv;

// Checklist 3: every form of a listener's address, parsed and formatted again.
TEST(Address, ReadsAndWritesEveryForm) {
  struct Row {
    const char* text;
    const char* written;
    sa_family_t family;
    int port;
  };
  for (const Row& row : {
           Row{"127.0.0.1:80", "127.0.0.1:80", AF_INET, 80},
           Row{"*:8080", "0.0.0.0:8080", AF_INET, 8080},
           Row{":0", "0.0.0.0:0", AF_INET, 0},
           Row{"[::]:80", "[::]:80", AF_INET6, 80},
           Row{"[2001:DB8::1]:65535", "[2001:db8::1]:65535", AF_INET6, 65535},
           Row{"[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:80", AF_INET6, 80},
           Row{"[fe80::1%7]:80", "[fe80::1%7]:80", AF_INET6, 80},
           Row{"[fe80::1%lo]:80", "[fe80::1%1]:80", AF_INET6, 80},
           Row{"unix:/run/a.sock", "unix:/run/a.sock", AF_UNIX, 0},
           Row{"unix:@abstract", "unix:@abstract", AF_UNIX, 0},
       }) {
    const Address address = must(Address::parse(row.text));
    EXPECT_EQ(address.to_string(), row.written);
    EXPECT_EQ(address.family(), row.family) << row.text;
    EXPECT_EQ(address.port(), row.port) << row.text;
    EXPECT_EQ(must(Address::parse(address.to_string())), address);
  }
}

TEST(Address, RefusesWhatIsNone) {
  for (const char* text :
       {"", "80", "localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:80x", "127.1:80", "256.0.0.1:80", "::1:80",
        "[::1:80", "[]:80", "[1.2.3.4]:80", "[]", "unix:", "unix:@"}) {
    EXPECT_EQ(error_code(Address::parse(text)), EINVAL) << text;
  }
  for (const std::string_view text :
       {"127.0.0.1\0x:80"sv, "[::1\0x]:80"sv, "[fe80::1%lo\0x]:80"sv, "unix:/a\0b"sv}) {
    EXPECT_EQ(error_code(Address::parse(text)), EINVAL) << text;
  }
  EXPECT_EQ(error_code(Address::parse("[fe80::1%none]:80")), ENODEV);
  EXPECT_EQ(error_code(Address::unix_path(std::string("a\0b", 3))), EINVAL);
}

// Checklist 3: a path has at most 107 bytes.
TEST(Address, LimitsUnixNames) {
  EXPECT_EQ(must(Address::unix_path(std::string(107, 'p'))).unix_name().size(), 107U);
  EXPECT_EQ(error_code(Address::unix_path(std::string(108, 'p'))), ENAMETOOLONG);
  EXPECT_EQ(must(Address::unix_abstract(std::string(107, 'n'))).unix_name().size(), 107U);
  EXPECT_EQ(error_code(Address::unix_abstract(std::string(108, 'n'))), ENAMETOOLONG);
}

// Checklist 1: ports and addresses are in network order inside: 0x1234 is 4660.
TEST(Address, ConvertsByteOrder) {
  const Address address = must(Address::parse("127.0.0.1:4660"));
  sockaddr_in raw{};
  std::memcpy(&raw, address.data(), address.size());
  EXPECT_EQ(raw.sin_port, htons(0x1234));
  EXPECT_EQ(raw.sin_addr.s_addr, htonl(0x7f000001));
  EXPECT_EQ(address.port(), 0x1234);
}

// Checklist 4: no text breaks `parse`, and every accepted text survives the round trip.
TEST(Address, TakesAnyText) {
  std::minstd_rand random{7};
  constexpr std::string_view kAlphabet = "0123456789abcdef.:[]%*@/unix lo-+\0"sv;
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 24, '\0');
    for (char& letter : text) letter = kAlphabet[random() % kAlphabet.size()];
    const auto address = Address::parse(text);
    if (!address) continue;
    EXPECT_EQ(must(Address::parse(address->to_string())), *address) << text;
  }
}

// Checklist 4: what inet_pton reads, inet_ntop writes.
TEST(Address, AgreesWithTheSystemOnEveryIpv4Byte) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = "10." + std::to_string(byte) + ".0." + std::to_string(byte) + ":1";
    EXPECT_EQ(must(Address::parse(text)).to_string(), text);
  }
}

// Checklist 2, 13: one suite for every family: listen, connect, both ends know both addresses.
class AddressFamily : public ::testing::TestWithParam<std::string> {
 protected:
  static Address parse(std::string text) {
    const auto place = text.find("PID");
    if (place != text.npos) text.replace(place, 3, std::to_string(::getpid()));
    return must(Address::parse(text));
  }
};

TEST_P(AddressFamily, NamesBothEnds) {
  const Address wanted = parse(GetParam());
  const testing::Connected pair = testing::connect_pair(wanted);
  const Address local = must(Address::local_of(pair.server.get()));
  EXPECT_EQ(local.family(), wanted.family());
  EXPECT_EQ(local, must(Address::local_of(pair.listener.get())));
  EXPECT_EQ(must(Address::peer_of(pair.client.get())), local);
  if (wanted.is_ip()) {
    EXPECT_NE(local.port(), 0);
    EXPECT_EQ(must(Address::peer_of(pair.server.get())),
              must(Address::local_of(pair.client.get())));
  } else {
    EXPECT_EQ(local, wanted);
    EXPECT_EQ(must(Address::peer_of(pair.server.get())).to_string(), "unix:");
  }
  must(send(pair.client.get(), "hello"));
  EXPECT_EQ(testing::receive_text(pair.server.get()), "hello");
  if (wanted.is_unix() && !wanted.is_abstract()) ::unlink(std::string{wanted.unix_name()}.c_str());
}

INSTANTIATE_TEST_SUITE_P(Every, AddressFamily,
                         ::testing::Values("127.0.0.1:0", "[::1]:0", "unix:/tmp/hpserver_PID.sock",
                                           "unix:@hpserver_PID"));

// Checklist 13: without a peer there is no address.
TEST(Address, ReportsWhatHasNoName) {
  const testing::Connected pair = testing::connect_pair();
  EXPECT_EQ(error_code(Address::peer_of(pair.listener.get())), ENOTCONN);
  EXPECT_EQ(error_code(Address::local_of(STDIN_FILENO + 1000)), EBADF);
  EXPECT_EQ(Address{}.to_string(), "unspecified");
  EXPECT_EQ(Address{}, Address{});
  EXPECT_FALSE(Address{} == Address::any_ipv4(0));
}

}  // namespace
}  // namespace hpserver
