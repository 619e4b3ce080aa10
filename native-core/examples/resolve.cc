// Checklist 18: names to addresses and back, off the loop: resolve [HOST [SERVICE]]

#include "hpserver/link/resolver.h"
#include "loop.h"

using namespace hpserver;

int main(int argc, char** argv) {
  const auto loop = example::make_loop();
  ThreadPool threads({.name = "resolver"});
  Resolver resolver(*loop, threads);
  const NameQuery query{.host = argc > 1 ? argv[1] : "localhost",
                        .service = argc > 2 ? argv[2] : "daytime"};
  const auto print_names = [&](const NameOf& name) {
    std::printf("%s %s\n", name.host.c_str(), name.service.c_str());
    loop->stop();
  };
  const auto asked = resolver.resolve(query, [&](const Resolution& found) {
    if (!found.ok()) {
      std::printf("%s: %s\n", query.host.c_str(), found.error.message().c_str());
      loop->stop();
      return;
    }
    for (const Address& one : found.addresses) std::printf("%s\n", one.to_string().c_str());
    if (!resolver.name(found.addresses.front(), print_names)) loop->stop();
  });
  if (asked) example::must(loop->run());
}
