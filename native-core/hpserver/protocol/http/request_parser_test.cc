#include "hpserver/protocol/http/request_parser.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace hpserver::http {
namespace {

constexpr std::string_view kGetWithCookies =
    "GET /a HTTP/1.1\r\nHost: x\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n";
constexpr std::string_view kPost = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";

TEST(RequestParser, StopsBehindTheHeadOfAPipelinedRequest) {
  const std::string two = std::string(kGetWithCookies) + std::string(kGetWithCookies);
  RequestParser parser;
  const ParseResult result = parser.feed(two);
  EXPECT_EQ(result.progress, Progress::head_complete);
  EXPECT_EQ(result.consumed, kGetWithCookies.size());
  EXPECT_EQ(parser.head().size_bytes, kGetWithCookies.size());
}

TEST(RequestParser, FindsTheFirstFieldOfAnId) {
  RequestParser parser;
  parser.feed(kGetWithCookies);
  const RequestHead& head = parser.head();
  ASSERT_NE(head.find(HeaderId::cookie), nullptr);
  EXPECT_EQ(head.find(HeaderId::cookie)->value(kGetWithCookies.data()), "a=1");
  EXPECT_EQ(head.find(HeaderId::cookie)->name(kGetWithCookies.data()), "Cookie");
  EXPECT_FALSE(head.has(HeaderId::range));
  EXPECT_EQ(head.find(HeaderId::range), nullptr);
}

TEST(RequestParser, GivesAHeadThatCanBeCopiedAndOutlivesIt) {
  RequestHead copy{};
  {
    RequestParser parser;
    parser.feed(kGetWithCookies);
    copy = parser.head();
  }
  EXPECT_EQ(copy.method, Method::get);
  EXPECT_EQ(copy.target(kGetWithCookies.data()), "/a");
  EXPECT_EQ(copy.method_name(kGetWithCookies.data()), "GET");
  EXPECT_FALSE(copy.has_body());
}

TEST(RequestParser, MayMoveInMemoryBetweenTwoFeeds) {
  RequestParser first;
  EXPECT_EQ(first.feed(kGetWithCookies.substr(0, 20)).progress, Progress::need_more);
  RequestParser second = first;
  first.reset();
  EXPECT_EQ(second.feed(kGetWithCookies.substr(20)).progress, Progress::head_complete);
  EXPECT_EQ(second.head().find(HeaderId::host)->value(kGetWithCookies.data()), "x");
}

TEST(RequestParser, SaysNeedMoreToAnEmptyFeedEverywhere) {
  RequestParser parser;
  for (std::size_t at = 0; at < kPost.size(); ++at) {
    EXPECT_EQ(parser.feed({}).progress, Progress::need_more) << at;
    const ParseResult result = parser.feed(kPost.substr(at, 1));
    EXPECT_EQ(result.consumed, 1U) << at;
  }
  EXPECT_EQ(parser.feed({}).progress, Progress::message_complete);
}

TEST(RequestParser, YieldsTheBodyWithoutCopyingIt) {
  RequestParser parser;
  const std::size_t head = parser.feed(kPost).consumed;
  const ParseResult result = parser.feed(kPost.substr(head));
  EXPECT_EQ(result.progress, Progress::body_data);
  EXPECT_EQ(result.body.data(), kPost.data() + head);
  EXPECT_EQ(result.body, "abc");
}

TEST(RequestParser, LeavesBytesBehindTheMessageAlone) {
  RequestParser parser;
  const std::string two = std::string(kPost) + std::string(kGetWithCookies);
  std::string_view rest = two;
  for (int step = 0; step < 3; ++step) rest.remove_prefix(parser.feed(rest).consumed);
  EXPECT_EQ(rest, kGetWithCookies);
  EXPECT_EQ(parser.feed(rest).progress, Progress::message_complete);
}

TEST(RequestParser, StaysFailedUntilReset) {
  RequestParser parser;
  EXPECT_EQ(parser.feed("GET /\r\n").reason, ParseReason::invalid_version);
  const ParseResult again = parser.feed(kGetWithCookies);
  EXPECT_EQ(again.progress, Progress::error);
  EXPECT_EQ(again.reason, ParseReason::invalid_version);
  EXPECT_EQ(again.consumed, 0U);
  parser.reset();
  EXPECT_EQ(parser.feed(kGetWithCookies).progress, Progress::head_complete);
}

TEST(RequestParser, KeepsNothingOfTheRequestBefore) {
  RequestParser parser;
  parser.feed(
      "\r\nPOST / HTTP/1.0\r\nConnection: keep-alive, upgrade\r\nUpgrade: x\r\n"
      "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  parser.reset();
  constexpr std::string_view kNext = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  parser.feed(kNext);
  const RequestHead& head = parser.head();
  EXPECT_EQ(head.method_name(kNext.data()), "GET");
  EXPECT_FALSE(head.has_content_length);
  EXPECT_FALSE(head.upgrade);
  EXPECT_FALSE(head.expect_continue);
  EXPECT_FALSE(head.has(HeaderId::connection));
  EXPECT_EQ(head.field_count, 1);
  EXPECT_EQ(head.content_length, 0U);
}

TEST(RequestParser, IsIdleBetweenRequestsOnly) {
  RequestParser parser;
  EXPECT_TRUE(parser.idle());
  parser.feed("G");
  EXPECT_FALSE(parser.idle());
  parser.feed("ET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(parser.idle());
  parser.reset();
  EXPECT_TRUE(parser.idle());
}

TEST(RequestParser, IsIdleBehindTheEmptyLineOfAnOldClient) {
  RequestParser parser;
  parser.feed("\r");
  EXPECT_FALSE(parser.idle());
  parser.feed("\n");
  EXPECT_TRUE(parser.idle());
}

TEST(ParseErrors, StandWhereTheirReasonPoints) {
  for (std::size_t i = 1; i < kParseErrors.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kParseErrors[i].reason), i);
    EXPECT_GE(kParseErrors[i].status, 400);
    EXPECT_FALSE(kParseErrors[i].text.empty());
  }
}

}  // namespace
}  // namespace hpserver::http
