#include "hpserver/protocol/http/response_parser.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "test/http-protocol/response_log.h"

namespace hpserver::http {
namespace {

using Found = ResponseParser::Found;
using test::ResponseLog;

ResponseLog parse_in_two(ResponseParser& parser, std::string_view input, std::size_t split) {
  return test::parse_in_pieces(parser, std::array{input.substr(0, split), input.substr(split)});
}

struct Case {
  const char* name;
  std::string_view input;
  std::string_view heads;
  std::string_view body;
  Found last = Found::end;
};

constexpr Case kCases[] = {
    {"a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", "200 ", "abcde"},
    {"chunks",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
     "2\r\nab\r\n3;name=value\r\ncde\r\n0\r\n\r\n",
     "200 ", "abcde"},
    {"a trailer",
     "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nSum: 1\r\n\r\n",
     "200 ", "0123456789"},
    {"an interim answer", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 \r\n\r\n",
     "204 ", ""},
    {"no body for 304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "304 ", ""},
    {"an empty body", "HTTP/1.0 404 None\r\nContent-Length: 0\r\n\r\n", "404 ", ""},
    {"the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
     "200 ", "x"},
    {"a later minor version (H6)", "HTTP/1.3 200 OK\r\nContent-Length: 1\r\n\r\nx", "200 ", "x"},
    {"a chunk extension without a name (H11)",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;\r\nab\r\n0\r\n\r\n", "200 ", "",
     Found::error},
    {"a chunk extension whose quotes stay open (H11)",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"b; c\r\nab\r\n0\r\n\r\n", "200 ",
     "", Found::error},
    {"up to the end of the connection", "HTTP/1.0 200 OK\r\n\r\nall that comes", "200 ",
     "all that comes", Found::nothing},
    {"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "", "",
     Found::error},
    {"two framings", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
     "", "", Found::error},
    {"a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "", "", Found::error},
    {"a huge length", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n", "", "",
     Found::error},
    {"an unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "", "",
     Found::error},
    {"a folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "", "", Found::error},
    {"a space before the colon", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "", "", Found::error},
    {"a bare line feed", "HTTP/1.1 200 OK\nA: b\r\n\r\n", "", "", Found::error},
    {"no version", "200 OK\r\n\r\n", "", "", Found::error},
    {"another version", "HTTP/2.0 200 OK\r\n\r\n", "", "", Found::error},
    {"a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", "", "", Found::error},
    {"another protocol", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "", "", Found::error},
    {"no size of a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "200 ", "",
     Found::error},
    {"a chunk that is too long", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
     "200 ", "a", Found::error},
    {"a chunk line without CR", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\na", "200 ",
     "", Found::error},
};

// Checklist 57: split at any byte, an answer is understood the same.
TEST(ResponseParser, UnderstandsEveryCaseCutAtEveryByte) {
  for (const Case& one : kCases) {
    for (std::size_t split = 0; split <= one.input.size(); ++split) {
      ResponseParser parser;
      const ResponseLog outcome = parse_in_two(parser, one.input, split);
      ASSERT_EQ(outcome.last, one.last) << one.name << ", cut at " << split;
      ASSERT_EQ(outcome.heads, one.heads) << one.name << ", cut at " << split;
      ASSERT_EQ(outcome.body, one.body) << one.name << ", cut at " << split;
    }
  }
}

// One connection carries one answer after another.
TEST(ResponseParser, LeavesTheNextAnswerAlone) {
  ResponseParser parser;
  const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
  ResponseLog outcome = parse_in_two(parser, answer + "aHTTP/1.1 404 No\r\n", 0);
  EXPECT_EQ(outcome.body, "a");
  EXPECT_EQ(outcome.rest, "HTTP/1.1 404 No\r\n");
  EXPECT_TRUE(parser.head().keep_alive);
  EXPECT_EQ(parser.feed(outcome.rest).found, Found::end) << "until it is reset";
  parser.reset();
  EXPECT_TRUE(parser.untouched());
  EXPECT_EQ(parser.feed(outcome.rest).found, Found::nothing);
  EXPECT_FALSE(parser.untouched());
}

TEST(ResponseParser, KnowsWhetherTheConnectionGoesOn) {
  const auto keeps = [](std::string_view head) {
    ResponseParser parser;
    EXPECT_EQ(parser.feed(head).found, Found::head) << head;
    return parser.head().keep_alive;
  };
  EXPECT_TRUE(keeps("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.1 200 OK\r\n\r\n")) << "it ends with the connection";
}

TEST(ResponseParser, ExpectsNoBodyOfAnAnswerToHead) {
  ResponseParser parser;
  parser.reset(true);
  const std::string_view head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
  EXPECT_EQ(parser.feed(head).found, Found::head);
  EXPECT_EQ(parser.head().content_length, 5U);
  EXPECT_EQ(parser.feed({}).found, Found::end);
}

TEST(ResponseParser, LimitsWhatItKeeps) {
  ResponseParser parser;
  const std::string head = "HTTP/1.1 200 OK\r\nA: ";
  EXPECT_EQ(parser.feed(head + std::string(ResponseParser::kMaxHeadBytes, 'a')).found,
            Found::error);
  parser.reset();
  EXPECT_EQ(parser.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").found,
            Found::head);
  EXPECT_EQ(parser.feed(std::string(ResponseParser::kMaxChunkLineBytes + 1, '0')).found,
            Found::error);
}

}  // namespace
}  // namespace hpserver::http
