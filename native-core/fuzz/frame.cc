// Conversations in frames: the lines that go in come back, however they are cut.

#include <array>
#include <memory>

#include "hpserver/protocol/frame/service.h"
#include "one_loop.h"
#include "target.h"
#include "test/frame-protocol/lines.h"

namespace hpserver::fuzz {
namespace {

// Sends every frame back, some of them later; "bye" is the last one.
class Echo final : public frame::FrameHandler {
 public:
  void on_frame(std::string_view frame, frame::FrameCall& call) override {
    const bool is_last = frame == "bye";
    if (frame.starts_with("later")) {
      call.defer().reply({.frame = std::string(frame), .close = frame.ends_with("bye")});
      return;
    }
    if (is_last) call.close();
    call.answer(frame);
  }
};

std::unique_ptr<Service> echo_service() {
  return std::make_unique<frame::FrameService>(
      [] { return std::make_unique<frame::CodecOf<frame::Lines, frame::write_line>>(); },
      std::make_shared<Echo>());
}

// What the handler should answer, found in the simplest way.
std::string expected_of(std::string_view input) {
  std::string expected;
  for (std::size_t end = input.find('\n'); end != input.npos; end = input.find('\n')) {
    const std::string_view line = input.substr(0, end);
    if (line.size() > frame::kLongestLine) break;
    expected.append(line).append("\n");
    input.remove_prefix(end + 1);
    if (line == "bye" || (line.starts_with("later") && line.ends_with("bye"))) break;
  }
  return expected;
}

}  // namespace

void try_input(std::string_view input) {
  static OneLoop server(echo_service());
  const std::string expected = expected_of(input);
  require_equal(server.converse(std::array{input}), expected, "every frame is answered");
  require_equal(server.converse(cut_anywhere(input)), expected, "pieces mean what the whole does");
}

}  // namespace hpserver::fuzz
