#include <gtest/gtest.h>

#include "event_log.h"

namespace hpserver::http::test {
namespace {

constexpr ParseLimits kSmall{.target_bytes = 16, .head_bytes = 128, .fields = 3};

std::string last_event(const std::string& events) {
  return events.substr(events.rfind('\n', events.size() - 2) + 1);
}

/** Returns the last event, and checks that the events are the same however the input is cut. */
std::string verdict(const std::string& input, ParseLimits limits) {
  const std::string whole = events_of(input, limits);
  EXPECT_EQ(events_of_bytes(input, limits), whole);
  for (std::size_t cut = 1; cut < input.size(); cut += input.size() / 97 + 1) {
    EXPECT_EQ(events_of_halves(input, cut, limits), whole) << "cut before byte " << cut;
  }
  return last_event(whole);
}

std::string request_line_of(std::size_t target_size) {
  return "GET /" + std::string(target_size - 1, 'a') + " HTTP/1.1\r\n";
}

std::string head_with_fields(std::size_t count) {
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (std::size_t i = 1; i < count; ++i) head += "A: b\r\n";
  return head + "\r\n";
}

std::string head_of(std::size_t size) {
  const std::string begin = "GET / HTTP/1.1\r\nHost: x\r\nA:";
  return begin + std::string(size - begin.size() - 4, 'b') + "\r\n\r\n";
}

std::string chunked(std::string_view body) {
  return "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body);
}

constexpr ParseLimits kSmallBody{.chunk_line_bytes = 16, .trailer_bytes = 24};

TEST(ParseLimits, LetATargetFillItsLimit) {
  EXPECT_EQ(verdict(request_line_of(16) + "Host: x\r\n\r\n", kSmall), "complete\n");
  EXPECT_EQ(verdict("UPDATEREDIRECTREF /23456789abcdef0 HTTP/1.1\r\nHost: x\r\n\r\n", kSmall),
            "complete\n");
}

TEST(ParseLimits, RefuseATargetOneByteLonger) {
  EXPECT_EQ(verdict(request_line_of(17), kSmall), "error 414 request_line_too_long at 21\n");
}

TEST(ParseLimits, RefuseATargetWithoutEnd) {
  EXPECT_EQ(verdict("GET /" + std::string(100, 'a'), kSmall),
            "error 414 request_line_too_long at 80\n");
}

TEST(ParseLimits, RefuseAMethodWithoutEnd) {
  EXPECT_EQ(verdict(std::string(100, 'M'), kSmall), "error 414 request_line_too_long at 80\n");
}

TEST(ParseLimits, RefuseARequestLineThatNeedsMoreThanTheHeadMayHave) {
  const ParseLimits limits{.target_bytes = 200, .head_bytes = 64};
  EXPECT_EQ(verdict(request_line_of(100), limits), "error 414 request_line_too_long at 64\n");
}

TEST(ParseLimits, LetAHeadFillItsLimit) {
  EXPECT_EQ(verdict(head_of(128), kSmall), "complete\n");
}

TEST(ParseLimits, RefuseAHeadOneByteLonger) {
  EXPECT_EQ(verdict(head_of(129), kSmall), "error 431 head_too_large at 128\n");
}

TEST(ParseLimits, AreEightAndSixteenKibibytesByDefault) {
  const ParseLimits limits;
  EXPECT_EQ(verdict(request_line_of(8192) + "Host: x\r\n\r\n", limits), "complete\n");
  EXPECT_EQ(verdict(request_line_of(8193), limits), "error 414 request_line_too_long at 8197\n");
  EXPECT_EQ(verdict(head_of(16384), limits), "complete\n");
  EXPECT_EQ(verdict(head_of(16385), limits), "error 431 head_too_large at 16384\n");
}

TEST(ParseLimits, MayBeAsBigAsTheSettingsAllow) {
  const ParseLimits limits{
      .target_bytes = kMaxTargetBytes, .head_bytes = kMaxHeadBytes, .fields = kMaxHeaders};
  EXPECT_EQ(last_event(events_of(request_line_of(32'768) + "Host: x\r\n\r\n", limits)),
            "complete\n");
  EXPECT_EQ(last_event(events_of(head_of(65'535), limits)), "complete\n");
  EXPECT_EQ(last_event(events_of(head_of(65'536), limits)), "error 431 head_too_large at 65535\n");
  EXPECT_EQ(verdict(head_with_fields(256), limits), "complete\n");
  EXPECT_EQ(verdict(head_with_fields(257), limits), "error 431 too_many_fields at 1557\n");
}

TEST(ParseLimits, AllowSixtyFourFieldsAndNotOneMore) {
  EXPECT_EQ(verdict(head_with_fields(64), {}), "complete\n");
  EXPECT_EQ(verdict(head_with_fields(65), {}), "error 431 too_many_fields at 405\n");
}

TEST(ParseLimits, AllowAsManyFieldsAsTold) {
  EXPECT_EQ(verdict(head_with_fields(3), kSmall), "complete\n");
  EXPECT_EQ(verdict(head_with_fields(4), kSmall), "error 431 too_many_fields at 39\n");
}

TEST(ParseLimits, NeverAllowMoreFieldsThanAHeadHolds) {
  EXPECT_EQ(last_event(events_of(head_with_fields(257), {.fields = 1000})),
            "error 431 too_many_fields at 1557\n");
}

TEST(ParseLimits, LetAChunkLineFillItsLimit) {
  EXPECT_EQ(verdict(chunked("1;23456789abcd\r\nx\r\n0;4567890123\r\n\r\n"), kSmallBody),
            "complete\n");
}

TEST(ParseLimits, RefuseAChunkLineOneByteLonger) {
  EXPECT_EQ(verdict(chunked("1;23456789abcde\r\nx"), kSmallBody),
            "error 400 chunk_line_too_long at 72\n");
  EXPECT_EQ(verdict(chunked("00000000000000001\r\nx"), kSmallBody),
            "error 400 chunk_line_too_long at 72\n");
}

TEST(ParseLimits, LetATrailerFillItsLimit) {
  EXPECT_EQ(verdict(chunked("0\r\nA: 3456789\r\nB: 34567\r\n\r\n"), kSmallBody), "complete\n");
}

TEST(ParseLimits, RefuseATrailerOneByteLonger) {
  EXPECT_EQ(verdict(chunked("0\r\nA: 3456789\r\nB: 345678\r\n\r\n"), kSmallBody),
            "error 431 trailer_too_large at 83\n");
}

}  // namespace
}  // namespace hpserver::http::test
