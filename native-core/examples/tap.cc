// Checklist 27: like tee(1), but without reading the bytes: producer | tap FILE | consumer

#include "hpserver/os/tap.h"

#include <fcntl.h>
#include <poll.h>

#include "hpserver/os/splice.h"
#include "loop.h"

using namespace hpserver;
using example::must;

namespace {

void await(int fd, short events) {
  pollfd watched{.fd = fd, .events = events, .revents = 0};
  ::poll(&watched, 1, -1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const Fd file{::open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
  if (!file) return 1;
  // tee(2) needs a pipe on both sides, so the bytes go to the file in a second step.
  const Pipe copy = must(create_pipe());
  Tap tap = must(Tap::create());
  while (true) {
    const Tap::State state = must(tap.step(0, 1, copy.write_end.get()));
    while (move_bytes(copy.read_end.get(), file.get(), std::size_t{1} << 20U)) continue;
    if (state == Tap::State::ended) return 0;
    if (state == Tap::State::source_empty) await(0, POLLIN);
    if (state == Tap::State::sink_full) await(1, POLLOUT);
  }
}
