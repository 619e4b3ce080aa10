// Runs a program in the background: `launcher PROGRAM [ARGUMENT…]`. It leaves the session before
// the program starts, since nothing may fork once V8 runs. The starting process waits at the
// other end of a descriptor that the program gets too.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "hpserver/daemon/launch.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s PROGRAM [ARGUMENT...]\n", argv[0]);
    return EXIT_FAILURE;
  }
  const auto left = hpserver::leave_session();
  if (!left) {
    std::fprintf(stderr, "cannot go into the background: %s\n", left.error().message().c_str());
    return EXIT_FAILURE;
  }
  ::execv(argv[1], argv + 1);
  std::perror(argv[1]);
  return EXIT_FAILURE;
}
