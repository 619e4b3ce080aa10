#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "addon/exchange/exchange.h"
#include "addon/queue/queued_request.h"
#include "addon/queue/request_queue.h"
#include "addon/queue/shared_files.h"
#include "hpserver/protocol/http/responder.h"

namespace hpserver::binding {

// What an exchange needs from the JavaScript thread that took it from the queue.
class QueueHost {
 public:
  virtual ~QueueHost() = default;
  [[nodiscard]] virtual JsCalls& calls() = 0;
  [[nodiscard]] virtual SharedFolders& folders() = 0;
};

// A request taken from the queue: read from its snapshot, and answered by steps that run on the
// connection's thread.
class QueuedExchange final : public Exchange {
 public:
  QueuedExchange(ExchangeTable& table, std::uint32_t slot) : Exchange(table, slot) {}

  // Calls the handler. Later events go to `inbox`.
  void begin_request(QueueHost& host, const std::shared_ptr<Inbox>& inbox, QueueEntry entry);
  void on_notice(ExchangeEvent event);

  [[nodiscard]] std::string_view method() const override { return snapshot().method(); }
  [[nodiscard]] std::string_view target() const override { return snapshot().target(); }
  [[nodiscard]] std::string peer() override { return std::string(snapshot().peer()); }
  [[nodiscard]] std::string_view id() const override { return snapshot().id(); }
  [[nodiscard]] std::string_view trace_parent() const override { return snapshot().trace_parent(); }
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const override {
    return snapshot().header(name);
  }
  [[nodiscard]] std::string_view param(std::string_view name) const override {
    return snapshot().param(name);
  }
  Body take_body(std::string& piece) override;

  void send(const AnswerHead& head, Chunk& body) override;
  Result<void> send_file(const FileAnswer& answer) override;
  void begin(const AnswerHead& head, std::optional<std::uint64_t> length_bytes) override;
  bool write(Chunk& chunk) override;
  void end() override;
  void abort() override;

 private:
  [[nodiscard]] const RequestSnapshot& snapshot() const noexcept {
    return entry_->request->snapshot();
  }
  template <typename Step>
  void post(Step step) const {
    entry_->responder.run(std::move(step));
  }
  void give_up(ExchangeEvent last);

  QueueHost* host_ = nullptr;
  std::optional<QueueEntry> entry_;  // while live
};

}  // namespace hpserver::binding
