#include <gtest/gtest.h>

#include "event_log.h"

namespace hpserver::http::test {
namespace {

constexpr ParseLimits kSmall{
    .request_line_bytes = 32, .head_bytes = 64, .chunk_line_bytes = 16, .trailer_bytes = 24};

std::string last_event(const std::string& events) {
  return events.substr(events.rfind('\n', events.size() - 2) + 1);
}

/** The last event, the same however the input is cut. */
std::string verdict(const std::string& input, ParseLimits limits) {
  const std::string whole = events_of(input, limits);
  EXPECT_EQ(events_of_bytes(input, limits), whole);
  for (std::size_t cut = 1; cut < input.size(); cut += input.size() / 97 + 1) {
    EXPECT_EQ(events_of_halves(input, cut, limits), whole) << "cut before byte " << cut;
  }
  return last_event(whole);
}

std::string request_line_of(std::size_t size) {
  const std::string_view begin = "GET /";
  const std::string_view end = " HTTP/1.1\r\n";
  return std::string(begin) + std::string(size - begin.size() - end.size(), 'a') + std::string(end);
}

std::string head_of(std::size_t size) {
  const std::string begin = "GET / HTTP/1.1\r\nHost: x\r\nA:";
  return begin + std::string(size - begin.size() - 4, 'b') + "\r\n\r\n";
}

std::string chunked(std::string_view body) {
  return "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body);
}

constexpr ParseLimits kSmallBody{.chunk_line_bytes = 16, .trailer_bytes = 24};

TEST(ParseLimits, LetARequestLineFillItsLimit) {
  EXPECT_EQ(verdict(request_line_of(32) + "Host: x\r\n\r\n", kSmall), "complete\n");
}

TEST(ParseLimits, RefuseARequestLineOneByteLonger) {
  EXPECT_EQ(verdict(request_line_of(33), kSmall), "error 414 request_line_too_long at 32\n");
}

TEST(ParseLimits, RefuseAMethodWithoutEnd) {
  EXPECT_EQ(verdict(std::string(100, 'M'), kSmall), "error 414 request_line_too_long at 32\n");
}

TEST(ParseLimits, LetAHeadFillItsLimit) {
  EXPECT_EQ(verdict(head_of(64), kSmall), "complete\n");
}

TEST(ParseLimits, RefuseAHeadOneByteLonger) {
  EXPECT_EQ(verdict(head_of(65), kSmall), "error 431 head_too_large at 64\n");
}

TEST(ParseLimits, AreEightAndSixteenKibibytesByDefault) {
  const ParseLimits limits;
  EXPECT_EQ(verdict(request_line_of(8192) + "Host: x\r\n\r\n", limits), "complete\n");
  EXPECT_EQ(verdict(request_line_of(8193), limits), "error 414 request_line_too_long at 8192\n");
  EXPECT_EQ(verdict(head_of(16384), limits), "complete\n");
  EXPECT_EQ(verdict(head_of(16385), limits), "error 431 head_too_large at 16384\n");
}

TEST(ParseLimits, MayReachTheLargestOffset) {
  const ParseLimits limits{.request_line_bytes = 65535, .head_bytes = 65535};
  EXPECT_EQ(last_event(events_of(request_line_of(65000) + "Host: x\r\n\r\n", limits)),
            "complete\n");
  EXPECT_EQ(last_event(events_of(head_of(65535), limits)), "complete\n");
  EXPECT_EQ(last_event(events_of(head_of(65536), limits)), "error 431 head_too_large at 65535\n");
}

TEST(ParseLimits, AllowSixtyFourFieldsAndNotOneMore) {
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 1; i < 64; ++i) head += "A: b\r\n";
  EXPECT_EQ(verdict(head + "\r\n", {}), "complete\n");
  EXPECT_EQ(verdict(head + "A: b\r\n\r\n", {}), "error 431 too_many_fields at 405\n");
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
