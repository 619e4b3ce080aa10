#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hpserver/protocol/http/request_head.h"
#include "http_request_fsm.h"

namespace hpserver::http {

/** The state of parsing after a `feed`. */
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
  /** Set only with `Progress::error`; `kParseErrors` has its status and text. */
  ParseReason reason;
  /** How many of the bytes fed were consumed; feed the rest again. */
  std::size_t consumed;
  /** With `Progress::body_data`: a piece of the body, inside the bytes fed. */
  std::string_view body;
};

/** Room for the rest of a request line: the longest registered method takes 17. */
inline constexpr std::size_t kBesideTargetBytes = 64;

/** The range in which a server may set `ParseLimits`. */
inline constexpr std::uint16_t kMinHeadBytes = 256;  // curl sends 80, a browser 500
/** Offsets have 16 bits; and a connection keeps 64 KiB of input that it can't use yet. */
inline constexpr std::uint16_t kMaxHeadBytes = 65'535;
/** Half of the longest head, which leaves room for the fields. */
inline constexpr std::uint16_t kMaxTargetBytes = 32 * 1024;

/** The sizes beyond which a request is refused. */
struct ParseLimits {
  /** A longer target gets 414; nginx and Apache httpd also limit a request line to 8 KiB. */
  std::uint16_t target_bytes = 8 * 1024;
  /** A longer head gets 431, or 414 if its request line alone is longer. */
  std::uint16_t head_bytes = 16 * 1024;
  /** More fields get 431; at most kMaxHeaders. A browser sends about 15. */
  std::uint16_t fields = 64;
  /** A longer line before a chunk gets 400; a signed chunk of object stores needs about 90. */
  std::uint16_t chunk_line_bytes = 256;
  /** Longer trailers get 431. */
  std::uint16_t trailer_bytes = 8 * 1024;
};

/** What the machine's actions write while a head is being parsed. */
struct HeadRecord {
  const char* origin = nullptr;
  std::uint16_t next_name_offset = 0;
  std::uint16_t address_offset = 0;
  ParseLimits limits;
  RequestHead head{};
};

/**
 * A strict HTTP/1.x request parser that can be stopped and resumed at any byte. It pulls: each
 * `feed` returns the first thing found; it neither calls back nor allocates. One object reads the
 * requests of one connection, one after another. Any thread, one at a time; never blocks.
 * See: RFC 9112, RFC 9110; the grammar is native-core/fsm/http/.
 */
class RequestParser {
 public:
  explicit RequestParser(ParseLimits limits = {});

  /**
   * Parses up to the end of `bytes` or to the first thing found, and returns that.
   * Until the head is complete, `bytes` must directly follow in memory the bytes of this request
   * consumed before (copy those, then append). Body bytes may be anywhere. Feed the rest again,
   * even if it is empty, until the result is `need_more` (wait for the peer), `message_complete`
   * (answer, then `reset`) or `error` (answer, then close).
   * Errors: every `ParseReason`; an error is final until `reset`.
   */
  ParseResult feed(std::string_view bytes);

  /** Prepares for the next request. */
  void reset();

  /** The head, valid from `Progress::head_complete` to the next `reset`. */
  const RequestHead& head() const { return record_.head; }

  /** How many announced bytes are still to come: of the body, or of one chunk. */
  std::uint64_t announced_bytes() const {
    return stage_ == Stage::body || stage_ == Stage::chunk ? remaining_bytes_ : 0;
  }

  /** True while nothing but an empty line has come, so closing now loses no request. */
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
