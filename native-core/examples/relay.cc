// Checklist 26: joins each client with an upstream server by splice(2): relay LISTEN UPSTREAM

#include "hpserver/link/relay.h"

#include <list>

#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket.h"
#include "loop.h"

using namespace hpserver;
using example::must;

namespace {

class RelayServer final : public EventHandler {
 public:
  RelayServer(EventLoop& loop, const Address& here, const Address& upstream)
      : loop_(loop), upstream_(upstream), listener_(must(listen_on(here))), watch_(loop, *this) {
    must(watch_.want(listener_.get(), {.readable = true}));
    std::printf("%s\n", must(Address::local_of(listener_.get())).to_string().c_str());
    std::fflush(stdout);
  }

  void on_ready(Ready) override {
    auto client = accept_one(listener_.get());
    if (!client) return;
    // Until it is connected, splice fails with EAGAIN; the loop reports when to try again.
    auto server = start_connect(upstream_);
    if (!server) return;
    const auto place = relays_.emplace(relays_.end());
    const auto ended = [this, place](const Result<void>&) { relays_.erase(place); };
    auto relay = Relay::create(loop_, buffers_, std::move(client->fd), std::move(*server), ended);
    if (relay) {
      *place = std::move(*relay);
    } else {
      relays_.erase(place);
    }
  }

 private:
  EventLoop& loop_;
  TransitBuffers buffers_;
  const Address upstream_;
  const Fd listener_;
  std::list<std::unique_ptr<Relay>> relays_;
  Watch watch_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto loop = example::make_loop();
  RelayServer server(*loop, must(Address::parse(argv[1])), must(Address::parse(argv[2])));
  must(loop->run());
}
