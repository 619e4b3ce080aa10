#include "hpserver/protocol/http/service.h"

#include <algorithm>
#include <utility>

#include "hpserver/net/channel.h"
#include "hpserver/net/connection_set.h"
#include "hpserver/protocol/http/loop_link.h"

namespace hpserver::http {
namespace {

// Ended sessions that are kept for the next ones: about as many as work at the same time.
constexpr std::size_t kMaxSpareSessions = 256;

}  // namespace

HttpService::HttpService(std::shared_ptr<const Router> router, HttpOptions options)
    : router_(std::move(router)), options_(std::move(options)) {}

HttpService::~HttpService() {
  if (link_ != nullptr) link_->cut();
}

Session* HttpService::open() {
  if (open_count_ == options_.limits.max_sessions) return nullptr;
  ++open_count_;
  if (spare_.empty()) return std::make_unique<HttpSession>(*this).release();
  HttpSession* const session = spare_.back().release();
  spare_.pop_back();
  return session;
}

void HttpService::close(Session& session) {
  --open_count_;
  std::unique_ptr<HttpSession> ended(static_cast<HttpSession*>(&session));
  ended->clear();
  if (spare_.size() < kMaxSpareSessions) spare_.push_back(std::move(ended));
}

std::string_view HttpService::refusal() const {
  return "HTTP/1.1 503 Service Unavailable\r\n"
         "Content-Length: 0\r\n"
         "Retry-After: 1\r\n"
         "Connection: close\r\n"
         "\r\n";
}

void HttpService::drain() {
  draining_ = true;
}

Exchange* HttpService::find(ExchangeId id) const noexcept {
  HttpSession* const session = session_of(id);
  return session == nullptr ? nullptr : &session->exchange_;
}

bool HttpService::resume(ExchangeId id, const std::function<void(Request&, Response&)>& step) {
  HttpSession* const session = session_of(id);
  if (session == nullptr) return false;
  if (session->channel_ != nullptr) {
    step(session->exchange_.request, session->exchange_.response);
    return true;
  }
  return connections_->resume(id.connection,
                              [&](Session&, Channel& channel) { session->resume(channel, step); });
}

HttpSession* HttpService::session_of(ExchangeId id) const noexcept {
  const std::size_t slot = id.connection.slot;
  HttpSession* const session = slot < detached_.size() ? detached_[slot] : nullptr;
  return session != nullptr && session->id_ == id ? session : nullptr;
}

void HttpService::remember(HttpSession& session, Channel& channel) {
  connections_ = &channel.connections();
  const std::size_t slot = session.id_.connection.slot;
  if (slot >= detached_.size()) detached_.resize(std::max(slot + 1, detached_.size() * 2));
  detached_[slot] = &session;
}

void HttpService::forget(const HttpSession& session) noexcept {
  detached_[session.id_.connection.slot] = nullptr;
}

const std::shared_ptr<LoopLink>& HttpService::link() {
  if (link_ == nullptr) link_ = std::make_shared<LoopLink>(connections_->reactor(), *this);
  return link_;
}

}  // namespace hpserver::http
