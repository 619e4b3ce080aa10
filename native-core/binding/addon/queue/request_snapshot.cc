#include "addon/queue/request_snapshot.h"

#include "addon/exchange/field_list.h"
#include "hpserver/protocol/http/message/field_syntax.h"

namespace hpserver::binding {

namespace {

// Room for most heads in one allocation.
constexpr std::size_t kUsualBytes = 512;

}  // namespace

RequestSnapshot::RequestSnapshot(const http::Request& request,
                                 const std::vector<std::string>& names)
    : names_(names) {
  bytes_.reserve(kUsualBytes);
  method_ = add(request.method_name());
  target_ = add(request.target());
  const auto peer = request.peer();
  if (peer) peer_ = add(peer->to_string());
  id_ = add(request.id());
  trace_parent_ = add(request.trace_parent());
  fields_.reserve(request.header_count());
  for (std::size_t index = 0; index < request.header_count(); ++index) {
    const Piece name = add(request.header_name(index));
    fields_.push_back({name, add(request.header_value(index))});
  }
  for (const std::string& name : names) params_.push_back(add(request.param(name)));
}

std::optional<std::string> RequestSnapshot::header(std::string_view name) const {
  std::optional<std::string> list;
  for (const Field& field : fields_) {
    if (!http::equal_ignoring_case(text(field.name), name)) continue;
    add_to_list(list, name, text(field.value));
  }
  return list;
}

std::string_view RequestSnapshot::param(std::string_view name) const {
  for (std::size_t index = 0; index < names_.size(); ++index) {
    if (names_[index] == name) return text(params_[index]);
  }
  return {};
}

RequestSnapshot::Piece RequestSnapshot::add(std::string_view text) {
  const Piece piece{static_cast<std::uint32_t>(bytes_.size()),
                    static_cast<std::uint32_t>(text.size())};
  bytes_.append(text);
  return piece;
}

}  // namespace hpserver::binding
