// Checklist 12, 65: TCP's urgent byte. The parent sends "123", "abc" with c urgent, and "456"; the
// loop receives 123ab, then c separately, then 456.

#include "hpserver/link/out_of_band.h"

#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket.h"
#include "loop.h"

using namespace hpserver;
using example::must;

namespace {

class Printer final : public UrgentListener {
 public:
  explicit Printer(EventLoop& loop) : loop_(loop) {}

  void on_bytes(std::string_view bytes) override {
    std::printf("plain  %.*s\n", static_cast<int>(bytes.size()), bytes.data());
  }
  void on_urgent(char byte) override { std::printf("urgent %c\n", byte); }
  void on_end(const Result<void>&) override { loop_.stop(); }

 private:
  EventLoop& loop_;
};

}  // namespace

int main() {
  const auto loop = example::make_loop();
  const Fd listener = must(listen_on(Address::loopback_ipv4(0), {.nonblocking = false}));
  Fd client = must(connect_and_wait(must(Address::local_of(listener.get())), {}));
  const Fd server = must(accept_one(listener.get())).fd;
  must(send(client.get(), "123"));
  must(send_urgent(client.get(), "abc"));
  must(send(client.get(), "456"));
  client.reset();
  Printer printer(*loop);
  const auto reader = must(OutOfBandReader::create(*loop, server.get(), printer));
  must(loop->run());
}
