#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "hpserver/protocol/frame/codec.h"

namespace hpserver::binding {

// A protocol that this addon can read and write; JavaScript handles its frames.
struct FrameProtocol {
  std::string_view name;
  std::unique_ptr<frame::FrameCodec> (*make_codec)();
};

// All of them: see protocols/protocols.cc.
const std::vector<FrameProtocol>& frame_protocols();

}  // namespace hpserver::binding
