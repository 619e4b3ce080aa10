#include "addon/queue/queued_request.h"

#include <utility>

#include "addon/exchange/body_limits.h"
#include "addon/exchange/chunk.h"
#include "addon/exchange/cut_off.h"
#include "hpserver/base/trace.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/responder.h"

namespace hpserver::binding {

namespace {

// How much of a stream may be on its way to the client, and when to ask for the next piece.
constexpr std::size_t kUnsentBytes = std::size_t{256} * 1024;
constexpr std::size_t kUnsentLowBytes = std::size_t{64} * 1024;

}  // namespace

void QueuedRequest::begin(http::Request& request, http::Response& response) {
  request_ = &request;
  response_ = &response;
  if (!request.has_body()) {
    body_ended_ = true;
    return submit();
  }
  self_ = shared_from_this();
  request.stream_body(*this);
}

void QueuedRequest::on_body(std::string_view bytes) {
  if (refused_) return;
  bool tells = false;
  bool is_big = false;
  {
    const std::lock_guard lock(mutex_);
    if (over_) return;
    body_.append(bytes);
    is_big = body_.size() > kWholeBodyBytes;
    if (submitted_) {
      tells = !std::exchange(readable_told_, true);
      if (!body_paused_ && body_.size() >= kBodyWindowBytes) {
        body_paused_ = true;
        request_->pause_body();
      }
    }
  }
  if (tells) return tell(ExchangeEvent::readable);
  if (!submitted_ && is_big) submit();
}

void QueuedRequest::on_body_end() {
  const auto self = std::move(self_);
  if (refused_) return;
  {
    const std::lock_guard lock(mutex_);
    body_ended_ = true;
  }
  if (submitted_) return tell(ExchangeEvent::readable);
  submit();
}

void QueuedRequest::on_body_abort() {
  const auto self = std::move(self_);
  set_over(cut_off_event(*response_));
}

void QueuedRequest::submit() {
  if (!queue_.reserve()) {
    refused_ = true;
    count(queue_.meter(), Meter::Event::request_refused);
    return response_->refuse("the queue is full");
  }
  submitted_ = true;
  response_->on_abort(
      [self = shared_from_this()] { self->set_over(cut_off_event(*self->response_)); });
  trace(TraceStep::queue);
  const bool may_be_shed = queue_.shedder() != nullptr && request_->may_be_shed();
  const bool is_timed = may_be_shed || queue_.meter() != nullptr;
  const Deadline since = is_timed ? Clock::now() : Deadline{};
  queue_.push({shared_from_this(), response_->defer(), since, may_be_shed});
}

void QueuedRequest::follow(http::Response& response) {
  response.on_drained([self = shared_from_this()](http::Response&) { self->note_held_sent(); });
}

void QueuedRequest::write(http::Response& response, const std::shared_ptr<const KeptBytes>& kept) {
  const std::string& bytes = kept->bytes;
  held_bytes_ += bytes.size();
  const bool more = bytes.size() > Chunk::kCopiedBytes ? response.write_shared(kept, bytes)
                                                       : response.write(bytes);
  if (more) note_held_sent();
}

void QueuedRequest::note_held_sent() {
  const std::size_t sent_bytes = std::exchange(held_bytes_, 0);
  const std::size_t before = unsent_bytes_.fetch_sub(sent_bytes);
  if (before - sent_bytes > kUnsentLowBytes) return;
  if (waits_for_drain_.exchange(false)) tell(ExchangeEvent::drained);
}

void QueuedRequest::attach(std::shared_ptr<Inbox> inbox, double number) {
  const std::lock_guard lock(mutex_);
  inbox_ = std::move(inbox);
  number_ = number;
  if (over_) inbox_->post({number_, *over_});
}

QueuedRequest::Taken QueuedRequest::take_body() {
  Taken taken;
  const std::lock_guard lock(mutex_);
  taken.bytes.swap(body_);
  taken.ended = taken.bytes.empty() && body_ended_;
  taken.resume = std::exchange(body_paused_, false);
  readable_told_ = false;
  return taken;
}

bool QueuedRequest::add_unsent(std::size_t size_bytes) {
  if (unsent_bytes_.fetch_add(size_bytes) + size_bytes <= kUnsentBytes) return true;
  waits_for_drain_.store(true);
  // The bytes may have been sent meanwhile; then no one else will report it.
  if (unsent_bytes_.load() > kUnsentLowBytes) return false;
  return waits_for_drain_.exchange(false);
}

void QueuedRequest::tell(ExchangeEvent event) {
  const std::lock_guard lock(mutex_);
  if (inbox_ != nullptr) inbox_->post({number_, event});
}

void QueuedRequest::set_over(ExchangeEvent how) {
  const std::lock_guard lock(mutex_);
  if (over_) return;
  over_ = how;
  if (inbox_ != nullptr) inbox_->post({number_, how});
}

}  // namespace hpserver::binding
