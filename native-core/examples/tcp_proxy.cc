// Checklist 26, 58: a TCP proxy over upstreams that take turns: tcp_proxy LISTEN UPSTREAM…

#include <vector>

#include "hpserver/concurrency/single.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/proxy/tunnel_service.h"
#include "hpserver/transport/make_reactor.h"
#include "loop.h"

using namespace hpserver;
using example::must;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  must(ignore_sigpipe());
  std::vector<Address> upstreams;
  for (int index = 2; index < argc; ++index) upstreams.push_back(must(Address::parse(argv[index])));
  const ServerParts parts{
      .make_io = make_reactor<EpollPoller, Trigger::level>,
      .make_service =
          [&] { return std::make_unique<proxy::TunnelService>(upstreams, proxy::TunnelOptions{}); },
  };
  ServerOptions options;
  options.on_notice = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); };
  const auto server = must(Single::create(parts, options));
  must(server->listen(must(Address::parse(argv[1]))));
  std::printf("%s\n", server->addresses().front().to_string().c_str());
  std::fflush(stdout);
  must(server->run(SignalHub{}));
}
