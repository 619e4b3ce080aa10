#include "hpserver/protocol/http/upstream_gateway.h"

#include <algorithm>
#include <string_view>

#include "hpserver/base/trace.h"
#include "hpserver/os/thread.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/response_parser.h"
#include "hpserver/socket/socket.h"

namespace hpserver::http {
namespace {

using Found = ResponseParser::Found;

std::uint16_t gateway_status_of(const Error& error) noexcept {
  if (error.code == ETIMEDOUT) return 504;
  return error.code == EAGAIN ? 503 : 502;
}

// RFC 9110 section 7.6.1: fields meant only for the next hop. Length and date are written by the
// server.
bool belongs_to_connection(const ResponseHead& head, std::string_view name) {
  constexpr std::array kOwn = std::to_array<std::string_view>(
      {"connection", "content-length", "date", "keep-alive", "proxy-connection", "te", "trailer",
       "transfer-encoding", "upgrade"});
  const auto is_name = [&](std::string_view own) { return equal_ignoring_case(own, name); };
  if (std::any_of(kOwn.begin(), kOwn.end(), is_name)) return true;
  for (const ResponseHead::Field& field : head.fields) {
    if (!equal_ignoring_case(field.name, "connection")) continue;
    for (std::string_view list = field.value; !list.empty();) {
      if (is_name(next_list_element(list))) return true;
    }
  }
  return false;
}

UpstreamPiece::Head copy_of(const ResponseHead& head) {
  UpstreamPiece::Head copy{head.status, head.content_length, {}};
  for (const ResponseHead::Field& field : head.fields) {
    if (!belongs_to_connection(head, field.name)) copy.fields.emplace_back(field.name, field.value);
  }
  return copy;
}

}  // namespace

// One request and its answer, on the gateway's thread.
class UpstreamGateway::UpstreamExchange final : public EventHandler, public TimerHandler {
 public:
  UpstreamExchange(UpstreamGateway& gateway, Number number, const UpstreamRequest& request,
                   Listener listener)
      : gateway_(gateway),
        number_(number),
        head_only_(request.head_only),
        request_(gateway.render(request)),
        listener_(std::move(listener)) {}
  ~UpstreamExchange() override { gateway_.pool_->cancel(ticket_); }
  UpstreamExchange(const UpstreamExchange&) = delete;
  UpstreamExchange& operator=(const UpstreamExchange&) = delete;

  void acquire() {
    const auto asked = gateway_.pool_->acquire([this](Result<UpstreamLease> lease) {
      if (lease) {
        begin(std::move(*lease));
      } else {
        fail(gateway_status_of(lease.error()));
      }
    });
    if (asked) {
      ticket_ = *asked;
    } else {
      fail(gateway_status_of(asked.error()));
    }
  }

  void go_on() { expect({.readable = true}); }

  void on_ready(Ready) override {
    if (unsent_.empty()) {
      read();
    } else {
      write();
    }
  }

  void on_timer() override { fail(504); }

 private:
  void begin(UpstreamLease lease) {
    lease_ = std::move(lease);
    parser_.reset(head_only_);
    unsent_ = request_;
    write();
  }

  void write() {
    const auto sent = send(lease_.fd(), unsent_);
    if (!sent && !would_block(sent.error())) {
      lose();
      return;
    }
    if (sent) unsent_.remove_prefix(*sent);
    expect({.readable = unsent_.empty(), .writable = !unsent_.empty()});
  }

  void expect(Interest interest) {
    if (!lease_.report_to(*this, interest)) {
      fail(502);
      return;
    }
    gateway_.loop_->schedule(*this, Clock::now() + gateway_.options_.response_timeout);
  }

  void read() {
    const auto got = receive(lease_.fd(), gateway_.buffer_);
    if (!got && would_block(got.error())) return;
    if (got && *got > 0) {
      take({gateway_.buffer_.data(), *got});
    } else if (got && parser_.ends_with_connection()) {
      deliver({.head = {}, .body = {}, .last = true});
    } else {
      lose();
    }
  }

  void take(std::string_view bytes) {
    UpstreamPiece piece;
    Found found = Found::head;
    while (found == Found::head || found == Found::body) {
      const auto step = parser_.feed(bytes);
      found = step.found;
      bytes.remove_prefix(step.consumed);
      piece.body += step.body;
      if (found == Found::head) piece.head = copy_of(parser_.head());
    }
    piece.last = found == Found::end;
    if (found == Found::error) piece.failure = 502;
    // Surplus bytes would be read as the next answer.
    if (piece.last && parser_.head().keep_alive && bytes.empty()) lease_.give_back();
    if (piece.last || piece.failure != 0 || piece.head || !piece.body.empty()) {
      deliver(std::move(piece));
    } else {
      expect({.readable = true});
    }
  }

