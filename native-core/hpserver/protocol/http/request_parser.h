#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hpserver/protocol/http/request_head.h"
#include "http_request_fsm.h"

namespace hpserver::http {

/** Where parsing stands after a `feed`. */
enum class Progress : std::uint8_t {
  need_more,
  head_complete,
  body_data,
  message_complete,
  error,
};

/** What one `feed` found. */
struct ParseResult {
  Progress progress;
  /** Set with `Progress::error` only; `kParseErrors` knows status and text. */
  ParseReason reason;
  /** How many of the bytes fed are dealt with; the rest is fed again. */
  std::size_t consumed;
  /** With `Progress::body_data`: a piece of the body, inside the bytes fed. */
  std::string_view body;
};

/** What the rest of a request line is given: the longest registered method takes 17. */
inline constexpr std::size_t kBesideTargetBytes = 64;

/** What `ParseLimits` may be set to by whoever runs a server. */
inline constexpr std::uint16_t kMinHeadBytes = 256;  // curl's own takes 80, a browser's 500
/** Offsets have 16 bits; and a connection keeps 64 KiB of what it can't use yet. */
inline constexpr std::uint16_t kMaxHeadBytes = 65'535;
/** Half of the longest head, so that its fields have a place beside it. */
inline constexpr std::uint16_t kMaxTargetBytes = 32 * 1024;

/** At which sizes a request is refused. */
struct ParseLimits {
  /** 414 beyond; nginx and Apache httpd stop a request line at 8 KiB too. */
  std::uint16_t target_bytes = 8 * 1024;
  /** 431 beyond; the request line is part of it, which is a 414 if it alone is longer. */
  std::uint16_t head_bytes = 16 * 1024;
  /** 431 beyond; at most kMaxHeaders. A browser sends about 15. */
  std::uint16_t fields = 64;
  /** 400 beyond; a signed chunk of object stores needs about 90. */
  std::uint16_t chunk_line_bytes = 256;
  /** 431 beyond. */
  std::uint16_t trailer_bytes = 8 * 1024;
};

/** What the machine's actions write while a head is being read. */
struct HeadRecord {
  const char* origin = nullptr;
  std::uint16_t next_name_offset = 0;
  std::uint16_t address_offset = 0;
  ParseLimits limits;
  RequestHead head{};
};

/**
 * A strict HTTP/1.x request parser that can be stopped and resumed at every byte.
 * It pulls: each `feed` returns at the first thing found, nothing is called back, nothing is
 * allocated. One object reads the requests of one connection, one after the other.
 * Thread: any, one at a time. Blocking: never.
 * See: RFC 9112, RFC 9110; the grammar is native-core/fsm/http/.
 */
class RequestParser {
 public:
  explicit RequestParser(ParseLimits limits = {});

  /**
   * Reads on, up to the end of `bytes` or to the first thing found, which is returned.
   * Until the head is complete, `bytes` must stand in memory right behind the bytes of this
   * request that were consumed before (copy those, then append). Body bytes may stand anywhere.
   * Feed the rest again, even an empty one, until the result is `need_more` (wait for the peer),
   * `message_complete` (answer, then `reset`) or `error` (answer, then close).
   * Errors: every `ParseReason`; an error is final until `reset`.
   */
  ParseResult feed(std::string_view bytes);

  /** Makes ready for the next request. */
  void reset();

  /** The head, from `Progress::head_complete` to the next `reset`. */
  const RequestHead& head() const { return record_.head; }

  /** How much of the body is still to come by what was announced: its length, or one chunk's. */
  std::uint64_t announced_bytes() const {
    return stage_ == Stage::body || stage_ == Stage::chunk ? remaining_bytes_ : 0;
  }

  /** True while nothing but an empty line has come: closing now takes no request from anyone. */
  bool idle() const {
    return stage_ == Stage::head && record_.head.size_bytes == fsm_.method_offset;
  }

 private:
  enum class Stage : std::uint8_t { head, body, chunk_line, chunk, trailer, complete, failed };

  ParseResult feed_head(std::string_view bytes);
  ParseResult feed_chunk_framing(std::string_view bytes);
  ParseResult take_body(std::string_view bytes, std::size_t begin);
  ParseResult fail(ParseReason reason, std::size_t consumed);
  std::size_t run(std::string_view bytes, int& stop);
  void finish_head();
  std::size_t line_limit() const;

  http_request_fsm_t fsm_;
  Stage stage_ = Stage::head;
  ParseReason reason_ = ParseReason::none;
  std::uint16_t framing_bytes_ = 0;
  std::uint64_t remaining_bytes_ = 0;
  HeadRecord record_;
};

}  // namespace hpserver::http
