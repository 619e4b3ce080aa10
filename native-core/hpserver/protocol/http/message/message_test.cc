#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/message/date.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/message/status.h"
#include "hpserver/protocol/http/message/uri.h"

namespace hpserver::http {
namespace {

TEST(Date, IsReadInItsThreeForms) {
  constexpr std::time_t kExample = 784111777;  // of RFC 9110 section 5.6.7
  EXPECT_EQ(parse_date("Sun, 06 Nov 1994 08:49:37 GMT"), kExample);
  EXPECT_EQ(parse_date("Sunday, 06-Nov-94 08:49:37 GMT"), kExample);
  EXPECT_EQ(parse_date("Sun Nov  6 08:49:37 1994"), kExample);
}

TEST(Date, IsNotReadFromAnythingElse) {
  for (const std::string_view text :
       {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nuv 1994 08:49:37 GMT", "Thu, 30 Feb 2020 00:00:00 GMT",  // H9
        "Thu, 29 Feb 2100 00:00:00 GMT", "Thu, 31 Apr 2020 00:00:00 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMTx", "Sun, 06 Nov", "Sunday, 06-Nov",
        "Sun Nov  6 08:49:37 19x4"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Date, IsRenderedAsItIsRead) {
  for (const std::time_t time : {std::time_t{0}, std::time_t{784111777}, std::time_t{4102444799}}) {
    std::string text(kDateBytes, ' ');
    render_date(time, text.data());
    EXPECT_EQ(parse_date(text), time) << text;
  }
}

TEST(Date, KnowsLeapYears) {
  EXPECT_NE(parse_date("Sat, 29 Feb 2020 00:00:00 GMT"), std::nullopt);
  EXPECT_NE(parse_date("Tue, 29 Feb 2000 00:00:00 GMT"), std::nullopt);
}

TEST(DateCache, RendersAWholeField) {
  DateCache cache;
  const Deadline now = Clock::now();
  const std::string field(cache.field(now));
  EXPECT_TRUE(field.starts_with("Date: ") && field.ends_with(" GMT\r\n")) << field;
  EXPECT_NE(parse_date(field.substr(6, kDateBytes)), std::nullopt);
}

TEST(FieldSyntax, KnowsNamesAndValues) {
  EXPECT_TRUE(is_field_name("X-a_1!"));
  EXPECT_FALSE(is_field_name(""));
  EXPECT_FALSE(is_field_name("a b"));
  EXPECT_FALSE(is_field_name("a:"));
  EXPECT_TRUE(is_field_value(""));
  EXPECT_TRUE(is_field_value("a\tb \xc3\xa4"));
  EXPECT_FALSE(is_field_value("a\r"));
  EXPECT_FALSE(is_field_value(std::string_view("\0", 1)));
  EXPECT_FALSE(is_field_value("\x7f"));
}

// Values are checked eight bytes at a time: a bad byte must be noticed at every position.
TEST(FieldSyntax, KnowsEachByteAtEachPlace) {
  constexpr std::size_t kBytes = 19;
  for (const char around : {'a', '\t', '\xff'}) {
    for (int code = 0; code < 256; ++code) {
      const bool is_allowed = code == '\t' || (code >= 0x20 && code != 0x7f);
      for (std::size_t at = 0; at < kBytes; ++at) {
        std::string value(kBytes, around);
        value[at] = static_cast<char>(code);
        EXPECT_EQ(is_field_value(value), is_allowed) << code << " at " << at;
        const bool is_plain = is_allowed && code != '\t' && around != '\t';
        const std::size_t before = plain_prefix_bytes(value);
        if (is_plain) {
          EXPECT_GT(before + sizeof(std::uint64_t), kBytes);
        }
        if (!is_allowed || code == '\t') {
          EXPECT_LE(before, at);
        }
      }
    }
  }
}

TEST(FieldSyntax, CutsLists) {
  std::string_view list = " a ,, b\t,c";
  EXPECT_EQ(next_list_element(list), "a");
  EXPECT_EQ(next_list_element(list), "b");
  EXPECT_EQ(next_list_element(list), "c");
  EXPECT_EQ(next_list_element(list), "");
}

// H11: refuses extensions that another reader could take to end elsewhere.
TEST(FieldSyntax, KnowsChunkExtensions) {
  for (const std::string_view text :
       {"", ";a", ";a=b", ";a=\"b; c\"", " ;\ta = \"\\\"\" ; b", ";a=\"\";b=c;d"}) {
    EXPECT_TRUE(are_chunk_extensions(text)) << text;
  }
  for (const std::string_view text : {";", "a", ";a=", ";a=\"b", ";a ", ";=b", ";a=b c", " ",
                                      ";a,b", ";a=\"b\\\"", ";a=\"b\"c", ";a=\"\x01\""}) {
    EXPECT_FALSE(are_chunk_extensions(text)) << text;
  }
}

TEST(Status, HasLinesAndPhrases) {
  EXPECT_EQ(status_line(404), "HTTP/1.1 404 Not Found\r\n");
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(status_line(299), "");
  EXPECT_EQ(reason_phrase(999), "");
}

// H5: equivalent paths are equal, and nothing is decoded twice, however often it is normalized.
TEST(NormalizeEscapes, LeavesAloneWhatHasAMalformedEscape) {
  std::string out = "old";
  normalize_escapes("/%70lain%7Etext%2f", out);
  EXPECT_EQ(out, "/plain~text%2F");
  for (const std::string_view path :
       {"/%2541", "/%zz%41", "/%4", "/a%", "/%%341", "/%%32e%%32e/a", "/%4%31"}) {
    normalize_escapes(path, out);
    EXPECT_EQ(out, path);
  }
}

TEST(PercentDecode, DecodesOrRefuses) {
  std::string out = "old";
  EXPECT_TRUE(percent_decode("/a%2fb%C3%a4+", out));
  EXPECT_EQ(out, "/a/b\xc3\xa4+");
  EXPECT_TRUE(percent_decode("a+b", out, Plus::space));
  EXPECT_EQ(out, "a b");
  for (const std::string_view text : {"%", "%1", "%g0", "%0g", "%00", "a%"}) {
    EXPECT_FALSE(percent_decode(text, out)) << text;
  }
}

}  // namespace
}  // namespace hpserver::http
