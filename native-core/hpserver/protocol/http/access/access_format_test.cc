#include "hpserver/protocol/http/access/access_format.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "hpserver/log/local_syslog.h"
#include "hpserver/protocol/http/access/access_lines.h"
#include "hpserver/protocol/http/access/apache_format.h"
#include "hpserver/protocol/http/access/json_format.h"
#include "hpserver/protocol/http/access/plain_format.h"

namespace hpserver::http {
namespace {

using namespace std::chrono_literals;

AccessEntry entry_of(std::string_view target = "/users/7?full") {
  return {.peer = "127.0.0.1:4711",
          .method = "GET",
          .target = target,
          .protocol = "HTTP/1.1",
          .status = 200,
          .body_bytes = 13,
          .duration = 1'000'042us,
          .referer = "https://example.com/",
          .agent = "curl/8.0 \"quoted\"",
          .route = "/users/:id",
          .request_id = "4bf92f35"};
}

std::string line_of(AppendAccess append, const AccessEntry& entry, std::size_t field_bytes = 4096) {
  const auto began = std::chrono::sys_days{std::chrono::August / 2 / 2026} + 3h + 4min + 5s + 6ms;
  std::string line;
  append(line, entry, {.began = began, .field_bytes = field_bytes});
  return line;
}

// The time depends on this machine, so the text in brackets is removed.
std::string without_time(const std::string& line) {
  const std::size_t begin = line.find('[');
  return line.substr(0, begin) + "[]" + line.substr(line.find(']', begin) + 1);
}

TEST(PlainFormat, HasTheDurationInMicroseconds) {
  EXPECT_EQ(line_of(append_plain, entry_of()), "127.0.0.1:4711 GET /users/7?full 200 13 1000042\n");
}

TEST(ApacheFormat, IsApaches) {
  EXPECT_EQ(without_time(line_of(append_ncsa, entry_of())),
            "127.0.0.1 - - [] \"GET /users/7?full HTTP/1.1\" 200 13\n");
}

TEST(ApacheFormat, HasTheTimeWithItsDistanceFromUtc) {
  const std::string line = line_of(append_ncsa, entry_of());
  const std::string time = line.substr(line.find('['), 28);
  EXPECT_EQ(time.size(), 28);
  EXPECT_NE(time.find("/Aug/2026:"), std::string::npos) << time;
  EXPECT_TRUE(time.ends_with("00]") || time.ends_with("30]") || time.ends_with("45]")) << time;
}

TEST(ApacheFormat, HasRefererAndAgentWhereItIsCombined) {
  EXPECT_EQ(without_time(line_of(append_combined, entry_of())),
            "127.0.0.1 - - [] \"GET /users/7?full HTTP/1.1\" 200 13 \"https://example.com/\" "
            "\"curl/8.0 \\\"quoted\\\"\"\n");
}

TEST(ApacheFormat, HasDashesForWhatIsNotThere) {
  AccessEntry entry{.peer = "unix:", .method = "-", .target = "-", .status = 400};
  EXPECT_EQ(without_time(line_of(append_combined, entry)), "- - - [] \"-\" 400 - \"-\" \"-\"\n");
}

TEST(ApacheFormat, KnowsPeersOfEveryKind) {
  AccessEntry entry = entry_of();
  entry.peer = "[2001:db8::1]:4711";
  EXPECT_TRUE(line_of(append_ncsa, entry).starts_with("2001:db8::1 - - ["));
  entry.peer = "unix:@client";
  EXPECT_TRUE(line_of(append_ncsa, entry).starts_with("- - - ["));
  entry.peer = "-";
  EXPECT_TRUE(line_of(append_ncsa, entry).starts_with("- - - ["));
}

TEST(ApacheFormat, SaysOfAClientThatHasGoneWhatNginxSays) {
  AccessEntry entry = entry_of();
  entry.status = 0;
  EXPECT_NE(line_of(append_ncsa, entry).find("\" 499 13"), std::string::npos);
  EXPECT_NE(line_of(append_json, entry).find("\"status\":499,"), std::string::npos);
}

TEST(ApacheFormat, EscapesAsApacheDoes) {
  AccessEntry entry = entry_of();
  entry.agent = "a\"b\\c\b\n\r\t\v\x1b[31m\x7f\xc3\xbc";
  const std::string line = line_of(append_combined, entry);
  EXPECT_TRUE(line.ends_with(" \"a\\\"b\\\\c\\b\\n\\r\\t\\v\\x1b[31m\\x7f\\xc3\\xbc\"\n")) << line;
}

TEST(JsonFormat, HasAllMembers) {
  EXPECT_EQ(line_of(append_json, entry_of()),
            "{\"time\":\"2026-08-02T03:04:05.006Z\",\"peer\":\"127.0.0.1:4711\",\"method\":\"GET\","
            "\"target\":\"/users/7?full\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":13,"
            "\"duration\":1.000042,\"referer\":\"https://example.com/\","
            "\"agent\":\"curl/8.0 \\\"quoted\\\"\",\"request_id\":\"4bf92f35\","
            "\"route\":\"/users/:id\"}\n");
}

TEST(JsonFormat, HasNullForWhatIsNotThere) {
  const std::string line =
      line_of(append_json, {.peer = "127.0.0.1:1", .method = "-", .target = "-", .status = 400});
  EXPECT_NE(line.find("\"method\":null,\"target\":null,\"protocol\":null,\"status\":400,"),
            std::string::npos)
      << line;
  EXPECT_NE(line.find("\"referer\":null,\"agent\":null,\"request_id\":null,\"route\":null}\n"),
            std::string::npos)
      << line;
}

TEST(JsonFormat, IsJsonWhateverAClientSends) {
  AccessEntry entry = entry_of();
  entry.agent = "\"\\\n\x1b\x7f\xff\xc3 \xc3\xbc \xc2\x9b \xe6\x9d\xb1";
  const std::string line = line_of(append_json, entry);
  const std::string_view escaped =
      "\"agent\":\"\\\"\\\\\\u000a\\u001b\\u007f\\u00ff\\u00c3 \xc3\xbc \\u009b \xe6\x9d\xb1\",";
  EXPECT_NE(line.find(escaped), std::string::npos) << line;
}

class AccessFormat : public ::testing::TestWithParam<AppendAccess> {};

TEST_P(AccessFormat, IsOneLineWhateverAClientSends) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  AccessEntry entry = entry_of(every_byte);
  entry.agent = entry.referer = entry.method = entry.request_id = every_byte;
  const std::string line = line_of(GetParam(), entry);
  EXPECT_EQ(line.find_first_of("\r\n\x1b"), line.size() - 1);
  EXPECT_EQ(line.find('\0'), std::string::npos);
}

TEST_P(AccessFormat, FitsIntoADatagram) {
  constexpr std::size_t kField = AccessLinesOptions::kDatagramFieldBytes;
  for (const char letter : {'x', '\x01', '"', '\xff'}) {
    const std::string text(10'000, letter);
    AccessEntry entry = entry_of(text);
    entry.agent = entry.referer = entry.method = entry.request_id = text;
    const std::string line = line_of(GetParam(), entry, kField);
    EXPECT_LT(line.size(), LocalSyslog::kMaxTextBytes);
    EXPECT_NE(line.find("..."), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(All, AccessFormat,
                         ::testing::Values(append_plain, append_ncsa, append_combined,
                                           append_json));

}  // namespace
}  // namespace hpserver::http
