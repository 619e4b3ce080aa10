#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/request_parser.h"

namespace hpserver::http::test {

/** Limits that short inputs reach. */
inline constexpr ParseLimits kTightLimits{.target_bytes = 40,
                                          .head_bytes = 160,
                                          .fields = 5,
                                          .chunk_line_bytes = 20,
                                          .trailer_bytes = 24};

/**
 * Reads a connection as a server would, and notes what the parser reports, one line per event. For
 * every feed, the bytes that the parser may touch are in a block of exactly their size, so a
 * sanitizer finds any access outside.
 */
class EventLog {
 public:
  explicit EventLog(ParseLimits limits = {}) : parser_(limits) {}

  /** Takes the bytes that one receive would have returned. */
  void receive(std::string_view piece);

  /** The peer has closed: returns the events, with `waiting` if it closed too early. */
  std::string finish();

 private:
  /** Feeds once; returns false if nothing more can come of `piece`. */
  bool feed(std::string_view& piece);
  void note_head(const char* base);
  void flush_body();

  RequestParser parser_;
  std::string head_bytes_;
  std::string body_;
  std::string events_;
  std::size_t request_bytes_ = 0;
  bool head_seen_ = false;
  bool failed_ = false;
};

/** The events of `input` received in one piece. */
std::string events_of(std::string_view input, ParseLimits limits = {});

/** The events of `input` received in two pieces, cut before byte `cut`. */
std::string events_of_halves(std::string_view input, std::size_t cut, ParseLimits limits = {});

/** The events of `input` received one byte at a time. */
std::string events_of_bytes(std::string_view input, ParseLimits limits = {});

}  // namespace hpserver::http::test
