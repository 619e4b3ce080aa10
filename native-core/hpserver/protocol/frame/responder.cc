#include "hpserver/protocol/frame/responder.h"

#include <utility>

#include "hpserver/connection/connection_set.h"
#include "hpserver/protocol/frame/session.h"

namespace hpserver::frame {

FrameLink::FrameLink(ConnectionSet& connections)
    : loop_(&connections.loop()), connections_(&connections) {}

void FrameLink::reply(Token connection, FrameReply reply) {
  const std::lock_guard lock(mutex_);
  if (loop_ == nullptr) return;
  // Shared, so copies of the task don't copy the reply.
  auto shared = std::make_shared<const FrameReply>(std::move(reply));
  loop_->post([self = shared_from_this(), connection, shared = std::move(shared)] {
    self->reply_here(connection, *shared);
  });
}

void FrameLink::reply_here(Token connection, const FrameReply& reply) {
  if (connections_ == nullptr) return;
  const auto step = [reply](Session& session, Channel& channel) {
    static_cast<FrameSession&>(session).reply(reply, channel);
  };
  if (connections_->is_out(connection)) {
    connections_->when_back(connection, step);
  } else {
    connections_->resume(connection, step);
  }
}

void FrameLink::cut() {
  const std::lock_guard lock(mutex_);
  loop_ = nullptr;
  connections_ = nullptr;
}

FrameResponder::FrameResponder(std::shared_ptr<FrameLink> link, Token connection)
    : link_(std::move(link)), connection_(connection) {}

FrameResponder& FrameResponder::operator=(FrameResponder&& other) noexcept {
  std::swap(link_, other.link_);
  std::swap(connection_, other.connection_);
  return *this;
}

FrameResponder::~FrameResponder() {
  reply({.frame = std::nullopt, .close = true});
}

void FrameResponder::reply(FrameReply reply) {
  const auto link = std::exchange(link_, nullptr);
  if (link != nullptr) link->reply(connection_, std::move(reply));
}

void FrameResponder::reply_here(const FrameReply& reply) {
  const auto link = std::exchange(link_, nullptr);
  if (link != nullptr) link->reply_here(connection_, reply);
}

}  // namespace hpserver::frame
