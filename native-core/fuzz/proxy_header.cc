// Headers of the PROXY protocol: they say the same however they are cut, and what follows a header
// reaches the server byte for byte as the client sent it.

#include "hpserver/connection/peer/proxy_header.h"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/connection/peer/proxy_source.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/transport/make_reactor.h"
#include "target.h"
#include "test/rules.h"

namespace hpserver::fuzz {

using testing::require;

namespace {

class NoOutput final : public SealedOutput {
 public:
  char* reserve(std::size_t) override {
    require(false, "nothing is said to a proxy");
    return nullptr;
  }
  void commit(std::size_t) override {}
};

struct Passed {
  bool refused = false;
  bool over = false;
  std::string plain;
};

// What a filter makes of bytes that arrive in pieces, with too little room for its output.
Passed pass(StreamFilter& filter, const std::vector<std::string_view>& pieces) {
  Passed passed;
  NoOutput out;
  for (std::string_view piece : pieces) {
    bool full = false;
    do {
      std::array<char, 64> room;
      const auto opened = filter.open(piece, room, out);
      if (!opened) {
        passed.refused = true;
        return passed;
      }
      passed.plain.append(room.data(), opened->opened_bytes);
      piece.remove_prefix(opened->taken_bytes);
      full = opened->opened_bytes == room.size();
      require(full || piece.empty(), "all is taken, unless the room is full");
    } while (!piece.empty() || full);
  }
  passed.over = filter.is_over();
  return passed;
}

}  // namespace

void try_input(std::string_view input) {
  const auto whole = ProxyHeader::read(input);
  if (whole.ok() && whole->has_value()) {
    require((*whole)->size_bytes <= input.size(), "a header has come when it is read");
    require(ProxyHeader::begins(input), "what is one, begins as one");
    for (std::size_t size_bytes = 0; size_bytes < (*whole)->size_bytes; ++size_bytes) {
      const auto part = ProxyHeader::read(input.substr(0, size_bytes));
      require(part.ok() && !part->has_value(), "half of a header is no mistake, and none");
    }
  }
  static const IoUnit io = std::move(*make_reactor<EpollPoller, Trigger::edge>());
  ProxySource source({*AddressRange::parse("10.0.0.0/8")});
  for (const char* const other_end : {"10.0.0.1:1", "192.0.2.1:1"}) {
    const Address address = *Address::parse(other_end);
    const auto at_once = source.make_filter(address, io.loop->notices());
    const auto in_pieces = source.make_filter(address, io.loop->notices());
    const Passed one = pass(*at_once, {input});
    const Passed many = pass(*in_pieces, cut_anywhere(input));
    require(one.refused == many.refused && one.over == many.over, "pieces change nothing");
    if (!one.refused) require_equal(many.plain, one.plain, "the client's bytes are the same");
    if (!one.over || one.refused) continue;
    const std::size_t skipped = source.is_proxy(address) ? (*whole)->size_bytes : 0;
    require_equal(one.plain, input.substr(skipped), "they are all that isn't the header");
  }
}

}  // namespace hpserver::fuzz
