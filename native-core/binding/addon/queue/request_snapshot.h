#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hpserver/protocol/http/request.h"

namespace hpserver::binding {

// Everything that JavaScript may read of a request, copied into one piece of memory: JavaScript's
// thread reads it while the connection's thread goes on, or has closed the connection. Immutable:
// for any thread.
class RequestSnapshot {
 public:
  // `names` are those in the route's path; they must outlive the snapshot.
  RequestSnapshot(const http::Request& request, const std::vector<std::string>& names);

  [[nodiscard]] std::string_view method() const noexcept { return text(method_); }
  [[nodiscard]] std::string_view target() const noexcept { return text(target_); }
  [[nodiscard]] std::string_view peer() const noexcept { return text(peer_); }
  [[nodiscard]] std::string_view id() const noexcept { return text(id_); }
  [[nodiscard]] std::string_view trace_parent() const noexcept { return text(trace_parent_); }
  // Fields with the same name are joined to one list. See: RFC 9110 section 5.3.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
  // As written; empty if the path has no such name.
  [[nodiscard]] std::string_view param(std::string_view name) const;

 private:
  struct Piece {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
  };
  struct Field {
    Piece name;
    Piece value;
  };

  Piece add(std::string_view text);
  [[nodiscard]] std::string_view text(Piece piece) const noexcept {
    return {bytes_.data() + piece.offset, piece.length};
  }

  std::string bytes_;
  Piece method_;
  Piece target_;
  Piece peer_;
  Piece id_;
  Piece trace_parent_;
  std::vector<Field> fields_;
  const std::vector<std::string>& names_;
  std::vector<Piece> params_;
};

}  // namespace hpserver::binding
