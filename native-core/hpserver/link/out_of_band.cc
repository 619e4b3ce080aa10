#include "hpserver/link/out_of_band.h"

#include <array>

#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {
namespace {

// Per event; level triggering reports the rest in the next turn.
constexpr int kReadsPerTurn = 16;

}  // namespace

Result<std::size_t> send_urgent(int fd, std::string_view bytes) {
  return send(fd, bytes, {.out_of_band = true});
}

Result<std::optional<char>> receive_urgent(int fd) {
  char byte{};
  const auto got = receive(fd, {&byte, 1}, {.out_of_band = true});
  if (got) return *got == 1 ? std::optional(byte) : std::nullopt;
  // EINVAL: none was announced. EAGAIN: announced, but not here yet.
  if (got.error().code == EINVAL || would_block(got.error())) return std::optional<char>{};
  return got.error();
}

Result<std::unique_ptr<OutOfBandReader>> OutOfBandReader::create(EventLoop& loop, int fd,
                                                                 UrgentListener& listener,
                                                                 UrgentPlace place) {
  const auto set = set_option(fd, option::OutOfBandInline{place == UrgentPlace::inside});
  if (!set) return set.error();
  std::unique_ptr<OutOfBandReader> reader(new OutOfBandReader(loop, fd, listener, place));
  const auto watched = reader->watch_.want(fd, {.readable = true, .priority = true});
  if (!watched) return watched.error();
  return reader;
}

void OutOfBandReader::on_ready(Ready ready) {
  announced_ = announced_ || ready.priority;
  std::array<char, 4096> buffer;
  for (int reads = 0; reads < kReadsPerTurn; ++reads) {
    if (announced_) {
      const auto urgent = take_urgent();
      if (!urgent) {
        end(urgent.error());
        return;
      }
      if (*urgent) {
        announced_ = false;
        listener_.on_urgent(**urgent);
      }
    }
    const auto got = receive(fd_, buffer);
    if (!got && would_block(got.error())) return;
    if (!got || *got == 0) {
      end(got ? Result<void>{} : Result<void>{got.error()});
      return;
    }
    listener_.on_bytes({buffer.data(), *got});
  }
}

// Nothing before the mark: earlier bytes are delivered first.
Result<std::optional<char>> OutOfBandReader::take_urgent() const {
  const auto marked = at_mark(fd_);
  if (!marked) return marked.error();
  if (!*marked) return std::optional<char>{};
  if (place_ == UrgentPlace::aside) return receive_urgent(fd_);
  char byte{};
  const auto got = receive(fd_, {&byte, 1});
  if (got) return *got == 1 ? std::optional(byte) : std::nullopt;
  if (would_block(got.error())) return std::optional<char>{};
  return got.error();
}

void OutOfBandReader::end(const Result<void>& result) {
  watch_.stop();
  listener_.on_end(result);
}

}  // namespace hpserver
