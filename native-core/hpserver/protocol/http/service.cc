#include "hpserver/protocol/http/service.h"

#include <algorithm>
#include <utility>

#include "hpserver/connection/channel.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/protocol/http/loop_link.h"

namespace hpserver::http {
namespace {

// Finished sessions kept for reuse: about as many as are active at the same time.
constexpr std::size_t kMaxSpareSessions = 256;

// Services begin so far apart that no two of them ever give out the same number.
std::uint64_t first_sequence() {
  static std::atomic<std::uint64_t> next_service{0};
  return next_service.fetch_add(1, std::memory_order_relaxed) << 40U;
}

}  // namespace

HttpService::HttpService(std::shared_ptr<const Router> router, HttpOptions options)
    : router_(std::move(router)),
      options_(std::move(options)),
      limits_(options_.limits, options_.changes),
      sequence_(first_sequence()) {}

HttpService::~HttpService() {
  if (link_ != nullptr) link_->cut();
}

Session* HttpService::open() {
  const auto& limits = limits_.get();
  if (spare_.empty()) return std::make_unique<HttpSession>(*this, limits).release();
  HttpSession* const session = spare_.back().release();
  spare_.pop_back();
  if (session->limits_ != limits) {
    session->limits_ = limits;
    session->parser_ = RequestParser(limits->parse);
  }
  return session;
}

void HttpService::close(Session& session) {
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

std::unique_ptr<StreamFilter> HttpService::make_filter() {
  return options_.make_filter ? options_.make_filter() : nullptr;
}

bool HttpService::may_shed(std::string_view path) const noexcept {
  return std::ranges::find(options_.never_shed, path) == options_.never_shed.end();
}

void HttpService::drain() {
  draining_.store(true, std::memory_order_relaxed);
}

bool HttpService::resume(ExchangeId id, const std::function<void(Request&, Response&)>& step) {
  if (connections_ == nullptr) return false;
  if (connections_->is_out(id.connection)) {
    connections_->when_back(id.connection, [id, step](Session& session, Channel& channel) {
      static_cast<HttpSession&>(session).resume(id, channel, step);
    });
    return true;
  }
  bool found = false;
  const bool resumed = connections_->resume(id.connection, [&](Session& session, Channel& channel) {
    found = static_cast<HttpSession&>(session).resume(id, channel, step);
  });
  return resumed && found;
}

void HttpService::know(Channel& channel) noexcept {
  if (connections_ == nullptr) connections_ = &channel.connections();
}

const std::shared_ptr<LoopLink>& HttpService::link() {
  if (link_ == nullptr) link_ = std::make_shared<LoopLink>(connections_->loop(), *this);
  return link_;
}

}  // namespace hpserver::http
