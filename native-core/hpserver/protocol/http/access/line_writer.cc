#include "hpserver/protocol/http/access/line_writer.h"

#include <algorithm>
#include <charconv>

#include "hpserver/protocol/http/message/byte_marks.h"

namespace hpserver::http {

namespace {

constexpr std::size_t kMostDigits = 20;

// Tests eight characters at once.
constexpr bool are_plain(std::uint64_t word) noexcept {
  const std::uint64_t others =
      control_bytes(word) | (word & kEveryHighBit) | bytes_like(word, '"') | bytes_like(word, '\\');
  return others == 0;
}

constexpr bool is_plain(char letter) noexcept {
  return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
}

}  // namespace

void LineWriter::put_number(std::uint64_t number) {
  make_room(kMostDigits);
  at_ = std::to_chars(at_, end_, number).ptr;
}

void LineWriter::put_digits(std::uint64_t number, std::size_t count) {
  make_room(count);
  for (std::size_t place = count; place > 0; number /= 10) {
    at_[--place] = static_cast<char>('0' + number % 10);
  }
  at_ += count;
}

std::size_t LineWriter::put_plain(std::string_view text, std::size_t limit) {
  const std::size_t most = std::min(text.size(), limit);
  make_room(most);
  std::size_t count = 0;
  for (std::uint64_t word = 0; most - count >= sizeof word; count += sizeof word) {
    std::memcpy(&word, text.data() + count, sizeof word);
    if (!are_plain(word)) break;
    std::memcpy(at_ + count, &word, sizeof word);
  }
  for (; count < most && is_plain(text[count]); ++count) at_[count] = text[count];
  at_ += count;
  return count;
}

void LineWriter::grow(std::size_t count) {
  const auto size = static_cast<std::size_t>(at_ - text_.data());
  text_.resize(std::max(2 * text_.size(), size + count));
  at_ = text_.data() + size;
  end_ = text_.data() + text_.size();
}

}  // namespace hpserver::http
