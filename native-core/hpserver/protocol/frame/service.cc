#include "hpserver/protocol/frame/service.h"

#include "hpserver/connection/channel.h"

namespace hpserver::frame {

FrameService::~FrameService() {
  if (link_ != nullptr) link_->cut();
}

const std::shared_ptr<FrameLink>& FrameService::link(Channel& channel) {
  if (link_ == nullptr) link_ = std::make_shared<FrameLink>(channel.connections());
  return link_;
}

}  // namespace hpserver::frame
