// Messages with their lengths in front: a stream receives what was sent, however it is cut, and
// ends at a message that is too long.

#include "hpserver/link/framed_stream.h"

#include <array>
#include <memory>
#include <optional>
#include <span>

#include "hpserver/event/reactor.h"
#include "hpserver/os/socket_pair.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "hpserver/socket/socket.h"
#include "target.h"
#include "test/rules.h"

namespace hpserver::fuzz {
namespace {

using testing::require;

constexpr std::size_t kLongest = 300;
constexpr std::chrono::hours kNever{24};

// The messages as text, and how the stream ended.
class Log final : public FramedStreamListener {
 public:
  void on_message(std::string_view message) override { text_.append(message).append("|\n"); }
  void on_lost(const Error& error) override { lost_ = error.code; }

  [[nodiscard]] bool is_over() const { return lost_.has_value(); }
  [[nodiscard]] std::string text() const {
    return text_ + (lost_ == EMSGSIZE ? "too long" : "lost");
  }

 private:
  std::string text_;
  std::optional<int> lost_;
};

std::string heard_of(EventLoop& loop, std::span<const std::string_view> pieces) {
  SocketPair pair = std::move(*create_socket_pair());
  Fd client = std::move(pair.second);
  FrameQueue signs_of_life;
  Log log;
  const auto stream = FramedStream::create(
      loop, std::move(pair.first), signs_of_life, log,
      {.max_message_bytes = kLongest, .heartbeat_interval = kNever, .silence_timeout = kNever});
  require(stream.ok(), "a stream begins");
  const auto turn = [&loop] {
    require(loop.turn(std::chrono::milliseconds(0)).ok(), "the loop turns");
  };
  for (const std::string_view piece : pieces) {
    if (log.is_over()) break;
    require(send(client.get(), piece).ok(), "a stream that isn't over takes more");
    turn();
  }
  client.reset();
  for (int turns = 0; !log.is_over(); ++turns) {
    require(turns < 10'000, "a stream ends with its peer");
    turn();
  }
  return log.text();
}

// What the stream should receive, found in the simplest way.
std::string expected_of(std::string_view input) {
  std::string expected;
  while (input.size() >= FrameQueue::kPrefixBytes) {
    std::size_t length = 0;
    for (const char byte : input.substr(0, FrameQueue::kPrefixBytes)) {
      length = length * 256 + static_cast<unsigned char>(byte);
    }
    if (length > kLongest) return expected + "too long";
    input.remove_prefix(FrameQueue::kPrefixBytes);
    if (length > input.size()) break;
    expected.append(input.substr(0, length)).append("|\n");
    input.remove_prefix(length);
  }
  return expected + "lost";
}

// A message as a FrameQueue writes it.
std::string frame_of(std::string_view message) {
  const SocketPair pair = std::move(*create_socket_pair());
  FrameQueue queue;
  require(queue.push(message).ok() && queue.flush(pair.first.get()).ok(), "a queue sends");
  char buffer[kLongest + FrameQueue::kPrefixBytes];
  return {buffer, *receive(pair.second.get(), buffer)};
}

}  // namespace

void try_input(std::string_view input) {
  static const auto loop = std::move(*Reactor::create(std::move(*make_poller<EpollPoller>())));
  const std::string expected = expected_of(input);
  require_equal(heard_of(*loop, std::array{input}), expected, "every message is heard");
  require_equal(heard_of(*loop, cut_anywhere(input)), expected, "pieces mean what the whole does");
  if (input.empty() || input.size() > kLongest) return;
  require_equal(heard_of(*loop, std::array{std::string_view(frame_of(input))}),
                std::string(input) + "|\nlost", "what a queue writes is heard");
}

}  // namespace hpserver::fuzz
