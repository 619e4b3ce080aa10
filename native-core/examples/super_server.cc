// Checklist 72: does what xinetd does: super_server LISTEN INSTANCES PROGRAM [ARGUMENT…]
// runs PROGRAM for each client, with the connection as descriptors 0 and 1. INSTANCES 1 is `wait`.

#include <signal.h>

#include <cstdlib>

#include "hpserver/event/watch.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/reaper.h"
#include "hpserver/socket/listen.h"
#include "loop.h"

using namespace hpserver;
using example::must;

namespace {

class SuperServer final : public EventHandler {
 public:
  SuperServer(EventLoop& loop, const Address& here, std::size_t max_instances, Program program)
      : signals_(must(SignalSource::create({SIGCHLD}))),
        listener_(must(listen_on(here))),
        reaper_(max_instances),
        program_(std::move(program)),
        children_(loop, *this),
        clients_(loop, *this) {
    must(children_.want(signals_.fd(), {.readable = true}));
    must(clients_.want(listener_.get(), {.readable = true}));
    std::printf("%s\n", must(Address::local_of(listener_.get())).to_string().c_str());
    std::fflush(stdout);
  }

  void on_ready(Ready) override {
    must(signals_.drain([](const Signal&) {}));
    reaper_.reap(
        [](const ChildExit& child) { std::printf("%d ended with %d\n", child.pid, child.status); });
    while (!reaper_.full()) {
      const auto client = accept_one(listener_.get());
      if (!client) break;
      must(set_nonblocking(client->fd.get(), false));
      program_.standard_input = program_.standard_output = client->fd.get();
      const auto child = reaper_.start(program_);
      if (!child) std::fprintf(stderr, "%s\n", child.error().message().c_str());
    }
    // At the cap the next client waits in the backlog.
    must(clients_.want(listener_.get(), {.readable = !reaper_.full()}));
  }

 private:
  SignalSource signals_;
  const Fd listener_;
  Reaper reaper_;
  Program program_;
  Watch children_;
  Watch clients_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  must(block_signals({SIGCHLD}));
  const auto loop = example::make_loop();
  SuperServer server(*loop, must(Address::parse(argv[1])), std::strtoul(argv[2], nullptr, 10),
                     {.path = argv[3], .arguments = {argv + 3, argv + argc}});
  must(loop->run());
}
