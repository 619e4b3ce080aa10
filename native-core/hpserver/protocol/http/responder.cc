#include "hpserver/protocol/http/responder.h"

#include <utility>

#include "hpserver/protocol/http/loop_link.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::http {

// The right to answer; gives up the answer when the last copy is destroyed.
class Responder::Ticket {
 public:
  Ticket(std::shared_ptr<LoopLink> link, ExchangeId id, std::uint32_t number)
      : link_(std::move(link)), id_(id), number_(number) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  ~Ticket() {
    run([number = number_](Request&, Response& response) {
      // A step has deferred again, so another one answers.
      if (response.deferrals_ > number) return;
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
  std::uint32_t number_;
};

Responder::Responder(std::shared_ptr<LoopLink> link, ExchangeId id, std::uint32_t number)
    : ticket_(std::make_shared<Ticket>(std::move(link), id, number)) {}

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
