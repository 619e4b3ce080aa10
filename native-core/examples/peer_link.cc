// Checklist 47: two servers and the permanent link between them. `peer_link LISTEN` echoes;
// `peer_link LISTEN PEER` also sends its count to the peer every second. Either of them may be
// restarted.

#include "hpserver/link/peer_link.h"

#include <list>
#include <optional>
#include <string>

#include "hpserver/socket/listen.h"
#include "loop.h"

using namespace hpserver;
using example::must;

namespace {

// The passive end.
struct Guest final : FramedStreamListener {
  void on_message(std::string_view message) override {
    if (message.empty()) return;
    static_cast<void>(queue.push(message));
    stream->flush_later();
  }
  void on_lost(const Error&) override { stream.reset(); }

  FrameQueue queue;
  std::unique_ptr<FramedStream> stream;
};

struct Acceptor final : EventHandler {
  Acceptor(EventLoop& the_loop, const Address& here)
      : loop(the_loop), listener(must(listen_on(here))), watch(loop, *this) {
    must(watch.want(listener.get(), {.readable = true}));
  }
  void on_ready(Ready) override {
    guests.remove_if([](const Guest& guest) { return guest.stream == nullptr; });
    auto accepted = accept_one(listener.get());
    if (!accepted) return;
    Guest& guest = guests.emplace_back();
    guest.stream = must(FramedStream::create(loop, std::move(accepted->fd), guest.queue, guest));
  }

  EventLoop& loop;
  Fd listener;
  std::list<Guest> guests;
  Watch watch;
};

struct Printer final : PeerLinkListener {
  void on_peer_message(std::string_view message) override {
    std::printf("%.*s\n", static_cast<int>(message.size()), message.data());
  }
  void on_peer_up() override { std::puts("up"); }
  void on_peer_down(const Error& error) override { std::puts(error.message().c_str()); }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto loop = example::make_loop();
  const Acceptor acceptor(*loop, must(Address::parse(argv[1])));
  Printer printer;
  std::optional<PeerLink> link;
  if (argc > 2) link.emplace(*loop, must(Address::parse(argv[2])), printer);
  int count = 0;
  Timer timer([&] {
    if (link) static_cast<void>(link->send(std::to_string(++count)));
    loop->schedule(timer, loop->now() + std::chrono::seconds(1));
  });
  timer.on_timer();
  must(loop->run());
}
