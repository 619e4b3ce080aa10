#pragma once

#include <node_api.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "addon/exchange/chunk.h"
#include "addon/exchange/js_calls.h"
#include "hpserver/base/result.h"
#include "hpserver/connection/memory_budget.h"

namespace hpserver::binding {

class ExchangeTable;

// Status and fields of an answer as given by JavaScript; valid during the call.
struct AnswerHead {
  napi_env env;
  std::uint16_t status;
  napi_value type;    // of the content: see ContentType
  napi_value fields;  // an array of alternating names and values, JavaScript's null, or none
};

// A file to answer with.
struct FileAnswer {
  AnswerHead head;
  std::string_view path;
  std::optional<std::string> root;  // if it isn't the server's own
};

// A request handled by JavaScript, which knows it by a number: answered at once, or at any time
// later. Its subclasses answer on the connection's thread (LoopExchange), or through that thread
// (QueuedExchange). Pooled by its table; for the JavaScript thread.
class Exchange {
 public:
  virtual ~Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  [[nodiscard]] double number() const noexcept;
  // Neither answered nor abandoned.
  [[nodiscard]] bool live() const noexcept { return live_; }
  // Reserves room for the bytes of the request's body that JavaScript will hold until the exchange
  // is over. False if there isn't enough.
  [[nodiscard]] bool claim(std::uint64_t bytes) noexcept;
  // Makes the exchange report its end.
  void watch() noexcept { watched_ = true; }

  [[nodiscard]] virtual std::string_view method() const = 0;
  [[nodiscard]] virtual std::string_view target() const = 0;
  [[nodiscard]] virtual std::string peer() = 0;
  // Empty if the server doesn't name requests, or the client has sent none.
  [[nodiscard]] virtual std::string_view id() const = 0;
  [[nodiscard]] virtual std::string_view trace_parent() const = 0;
  // Fields with the same name are joined to one list. See: RFC 9110 section 5.3.
  [[nodiscard]] virtual std::optional<std::string> header(std::string_view name) const = 0;
  // As written, not decoded.
  [[nodiscard]] virtual std::string_view param(std::string_view name) const = 0;

  enum class Body : std::uint8_t { piece, ended, pending };
  // Takes the part of the body that has arrived.
  virtual Body take_body(std::string& piece) = 0;

  // Each of these gives the whole answer; the exchange's number is invalid afterwards.
  virtual void send(const AnswerHead& head, Chunk& body) = 0;
  // Errors: those of StaticFiles::create for another root; then nothing is answered.
  virtual Result<void> send_file(const FileAnswer& answer) = 0;

  // The answer piece by piece. `write` returns whether there is room for more; if not, wait for
  // `drained`.
  virtual void begin(const AnswerHead& head, std::optional<std::uint64_t> length_bytes) = 0;
  virtual bool write(Chunk& chunk) = 0;
  virtual void end() = 0;
  virtual void abort() = 0;

 protected:
  Exchange(ExchangeTable& table, std::uint32_t slot) : table_(table), slot_(slot) {}

  // Whether this object is in use.
  [[nodiscard]] bool taken() const noexcept { return taken_; }
  [[nodiscard]] std::uint32_t generation() const noexcept { return generation_; }
  void report(JsCalls& calls, ExchangeEvent event) const;
  // Ends the exchange: from now on its number is invalid.
  void release(JsCalls& calls, ExchangeEvent last);
  // Returns it to the table once it is no longer used.
  void put_back();

 private:
  friend class ExchangeTable;

  ExchangeTable& table_;
  const std::uint32_t slot_;
  std::uint32_t generation_ = 0;
  bool taken_ = false;
  bool live_ = false;
  bool watched_ = false;
  MemoryClaim claim_;
};

// The exchanges of one JavaScript thread, by number. A number combines a slot with how often the
// slot has been taken, so an outdated number finds nothing. For that thread.
class ExchangeTable {
 public:
  // As many as fit into a number; a connection has one at a time, so far fewer are ever used.
  static constexpr std::size_t kMaxExchanges = std::size_t{1} << 20U;

  // Null at the limit. All exchanges of a table have the same type.
  template <typename Kind>
  Kind* take() {
    if (free_.empty()) {
      if (exchanges_.size() == kMaxExchanges) return nullptr;
      const auto slot = static_cast<std::uint32_t>(exchanges_.size());
      exchanges_.push_back(std::make_unique<Kind>(*this, slot));
      free_.push_back(slot);
    }
    return static_cast<Kind*>(take_free());
  }
  // Calls `visit(kind)` for each live exchange.
  template <typename Kind, typename Visit>
  void each_live(const Visit& visit) {
    for (const auto& exchange : exchanges_) {
      if (exchange->live()) visit(static_cast<Kind&>(*exchange));
    }
  }
  // Null if the number's exchange is over.
  [[nodiscard]] Exchange* find(double number) const noexcept;

  // Only for use by exchanges.
  [[nodiscard]] static double number_of(std::uint32_t slot, std::uint32_t generation) noexcept {
    return static_cast<double>(generation) * static_cast<double>(kMaxExchanges) + slot;
  }
  void put_back(std::uint32_t slot) { free_.push_back(slot); }

 private:
  Exchange* take_free();

  std::vector<std::unique_ptr<Exchange>> exchanges_;
  std::vector<std::uint32_t> free_;
};

// Calls `add(name, value)` for each of an answer's `fields`; the texts are valid during that call.
template <typename Add>
void each_field(napi_env env, napi_value fields, const Add& add) {
  std::uint32_t count = 0;
  if (napi_get_array_length(env, fields, &count) != napi_ok) return;
  for (std::uint32_t index = 0; index + 1 < count; index += 2) {
    napi_value name = nullptr;
    napi_value value = nullptr;
    napi_get_element(env, fields, index, &name);
    napi_get_element(env, fields, index + 1, &value);
    add(Utf8(env, name).view(), Utf8(env, value).view());
  }
}

}  // namespace hpserver::binding
