#include "hpserver/log/printable.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace hpserver {
namespace {

std::string printable(std::string_view text, std::size_t limit = 1000,
                      LineBreaks breaks = LineBreaks::escaped) {
  std::string out = "before ";
  append_printable(out, text, limit, breaks);
  EXPECT_EQ(out.substr(0, 7), "before ");
  return out.substr(7);
}

TEST(Printable, LeavesTextAsItIs) {
  EXPECT_EQ(printable("GET /search?q=\"a\\b\" ~"), "GET /search?q=\"a\\b\" ~");
  EXPECT_EQ(printable("Zürich, 東京, 🎉"), "Zürich, 東京, 🎉");
}

TEST(Printable, LetsNobodyEndALineOrSteerATerminal) {
  EXPECT_EQ(printable("a\nb\rc\td"), "a\\x0ab\\x0dc\\x09d");
  EXPECT_EQ(printable(std::string_view("\0\x1b[31m\x7f", 7)), "\\x00\\x1b[31m\\x7f");
  // U+009B, which some terminals take for ESC [.
  EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b");
}

TEST(Printable, KeepsLineBreaksOnlyWhereTheyAreSafe) {
  EXPECT_EQ(printable("a\nb\r", 1000, LineBreaks::kept), "a\nb\\x0d");
}

TEST(Printable, EscapesWhatIsNoUtf8) {
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("\xc3"), "\\xc3");                             // truncated
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong
  EXPECT_EQ(printable("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");           // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
  EXPECT_EQ(printable("\xe2\x82z"), "\\xe2\\x82z");
}

TEST(Printable, IsNeverLongerThanAllowed) {
  EXPECT_EQ(printable("123456", 6), "123456");
  EXPECT_EQ(printable("1234567", 6), "123...");
  EXPECT_EQ(printable("12345\n", 8), "12345...");
  EXPECT_EQ(printable("abü", 4), "abü");
  EXPECT_EQ(printable("aüüüü", 7), "aü...");
  for (std::size_t limit = 0; limit < 40; ++limit) {
    EXPECT_LE(printable("\n\nüüü\x01 and so on, and so on", limit).size(), limit);
  }
}

}  // namespace
}  // namespace hpserver
