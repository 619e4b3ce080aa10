#include "hpserver/protocol/http/upstream_handler.h"

#include <string>
#include <utility>

namespace hpserver::http {
namespace {

// Refers to an exchange of a gateway that may have been destroyed since.
class UpstreamLink {
 public:
  UpstreamLink(const std::shared_ptr<UpstreamGateway>& gateway, UpstreamGateway::Number number)
      : gateway_(gateway), number_(number) {}

  void go_on() const {
    if (const auto gateway = gateway_.lock()) gateway->go_on(number_);
  }
  void cancel() const {
    if (const auto gateway = gateway_.lock()) gateway->cancel(number_);
  }

 private:
  std::weak_ptr<UpstreamGateway> gateway_;
  UpstreamGateway::Number number_;
};

void begin_answer(Response& response, const UpstreamPiece::Head& head) {
  response.status(head.status);
  for (const auto& [name, value] : head.fields) response.header(name, value);
}

// Small answers mostly come in one piece.
void answer_at_once(const Request& request, Response& response, const UpstreamPiece& piece) {
  if (request.method() != Method::head) {
    response.send(piece.body);
    return;
  }
  response.begin_stream(piece.head->content_length);
  if (!response.ended()) response.end();
}

// On the loop's thread of the client's connection.
void pass_on(const Request& request, Response& response, const UpstreamPiece& piece,
             const UpstreamLink& link) {
  if (response.ended()) return;
  if (piece.failure != 0) {
    if (response.started()) {
      response.abort();
    } else {
      response.send_error(piece.failure);
    }
    return;
  }
  if (piece.head) {
    begin_answer(response, *piece.head);
    if (piece.last) {
      answer_at_once(request, response, piece);
      return;
    }
    response.begin_stream(piece.head->content_length);
  }
  const bool may_go_on = response.ended() || response.write(piece.body);
  if (response.ended()) {
    link.cancel();
  } else if (piece.last) {
    response.end();
  } else if (may_go_on) {
    link.go_on();
  } else {
    response.on_drained([link](Response& drained) {
      drained.on_drained(nullptr);
      link.go_on();
    });
  }
}

}  // namespace

void UpstreamHandler::on_request(Request& request, Response& response) {
  const auto gateway = this->gateway();
  if (gateway == nullptr) {
    response.send_error(503);
    return;
  }
  UpstreamRequest wanted{.head_only = request.method() == Method::head};
  wanted.target.append(request.param("*"));
  if (!request.query().empty()) wanted.target.append("?").append(request.query());
  const std::weak_ptr<UpstreamGateway> known = gateway;
  const auto number = gateway->begin(
      std::move(wanted),
      [responder = response.defer(), known](UpstreamGateway::Number from, UpstreamPiece piece) {
        const UpstreamLink link(known.lock(), from);
        responder.run([link, piece = std::move(piece)](Request& asked, Response& answer) {
          pass_on(asked, answer, piece, link);
        });
      });
  response.on_abort([link = UpstreamLink(gateway, number)] { link.cancel(); });
}

std::shared_ptr<UpstreamGateway> UpstreamHandler::gateway() {
  const std::lock_guard lock(mutex_);
  if (gateway_ == nullptr) {
    if (auto started = UpstreamGateway::create(options_)) gateway_ = std::move(*started);
  }
  return gateway_;
}

}  // namespace hpserver::http
