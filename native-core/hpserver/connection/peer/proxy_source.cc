#include "hpserver/connection/peer/proxy_source.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>

#include "hpserver/connection/buffer_pool.h"
#include "hpserver/connection/peer/proxy_header.h"

namespace hpserver {

// Passes on all bytes that aren't part of a header. Keeps an incomplete header until the rest
// arrives.
class ProxySource::Filter final : public StreamFilter {
 public:
  Filter(ProxySource& source, const Address& other_end, Notices& notices)
      : source_(source),
        other_end_(other_end),
        notices_(notices),
        expects_(source.is_proxy(other_end)) {}

  [[nodiscard]] bool is_handshaking() const noexcept override { return !over_; }
  [[nodiscard]] bool is_over() const noexcept override { return over_; }
  [[nodiscard]] const Address* peer() const noexcept override { return peer_ ? &*peer_ : nullptr; }

  Result<Opened> open(std::string_view arrived, std::span<char> room, SealedOutput&) override {
    if (over_) return pass(arrived, 0, room);
    const std::size_t before_bytes = head_.size();
    // Nearly always the whole header comes at once.
    if (before_bytes > 0) head_.append(arrived);
    const std::string_view head = before_bytes > 0 ? std::string_view(head_) : arrived;
    const auto begins = expects_ ? read(head) : forbid(head);
    if (!begins) return begins.error();
    if (*begins) {
      const std::size_t of_header = **begins - std::min(**begins, before_bytes);
      const auto passed = expects_ ? pass(arrived, of_header, room) : pass_all(arrived, room);
      return passed;
    }
    if (before_bytes == 0) head_ = arrived;
    return Opened{.taken_bytes = arrived.size()};
  }

  // A proxy that sends nothing at all, for example to check whether we listen, is fine.
  Result<void> end_of_arrivals() override {
    if (expects_ && !over_ && !head_.empty()) refuse("stopped in the middle of its PROXY header");
    return {};
  }

  void on_timeout() override {
    if (expects_) refuse("sent no PROXY header in time");
  }

  Result<void> seal(std::string_view plain, SealedOutput& out) override {
    while (!plain.empty()) {
      const std::size_t part_bytes = std::min(plain.size(), kBlockBytes);
      char* const room = out.reserve(part_bytes);
      if (room == nullptr) return Error{ENOBUFS, "seal"};
      plain.copy(room, part_bytes);
      out.commit(part_bytes);
      plain.remove_prefix(part_bytes);
    }
    return {};
  }
  Result<void> close(SealedOutput&) override { return {}; }

 private:
  // Where the client's own bytes begin; nothing while that is unknown.
  Result<std::optional<std::size_t>> read(std::string_view head) {
    const auto header = ProxyHeader::read(head);
    if (!header) {
      refuse("sent no valid PROXY header");
      return header.error();
    }
    if (!*header) return std::optional<std::size_t>();
    over_ = true;
    peer_ = (*header)->source;
    return std::optional((*header)->size_bytes);
  }

  Result<std::optional<std::size_t>> forbid(std::string_view head) {
    constexpr std::size_t kEnough = 12;  // distinguishes a header from anything else
    if (!ProxyHeader::begins(head)) {
      over_ = true;
      return std::optional<std::size_t>(0);
    }
    const bool is_text = head.starts_with("PROXY ");
    if (!is_text && head.size() < kEnough) return std::optional<std::size_t>();
    refuse("sent a PROXY header, but proxy-from does not list it");
    return Error{EPROTO, "PROXY"};
  }

  static Result<Opened> pass(std::string_view arrived, std::size_t skipped_bytes,
                             std::span<char> room) {
    const std::string_view plain = arrived.substr(skipped_bytes);
    const std::size_t size_bytes = plain.copy(room.data(), room.size());
    return Opened{.taken_bytes = skipped_bytes + size_bytes, .opened_bytes = size_bytes};
  }

  // Passes on what was held back while it could have become a header, and what came after it.
  Result<Opened> pass_all(std::string_view arrived, std::span<char> room) {
    const std::size_t held_bytes = head_.empty() ? 0 : head_.size() - arrived.size();
    const std::size_t size_bytes = head_.copy(room.data(), held_bytes);
    auto passed = pass(arrived, 0, room.subspan(size_bytes));
    if (passed) passed->opened_bytes += size_bytes;
    return passed;
  }

  void refuse(std::string_view why) {
    source_.refused_count_.fetch_add(1, std::memory_order_relaxed);
    const std::string host = other_end_.is_unix() ? "a UNIX socket" : other_end_.host();
    notices_.note(Notices::Kind::refused_proxy, {"a connection was closed: ", host, " ", why});
  }

  ProxySource& source_;
  const Address other_end_;
  Notices& notices_;
  const bool expects_;
  bool over_ = false;
  std::string head_;  // while it is incomplete
  std::optional<Address> peer_;
};

bool ProxySource::is_proxy(const Address& other_end) const noexcept {
  return std::ranges::any_of(proxies_,
                             [&](const AddressRange& range) { return range.contains(other_end); });
}

std::unique_ptr<StreamFilter> ProxySource::make_filter(const Address& other_end, Notices& notices) {
  return std::make_unique<Filter>(*this, other_end, notices);
}

}  // namespace hpserver
