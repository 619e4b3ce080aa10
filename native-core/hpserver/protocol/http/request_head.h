#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http_request_names.h"

namespace hpserver::http {

/**
 * The largest allowed `ParseLimits::fields`. Unused fields cost no time, only memory (10 bytes each
 * in a session, which idle connections don't have).
 */
inline constexpr std::size_t kMaxHeaders = 256;

/** One header field, as offsets in bytes from the first byte of the request. */
struct HeaderField {
  std::uint16_t name_offset;
  std::uint16_t name_length;
  std::uint16_t value_offset;
  std::uint16_t value_length;
  HeaderId id;

  /** The name as written by the client; `base` is the first byte of the request. */
  std::string_view name(const char* base) const { return {base + name_offset, name_length}; }

  /** The value without surrounding white space; `base` is the first byte of the request. */
  std::string_view value(const char* base) const { return {base + value_offset, value_length}; }
};

/**
 * The head of one request: the position of its parts, and its framing.
 * It owns no bytes: the connection keeps them in one piece while it reads the parts. Trivially
 * copyable; valid once the parser has returned `Progress::head_complete`.
 * See: RFC 9112 sections 3 to 6.
 */
struct RequestHead {
  Method method;
  TargetForm target_form;
  std::uint8_t version_minor;
  bool keep_alive;
  bool has_content_length;
  bool chunked;
  /** The client waits for `100 Continue` before it sends the body. */
  bool expect_continue;
  /** `Connection: upgrade` together with an Upgrade field. */
  bool upgrade;
  std::uint16_t field_count;
  std::uint16_t method_offset;
  std::uint16_t method_length;
  std::uint16_t target_offset;
  std::uint16_t target_length;
  /** Bytes from the first one fed up to and including the empty line. */
  std::uint16_t size_bytes;
  /** Bit n is set if there is a field with `HeaderId` n, so an absent field needs no search. */
  std::uint32_t present;
  std::uint64_t content_length;
  std::array<HeaderField, kMaxHeaders> fields;

  /** True if a body follows the head. */
  bool has_body() const { return chunked || content_length != 0; }

  /** True if at least one field has this id. */
  bool has(HeaderId id) const { return (present >> static_cast<unsigned>(id) & 1U) != 0; }

  /** The first field with this id, or nullptr. */
  const HeaderField* find(HeaderId id) const {
    if (!has(id)) return nullptr;
    for (std::size_t i = 0; i < field_count; ++i) {
      if (fields[i].id == id) return &fields[i];
    }
    return nullptr;
  }

  /** The only field with this id; nullptr if there is none, or more than one. */
  const HeaderField* find_only(HeaderId id) const {
    const HeaderField* only = nullptr;
    for (std::size_t i = 0; has(id) && i < field_count; ++i) {
      if (fields[i].id != id) continue;
      if (only != nullptr) return nullptr;
      only = &fields[i];
    }
    return only;
  }

  /** The method's token, even of unknown methods; `base` is the first byte of the request. */
  std::string_view method_name(const char* base) const {
    return {base + method_offset, method_length};
  }

  /** The request target as written by the client; `base` is the first byte of the request. */
  std::string_view target(const char* base) const { return {base + target_offset, target_length}; }
};

}  // namespace hpserver::http
