#include "addon/queue/queued_exchange.h"

#include <utility>
#include <vector>

#include "addon/exchange/chunk.h"
#include "addon/exchange/content_type.h"
#include "addon/exchange/cut_off.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::binding {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Fields copy_fields(napi_env env, napi_value fields) {
  Fields copies;
  each_field(env, fields, [&](std::string_view name, std::string_view value) {
    copies.emplace_back(name, value);
  });
  return copies;
}

void add_fields(const Fields& fields, http::Response& response) {
  for (const auto& [name, value] : fields) response.header(name, value);
}

// A copy of an AnswerHead for another thread.
struct OwnHead {
  explicit OwnHead(const AnswerHead& head)
      : status(head.status),
        type(ContentType(head.env, head.type).view()),
        fields(copy_fields(head.env, head.fields)) {}

  void add_to(http::Response& response) const {
    response.status(status);
    if (!type.empty()) response.content_type(type);
    add_fields(fields, response);
  }

  std::uint16_t status;
  std::string type;
  Fields fields;
};

}  // namespace

void QueuedExchange::begin_request(QueueHost& host, const std::shared_ptr<Inbox>& inbox,
                                   QueueEntry entry) {
  host_ = &host;
  entry_.emplace(std::move(entry));
  entry_->request->attach(inbox, number());
  host_->calls().on_request(entry_->request->route(), number());
}

void QueuedExchange::on_notice(ExchangeEvent event) {
  if (is_cut_off(event)) return give_up(event);
  report(host_->calls(), event);
}

Exchange::Body QueuedExchange::take_body(std::string& piece) {
  auto taken = entry_->request->take_body();
  if (taken.resume) {
    post([](http::Request& request, http::Response&) { request.resume_body(); });
  }
  if (taken.bytes.empty()) return taken.ended ? Body::ended : Body::pending;
  piece = std::move(taken.bytes);
  return Body::piece;
}

void QueuedExchange::send(const AnswerHead& head, Chunk& body) {
  post([head = OwnHead(head), kept = body.keep()](http::Request&, http::Response& response) {
    if (kept == nullptr) return response.refuse(kHoldTooMuch);
    head.add_to(response);
    if (kept->bytes.size() <= Chunk::kCopiedBytes) return response.send(kept->bytes);
    response.send_shared(kept, kept->bytes);
  });
  give_up(ExchangeEvent::finished);
}

Result<void> QueuedExchange::send_file(const FileAnswer& answer) {
  std::shared_ptr<SharedFiles> files;
  if (answer.root) {
    auto opened = host_->folders().open(*answer.root);
    if (!opened) return opened.error();
    files = std::move(*opened);
  }
  post([files = std::move(files), path = std::string(answer.path), head = OwnHead(answer.head)](
           const http::Request& request, http::Response& response) {
    head.add_to(response);
    if (files == nullptr) return response.send_file(path);
    files->serve(path, request, response);
  });
  give_up(ExchangeEvent::finished);
  return {};
}

void QueuedExchange::begin(const AnswerHead& head, std::optional<std::uint64_t> length_bytes) {
  post([request = entry_->request, head = OwnHead(head), length_bytes](http::Request&,
                                                                       http::Response& response) {
    request->follow(response);
    head.add_to(response);
    response.begin_stream(length_bytes);
  });
}

bool QueuedExchange::write(Chunk& chunk) {
  auto kept = chunk.keep();
  if (kept == nullptr) {
    abort();
    return false;
  }
  const auto request = entry_->request;
  const std::size_t size_bytes = kept->bytes.size();
  // Counts first: the connection's thread may be faster than we are.
  const bool more = request->add_unsent(size_bytes);
  post([request, kept = std::move(kept)](http::Request&, http::Response& response) {
    request->write(response, kept);
  });
  return more;
}

void QueuedExchange::end() {
  post([](http::Request&, http::Response& response) { response.end(); });
  give_up(ExchangeEvent::finished);
}

void QueuedExchange::abort() {
  post([](http::Request&, http::Response& response) { response.abort(); });
  // Pending code must be told that the client no longer waits.
  give_up(ExchangeEvent::gone);
}

void QueuedExchange::give_up(ExchangeEvent last) {
  if (!live()) return;
  release(host_->calls(), last);
  entry_.reset();
  put_back();
}

}  // namespace hpserver::binding
