#include "addon/process/inheritance.h"

#include <string>
#include <utility>

#include "addon/js/js_value.h"
#include "hpserver/os/fd_flags.h"

namespace hpserver::binding {

void Inheritance::share_counts(PeerLimit* peer_limit, Meters* meters) const {
  shares->prepare(peer_limit, meters);
  if (peer_limit != nullptr) peer_limit->count_as(index);
  if (meters != nullptr) meters->count_as(index);
}

Result<Inheritance> inheritance_of(const Napi::Object& options) {
  const auto numbers = options.Get("descriptors").As<Napi::Array>();
  std::vector<Fd> fds;
  for (std::uint32_t at = 0; at < numbers.Length(); ++at) {
    fds.emplace_back(numbers.Get(at).As<Napi::Number>().Int32Value());
    // They were passed through an exec; programs that this process starts must not get them too.
    const auto closing = set_close_on_exec(fds.back().get(), true);
    if (!closing) return closing.error();
  }
  Inheritance result;
  for (const std::string& text : texts_of(options, "addresses")) {
    const auto address = Address::parse(text);
    if (!address) return address.error();
    result.addresses.push_back(*address);
  }
  result.index = number_of(options, "index");
  auto shares = ProcessShares::adopt(std::move(fds.front()), number_of(options, "processes"));
  if (!shares) return shares.error();
  result.shares = std::make_shared<const ProcessShares>(std::move(*shares));
  fds.erase(fds.begin());
  if (options.Get("sharded").ToBoolean()) {
    result.listen_fds = std::move(fds);
  } else {
    result.handover = std::move(fds.front());
  }
  return result;
}

}  // namespace hpserver::binding
