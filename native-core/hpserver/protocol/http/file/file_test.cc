#include <gtest/gtest.h>

#include <string>

#include "hpserver/protocol/http/file/byte_range.h"
#include "hpserver/protocol/http/file/media_type.h"

namespace hpserver::http {
namespace {

// "whole", "none", or "offset+length …".
std::string ranges_of(std::string_view field, std::uint64_t size_bytes) {
  const RangeSet set = parse_ranges(field, size_bytes);
  if (set.kind == RangeSet::Kind::whole) return "whole";
  if (set.kind == RangeSet::Kind::unsatisfiable) return "none";
  std::string text;
  for (const ByteRange& range : set.ranges()) {
    text += std::to_string(range.offset) + '+' + std::to_string(range.length) + ' ';
  }
  return text;
}

TEST(ByteRange, IsReadAsRfc9110Says) {
  struct {
    std::string_view field;
    std::uint64_t size_bytes;
    std::string_view expected;
  } constexpr kTable[] = {
      {"bytes=0-0", 10, "0+1 "},
      {"bytes=0-99", 10, "0+10 "},
      {"BYTES=5-", 10, "5+5 "},
      {"bytes=-3", 10, "7+3 "},
      {"bytes=-99", 10, "0+10 "},
      {"bytes=0-1, 4-5 ,-1", 10, "0+2 4+2 9+1 "},
      {"bytes=0-1,99-", 10, "0+2 "},
      {"bytes=0-18446744073709551616", 10, "0+10 "},
      {"bytes=10-", 10, "none"},
      {"bytes=-0", 10, "none"},
      {"bytes=0-0", 0, "none"},
      {"bytes=-5", 0, "none"},
      {"bytes=99999999999999999999-", 10, "none"},
      {"bytes=", 10, "whole"},
      {"bytes=-", 10, "whole"},
      {"bytes=2-1", 10, "whole"},
      {"bytes=a-b", 10, "whole"},
      {"bytes=1-2x", 10, "whole"},
      {"bytes=+1-2", 10, "whole"},
      {"lines=0-1", 10, "whole"},
      {"bytes 0-1", 10, "whole"},
      {"bytes=0-9,0-9", 10, "whole"},
      {"bytes=0-5,4-9", 10, "whole"},
  };
  for (const auto& [field, size_bytes, expected] : kTable) {
    EXPECT_EQ(ranges_of(field, size_bytes), expected) << field;
  }
}

TEST(ByteRange, IsIgnoredBeyondItsLimit) {
  std::string field = "bytes=0-0";
  for (std::size_t i = 1; i < kMaxRanges; ++i) field += ",0-0";
  EXPECT_EQ(parse_ranges(field, 100).count, kMaxRanges);
  EXPECT_EQ(ranges_of(field + ",0-0", 100), "whole");
}

TEST(MediaType, IsToldByTheExtension) {
  EXPECT_EQ(media_type_of("index.html"), "text/html; charset=utf-8");
  EXPECT_EQ(media_type_of("A/B.JPG"), "image/jpeg");
  EXPECT_EQ(media_type_of("app.min.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(media_type_of("font.woff2"), "font/woff2");
  EXPECT_EQ(media_type_of("a.webmanifest"), "application/manifest+json");
  for (const std::string_view path :
       {"", "none", "dir.html/file", "a.", "a.unknown", "a.longer-than-any"}) {
    EXPECT_EQ(media_type_of(path), "application/octet-stream") << path;
  }
}

}  // namespace
}  // namespace hpserver::http
