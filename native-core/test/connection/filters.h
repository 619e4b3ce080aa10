#pragma once

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "hpserver/connection/buffer_pool.h"
#include "hpserver/connection/stream_filter.h"

namespace hpserver::testing {

// Writes `bytes` to `out`, piece by piece, each byte changed by `change`. Errors: ENOBUFS.
template <typename Change>
Result<void> put(std::string_view bytes, SealedOutput& out, Change change) {
  while (!bytes.empty()) {
    const std::size_t part_bytes = std::min(bytes.size(), kBlockBytes);
    char* const room = out.reserve(part_bytes);
    if (room == nullptr) return Error{ENOBUFS, "seal"};
    std::transform(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part_bytes), room,
                   change);
    out.commit(part_bytes);
    bytes.remove_prefix(part_bytes);
  }
  return {};
}

// Every byte travels in disguise, so whatever bypasses the filter is noticed at once.
class XorFilter final : public StreamFilter {
 public:
  static char turn(char byte) { return static_cast<char>(byte ^ 0x5a); }
  static std::string turn(std::string bytes) {
    for (char& byte : bytes) byte = turn(byte);
    return bytes;
  }

  [[nodiscard]] bool is_handshaking() const noexcept override { return false; }
  Result<Opened> open(std::string_view arrived, std::span<char> room, SealedOutput&) override {
    const std::size_t size_bytes = std::min(arrived.size(), room.size());
    for (std::size_t index = 0; index < size_bytes; ++index) room[index] = turn(arrived[index]);
    return Opened{.taken_bytes = size_bytes, .opened_bytes = size_bytes};
  }
  Result<void> end_of_arrivals() override { return {}; }
  Result<void> seal(std::string_view plain, SealedOutput& out) override {
    return put(plain, out, [](char byte) { return turn(byte); });
  }
  Result<void> close(SealedOutput&) override { return {}; }
};

// A protocol with everything that a filter may have: "hi" and "ho" come first; then pairs of a
// count and a byte travel in both directions; a count of zero properly ends a direction.
class PairsFilter final : public StreamFilter {
 public:
  static std::string pair(int count, char byte) { return {static_cast<char>(count), byte}; }
  static std::string pairs(std::string_view plain) {
    std::string sealed;
    for (const char byte : plain) sealed += pair(1, byte);
    return sealed;
  }
  static std::string plain(std::string_view sealed) {
    std::string opened;
    for (std::size_t index = 0; index + 1 < sealed.size(); index += 2) {
      opened.append(static_cast<unsigned char>(sealed[index]), sealed[index + 1]);
    }
    return opened;
  }

  [[nodiscard]] bool is_handshaking() const noexcept override { return greeted_count_ < 2; }
  Result<Opened> open(std::string_view arrived, std::span<char> room, SealedOutput& out) override;
  Result<void> end_of_arrivals() override {
    if (ended_) return {};
    return Error{ECONNABORTED, "open"};
  }
  Result<void> seal(std::string_view plain, SealedOutput& out) override;
  Result<void> close(SealedOutput& out) override {
    return put(pair(0, '.'), out, [](char byte) { return byte; });
  }

 private:
  Result<void> greet(char byte, SealedOutput& out);

  int greeted_count_ = 0;
  bool has_count_ = false;  // half of a pair has come
  unsigned char count_ = 0;
  bool ended_ = false;
};

inline Result<void> PairsFilter::greet(char byte, SealedOutput& out) {
  if (byte != "hi"[greeted_count_]) return Error{EPROTO, "open"};
  if (++greeted_count_ < 2) return {};
  return put("ho", out, [](char each) { return each; });
}

inline Result<Opened> PairsFilter::open(std::string_view arrived, std::span<char> room,
                                        SealedOutput& out) {
  Opened opened;
  for (const char byte : arrived) {
    if (ended_) return Error{EPROTO, "open"};
    if (is_handshaking()) {
      const auto greeted = greet(byte, out);
      if (!greeted) return greeted.error();
    } else if (!has_count_) {
      count_ = static_cast<unsigned char>(byte);
      has_count_ = true;
    } else {
      // A pair may yield more bytes than fit into the remaining room.
      const std::size_t part = std::min<std::size_t>(count_, room.size() - opened.opened_bytes);
      std::fill_n(room.begin() + static_cast<std::ptrdiff_t>(opened.opened_bytes), part, byte);
      opened.opened_bytes += part;
      ended_ = count_ == 0;
      count_ = static_cast<unsigned char>(count_ - part);
      if (count_ > 0) break;
      has_count_ = false;
    }
    ++opened.taken_bytes;
  }
  opened.ended = ended_;
  return opened;
}

inline Result<void> PairsFilter::seal(std::string_view plain, SealedOutput& out) {
  return put(pairs(plain), out, [](char byte) { return byte; });
}

}  // namespace hpserver::testing