  // Until the piece is passed on, no timeout runs: the upstream server owes us nothing.
  void deliver(UpstreamPiece piece) {
    unlink();
    const bool is_over = piece.last || piece.failure != 0;
    if (!is_over && !lease_.report_to(*this, {})) {
      fail(502);
      return;
    }
    listener_(number_, std::move(piece));
    if (is_over) gateway_.end(number_);
  }

  // The connection has closed. If it was reused, it may have closed before the request arrived; a
  // GET can then be repeated: RFC 9112 section 9.3.1.
  void lose() {
    const bool is_stale = lease_.reused() && parser_.untouched() && !repeated_;
    lease_.discard();
    unlink();
    if (!is_stale) {
      fail(502);
      return;
    }
    repeated_ = true;
    acquire();
  }

  void fail(std::uint16_t status) {
    UpstreamPiece piece;
    piece.failure = status;
    lease_.discard();
    deliver(std::move(piece));
  }

  UpstreamGateway& gateway_;
  const Number number_;
  const bool head_only_;
  const std::string request_;
  const Listener listener_;
  std::string_view unsent_;  // part of `request_`
  UpstreamPool::Ticket ticket_ = 0;
  UpstreamLease lease_;
  ResponseParser parser_;
  bool repeated_ = false;
};

Result<std::shared_ptr<UpstreamGateway>> UpstreamGateway::create(UpstreamGatewayOptions options) {
  auto poller = make_poller<EpollPoller>();
  if (!poller) return poller.error();
  auto loop = Reactor::create(std::move(*poller));
  if (!loop) return loop.error();
  // Shared on purpose: pending answers hold it weakly, and may outlive it.
  std::shared_ptr<UpstreamGateway> gateway(
      new UpstreamGateway(std::move(options), std::move(*loop)), dispose);
  const auto started = gateway->start();
  if (!started) return started.error();
  return gateway;
}

UpstreamGateway::UpstreamGateway(UpstreamGatewayOptions options, std::unique_ptr<Reactor> loop)
    : options_(std::move(options)),
      loop_(std::move(loop)),
      pool_(std::make_unique<UpstreamPool>(*loop_, options_.address, options_.pool)) {}

UpstreamGateway::~UpstreamGateway() {
  loop_->stop();
  if (thread_.joinable()) thread_.join();
}

Result<void> UpstreamGateway::start() {
  auto thread = start_thread("upstream", [this] {
    trace_as("upstream");
    static_cast<void>(loop_->run());
    if (orphaned_) delete this;
  });
  if (!thread) return thread.error();
  thread_ = std::move(*thread);
  return {};
}

// If a listener has released the last reference, this is the gateway's own thread, which can't join
// itself, and the loop is still on the stack: the gateway is deleted once the loop has returned.
void UpstreamGateway::dispose(UpstreamGateway* gateway) {
  if (gateway->thread_.get_id() != std::this_thread::get_id()) {
    delete gateway;
    return;
  }
  gateway->orphaned_ = true;
  gateway->thread_.detach();
  gateway->loop_->stop();
}

UpstreamGateway::Number UpstreamGateway::begin(UpstreamRequest request, Listener listener) {
  const Number number = next_number_.fetch_add(1, std::memory_order_relaxed);
  loop_->post([this, number, request = std::move(request), listener = std::move(listener)] {
    auto exchange = std::make_unique<UpstreamExchange>(*this, number, request, listener);
    exchanges_.emplace(number, std::move(exchange));
    with(number, &UpstreamExchange::acquire);
  });
  return number;
}

void UpstreamGateway::go_on(Number number) {
  loop_->post([this, number] { with(number, &UpstreamExchange::go_on); });
}

void UpstreamGateway::cancel(Number number) {
  loop_->post([this, number] { end(number); });
}

void UpstreamGateway::with(Number number, void (UpstreamExchange::*step)()) {
  const auto exchange = exchanges_.find(number);
  if (exchange != exchanges_.end()) (exchange->second.get()->*step)();
}

void UpstreamGateway::end(Number number) {
  exchanges_.erase(number);
}

std::string UpstreamGateway::render(const UpstreamRequest& request) const {
  const std::string host = !options_.host.empty()       ? options_.host
                           : options_.address.is_unix() ? std::string("localhost")
                                                        : options_.address.to_string();
  std::string text(request.head_only ? "HEAD " : "GET ");
  text.append(request.target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n\r\n");
  return text;
}

}  // namespace hpserver::http
