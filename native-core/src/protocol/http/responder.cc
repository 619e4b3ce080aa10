#include "hpserver/protocol/http/responder.h"

#include <utility>

#include "hpserver/protocol/http/loop_link.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::http {

// One right to answer; gives it up when the last holder is gone.
class Responder::Ticket {
 public:
  Ticket(std::shared_ptr<LoopLink> link, ExchangeId id) : link_(std::move(link)), id_(id) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  ~Ticket() {
    run([](Request&, Response& response) {
      if (response.started()) {
        response.abort();
      } else {
        response.send_error(500);
      }
    });
  }

  void run(std::function<void(Request&, Response&)> step) { link_->run(id_, std::move(step)); }

 private:
  std::shared_ptr<LoopLink> link_;
  ExchangeId id_;
};

Responder::Responder(std::shared_ptr<LoopLink> link, ExchangeId id)
    : ticket_(std::make_shared<Ticket>(std::move(link), id)) {}

void Responder::send(std::uint16_t status, std::string_view content_type, std::string body) const {
  ticket_->run([status, type = std::string(content_type), body = std::move(body)](
                   Request&, Response& response) {
    if (response.started()) return;
    response.status(status);
    if (!type.empty()) response.content_type(type);
    response.send(body);
  });
}

void Responder::run(std::function<void(Request&, Response&)> step) const {
  ticket_->run(std::move(step));
}

}  // namespace hpserver::http
