#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hpserver {
class Channel;
}

namespace hpserver::frame {

// How a protocol turns bytes into frames, and frames into bytes. One per conversation.
class FrameCodec {
 public:
  enum class Outcome : std::uint8_t { more, frame, refused };

  struct Fed {
    Outcome outcome = Outcome::more;
    std::size_t consumed_bytes = 0;
  };

  virtual ~FrameCodec() = default;

  // Consumes `bytes` up to the end of the next frame, or all of them if no frame ends there. Don't
  // call it again after a refusal.
  virtual Fed feed(std::string_view bytes) = 0;
  // The frame that `feed` has completed; valid until the next call of `feed`.
  [[nodiscard]] virtual std::string_view frame() const = 0;
  // Whether the codec is between two frames.
  [[nodiscard]] virtual bool idle() const = 0;

  // Sends a frame.
  virtual void write(Channel& channel, std::string_view frame) const = 0;
};

// A codec made of a class that reads frames and a function that writes them.
template <typename Frames, void (*kWrite)(Channel&, std::string_view)>
class CodecOf final : public FrameCodec {
 public:
  Fed feed(std::string_view bytes) override {
    const auto fed = frames_.feed(bytes);
    return {outcome_of(fed.outcome), fed.consumed_bytes};
  }
  [[nodiscard]] std::string_view frame() const override { return frames_.frame(); }
  [[nodiscard]] bool idle() const override { return frames_.idle(); }
  void write(Channel& channel, std::string_view frame) const override { kWrite(channel, frame); }

 private:
  static Outcome outcome_of(typename Frames::Outcome outcome) {
    if (outcome == Frames::Outcome::frame) return Outcome::frame;
    return outcome == Frames::Outcome::more ? Outcome::more : Outcome::refused;
  }

  Frames frames_;
};

}  // namespace hpserver::frame
