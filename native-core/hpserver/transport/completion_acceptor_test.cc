#include "hpserver/transport/completion_acceptor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <barrier>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/aio_port.h"
#include "hpserver/completion/uring_port.h"
#include "hpserver/event/testing.h"
#include "hpserver/event/watch.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/testing.h"
#include "hpserver/transport/make_proactor.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::must;
using namespace std::chrono_literals;

struct Port {
  const char* name;
  Result<IoUnit> (*make_io)();
};

// One listener, and the clients that it has accepted.
struct Accepting {
  explicit Accepting(const Port& port) : io(must(port.make_io())) {
    Fd listener = must(listen_on(Address::loopback_ipv4(0)));
    address = must(Address::local_of(listener.get()));
    acceptor = must(io.transport->listen(
        std::move(listener), [this](Fd conn_fd) { accepted.push_back(std::move(conn_fd)); }));
  }

  // Connects `count` clients, and waits until all of them are connected.
  [[nodiscard]] std::vector<Fd> connect(std::size_t count) const {
    std::vector<Fd> clients(count);
    for (Fd& client : clients) client = must(connect_and_wait(address, testing::kHang));
    return clients;
  }

  IoUnit io;
  Address address;
  std::vector<Fd> accepted;
  std::unique_ptr<Listener> acceptor;
};

class CompletionAcceptorTest : public ::testing::TestWithParam<Port> {};

// Processes that inherit a listening socket share one open file description, and its flags: two
// threads with a duplicate each are enough to show what that means.
TEST_P(CompletionAcceptorTest, ClosesBesideOthersThatShareTheSocket) {
  constexpr int kRounds = 300;
  std::barrier together(2);
  const Fd listener = must(listen_on(Address::loopback_ipv4(0)));
  const auto rounds = [&] {
    for (int round = 0; round < kRounds; ++round) {
      IoUnit io = must(GetParam().make_io());
      auto acceptor = must(io.transport->listen(must(duplicate(listener.get())), [](Fd) {}));
      must(io.loop->turn(0ms));
      together.arrive_and_wait();
      acceptor->close(Listening::goes_on);
      acceptor.reset();
      io.transport->finish();
    }
  };
  std::thread other(rounds);
  rounds();
  other.join();
}

TEST_P(CompletionAcceptorTest, TakesWhatTheBacklogHoldsBeforeItCloses) {
  Accepting one(GetParam());
  const std::vector<Fd> clients = one.connect(20);
  one.acceptor->close(Listening::ends);
  EXPECT_EQ(one.accepted.size(), clients.size());
  for (const Fd& fd : one.accepted) EXPECT_FALSE(must(is_nonblocking(fd.get())));
}

// SIGTERM arrives in one batch with connections that the kernel has accepted, and before them.
TEST_P(CompletionAcceptorTest, TakesWhatHasBeenAcceptedBeforeItClosesInTheSameTurn) {
  Accepting one(GetParam());
  const EventFd signal = must(EventFd::create());
  std::optional<std::size_t> accepted_at_close;
  testing::Callback close([&](Ready) {
    one.acceptor->close(Listening::ends);
    if (!accepted_at_close) accepted_at_close = one.accepted.size();
  });
  Watch watch(*one.io.loop, close);
  must(watch.want(signal.fd(), {.readable = true}));
  must(one.io.loop->turn(0ms));
  must(signal.add());
  const std::vector<Fd> clients = one.connect(20);
  testing::step_until([&] { return accepted_at_close.has_value(); },
                      [&] { must(one.io.loop->turn(20ms)); });
  EXPECT_EQ(accepted_at_close, clients.size());
}

// The kernel accepts by itself, between turns.
TEST_P(CompletionAcceptorTest, TakesWhatHasBeenAcceptedBeforeItClosesBetweenTurns) {
  Accepting one(GetParam());
  const EventFd other = must(EventFd::create());
  bool other_heard = false;
  testing::Callback hear([&](Ready) { other_heard = true; });
  Watch watch(*one.io.loop, hear);
  must(watch.want(other.fd(), {.readable = true}));
  must(one.io.loop->turn(0ms));
  must(other.add());
  const std::vector<Fd> clients = one.connect(20);
  one.acceptor->close(Listening::ends);
  EXPECT_EQ(one.accepted.size(), clients.size());
  EXPECT_FALSE(other_heard) << "others have their turn";
  testing::await_events(one.io.loop->native_handle(), POLLIN);
  testing::step_until([&] { return other_heard; }, [&] { must(one.io.loop->turn(20ms)); });
}

// Running out of descriptors must not stop the acceptor: it accepts again once one is free.
TEST_P(CompletionAcceptorTest, GoesOnWithoutADescriptorToSpare) {
  Accepting one(GetParam());
  must(one.io.loop->turn(0ms));

  {
    const int lowest_free = must(duplicate(STDERR_FILENO)).get();
    const testing::DescriptorLimit none(static_cast<rlim_t>(lowest_free));
    one.acceptor->look_again();
    const Deadline end = Clock::now() + 300ms;
    while (Clock::now() < end) must(one.io.loop->turn(20ms));
  }

  const std::vector<Fd> clients = one.connect(1);
  testing::step_until([&] { return !one.accepted.empty(); },
                      [&] { must(one.io.loop->turn(20ms)); });
  EXPECT_EQ(one.accepted.size(), 1U);
  one.acceptor->close(Listening::ends);
}

INSTANTIATE_TEST_SUITE_P(Ports, CompletionAcceptorTest,
                         ::testing::Values(Port{"uring", make_proactor<UringPort>},
                                           Port{"aio", make_proactor<AioPort>}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace hpserver
