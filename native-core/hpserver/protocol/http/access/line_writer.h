#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hpserver::http {

// Appends a line to a text, piece by piece. Checking for room costs most, so the constructor makes
// room for a typical line at once. The text is complete when the writer is destroyed.
class LineWriter {
 public:
  // `expected_bytes`: enough for most lines of the format; the writer makes room for longer ones.
  LineWriter(std::string& text, std::size_t expected_bytes) : text_(text), begin_(text.size()) {
    text_.resize(begin_ + expected_bytes);
    at_ = text_.data() + begin_;
    end_ = text_.data() + text_.size();
  }
  ~LineWriter() { text_.resize(static_cast<std::size_t>(at_ - text_.data())); }
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  void put(char letter) {
    make_room(1);
    *at_++ = letter;
  }
  void put(std::string_view piece) {
    make_room(piece.size());
    std::memcpy(at_, piece.data(), piece.size());
    at_ += piece.size();
  }
  // A literal: its length is known, and the copy a few instructions.
  template <std::size_t N>
  void put(const char (&literal)[N]) {
    make_room(N - 1);
    std::memcpy(at_, static_cast<const char*>(literal), N - 1);
    at_ += N - 1;
  }
  void put_number(std::uint64_t number);
  // Writes the last `count` digits, with leading zeros.
  void put_digits(std::uint64_t number, std::size_t count);
  // Writes the longest prefix of `text` that needs no escape in any format (printable ASCII except
  // '"' and '\\'), at most `limit` bytes, and returns its length.
  std::size_t put_plain(std::string_view text, std::size_t limit);

  [[nodiscard]] std::size_t written_bytes() const noexcept {
    return static_cast<std::size_t>(at_ - text_.data()) - begin_;
  }

 private:
  void make_room(std::size_t count) {
    if (static_cast<std::size_t>(end_ - at_) < count) [[unlikely]] {
      grow(count);
    }
  }
  void grow(std::size_t count);

  std::string& text_;
  const std::size_t begin_;
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace hpserver::http
