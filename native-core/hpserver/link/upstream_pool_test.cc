#include "hpserver/link/upstream_pool.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "hpserver/event/testing.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::Callback;
using testing::error_code;
using testing::must;
using testing::receive_text;

class UpstreamPoolTest : public testing::LoopTest {
 protected:
  // On a slow machine, a caller may give up before the connection is established: then asks again.
  UpstreamLease acquire(UpstreamPool& pool) {
    std::optional<Result<UpstreamLease>> outcome;
    do {
      outcome.reset();
      must(pool.acquire([&](Result<UpstreamLease> lease) { outcome = std::move(lease); }));
      EXPECT_FALSE(outcome) << "never from within acquire";
      turn_until([&] { return outcome.has_value(); });
    } while (outcome && error_code(*outcome) == ETIMEDOUT);
    return outcome ? must(std::move(*outcome)) : UpstreamLease{};
  }

  int failure_of(UpstreamPool& pool) {
    std::optional<int> code;
    must(pool.acquire([&](const Result<UpstreamLease>& lease) { code = error_code(lease); }));
    turn_until([&] { return code.has_value(); });
    return code.value_or(-1);
  }
};

// Checklist 58, 60: connects without blocking; connections are reused.
TEST_F(UpstreamPoolTest, LendsTheSameConnectionAgain) {
  UpstreamPool pool(*loop_, peer_.address);
  UpstreamLease lease = acquire(pool);
  const Fd peer = accept();
  EXPECT_FALSE(lease.reused());
  const int fd = lease.fd();
  must(send(fd, "ask"));
  EXPECT_EQ(receive_text(peer.get()), "ask");
  lease.give_back();
  EXPECT_EQ(pool.statistics().idle_count, 1U);
  UpstreamLease again = acquire(pool);
  EXPECT_EQ(again.fd(), fd);
  EXPECT_TRUE(again.reused());
  EXPECT_EQ(pool.statistics().started_count, 1U);
  EXPECT_EQ(pool.statistics().reused_count, 1U);
  EXPECT_EQ(pool.statistics().leased_count, 1U);
}

// C11: a caller that asks again in the callback doesn't monopolize the loop.
TEST_F(UpstreamPoolTest, WhoAsksAgainWhenRefusedWaitsForTheNextTurn) {
  UpstreamPool pool(*loop_, *Address::parse("unix:/nowhere/at-all.sock"));
  int refusals = 0;
  std::function<void(const Result<UpstreamLease>&)> again =
      [&](const Result<UpstreamLease>& lease) {
        EXPECT_FALSE(lease.ok());
        if (++refusals < 1000) must(pool.acquire(again));
      };
  must(pool.acquire(again));
  must(loop_->turn(milliseconds{0}));
  EXPECT_EQ(refusals, 1);
  turn_until([&] { return refusals == 3; });
  refusals = 1000;
}

TEST_F(UpstreamPoolTest, WhoAsksAgainWhenServedWaitsForTheNextTurn) {
  UpstreamPool pool(*loop_, peer_.address);
  acquire(pool).give_back();
  int leases = 0;
  std::function<void(Result<UpstreamLease>)> again = [&](Result<UpstreamLease> lease) {
    must(std::move(lease)).give_back();
    if (++leases < 1000) must(pool.acquire(again));
  };
  must(pool.acquire(again));
  must(loop_->turn(milliseconds{0}));
  EXPECT_EQ(leases, 1);
  leases = 1000;
  turn_until([&] { return pool.statistics().waiting_count == 0; });
}

// Checklist 60: ECONNREFUSED, and no connection is left open.
TEST_F(UpstreamPoolTest, ReportsARefusalToEveryCaller) {
  const testing::Absent nobody;
  UpstreamPool pool(*loop_, nobody.address);
  std::vector<int> codes;
  for (int caller = 0; caller < 3; ++caller) {
    must(pool.acquire(
        [&](const Result<UpstreamLease>& lease) { codes.push_back(error_code(lease)); }));
  }
  turn_until([&] { return codes.size() == 3; });
  EXPECT_EQ(codes, std::vector<int>(3, ECONNREFUSED));
  EXPECT_EQ(pool.statistics().open_count, 0U);
  EXPECT_EQ(pool.statistics().failed_count, 3U);
}

// Checklist 60: a UNIX socket doesn't wait for a place in the backlog: EAGAIN at once.
TEST_F(UpstreamPoolTest, ReportsAFullUnixBacklog) {
  const Address name =
      must(Address::unix_abstract("hpserver-upstream-" + std::to_string(::getpid())));
  const Fd listener = must(listen_on(name, {.backlog = 0}));
  UpstreamPool pool(*loop_, name, {.max_connections = 4});
  UpstreamLease lease = acquire(pool);
  EXPECT_EQ(failure_of(pool), EAGAIN);
  const Fd taken = must(accept_one(listener.get())).fd;
  const UpstreamLease second = acquire(pool);
  EXPECT_EQ(pool.statistics().leased_count, 2U) << "it was the backlog alone that stood in the way";
}

// Checklist 58: grows to the cap, then callers wait, in order, for a connection to be given back.
TEST_F(UpstreamPoolTest, GrowsToTheCapThenLetsWait) {
  UpstreamPool pool(*loop_, peer_.address, {.max_connections = 2});
  std::vector<UpstreamLease> leases;
  for (int caller = 0; caller < 4; ++caller) {
    must(pool.acquire(
        [&](Result<UpstreamLease> lease) { leases.push_back(must(std::move(lease))); }));
  }
  turn_until([&] { return leases.size() == 2; });
  EXPECT_EQ(pool.statistics().open_count, 2U);
  EXPECT_EQ(pool.statistics().waiting_count, 2U);
  leases[0].give_back();
  turn_until([&] { return leases.size() == 3; });
  EXPECT_TRUE(leases[2].reused());
  leases[1].discard();
  turn_until([&] { return leases.size() == 4; });
  EXPECT_FALSE(leases[3].reused()) << "its place is free for a new one";
  EXPECT_EQ(pool.statistics().started_count, 3U);
}

// Checklist 46, 58: waiting callers are limited in number and in time.
TEST_F(UpstreamPoolTest, BoundsThoseWhoWait) {
  UpstreamPool pool(*loop_, peer_.address,
                    {.max_connections = 1, .max_waiters = 2, .acquire_timeout = milliseconds(20)});
  const UpstreamLease lease = acquire(pool);
  int timeouts = 0;
  const auto count = [&](const Result<UpstreamLease>& result) {
    EXPECT_EQ(error_code(result), ETIMEDOUT);
    ++timeouts;
  };
  must(pool.acquire(count));
  must(pool.acquire(count));
  EXPECT_EQ(error_code(pool.acquire(count)), EAGAIN);
  turn_until([&] { return timeouts == 2; });
  EXPECT_EQ(pool.statistics().waiting_count, 0U);
}

TEST_F(UpstreamPoolTest, ForgetsWhoNoLongerWaits) {
  UpstreamPool pool(*loop_, peer_.address, {.max_connections = 1});
  UpstreamLease lease = acquire(pool);
  const auto ticket = must(pool.acquire([](const Result<UpstreamLease>&) { FAIL(); }));
  pool.cancel(ticket);
  pool.cancel(ticket);
  lease.give_back();
  acquire(pool).give_back();
  EXPECT_EQ(pool.statistics().idle_count, 1U);
}

// Checklist 60: no one accepts the connection: the connect ends by its own timeout.
TEST_F(UpstreamPoolTest, GivesUpAConnectThatHangs) {
  const Fd listener = must(listen_on(Address::loopback_ipv4(0), {.backlog = 0}));
  const Address address = must(Address::local_of(listener.get()));
  const Fd first = must(connect_and_wait(address, testing::kHang));
  testing::await_events(listener.get(), POLLIN);
  UpstreamPool pool(*loop_, address, {.connect_timeout = milliseconds(20)});
  EXPECT_EQ(failure_of(pool), ETIMEDOUT);
  EXPECT_EQ(pool.statistics().open_count, 0U);
}

// A dead connection is detected while idle, not by the next request.
TEST_F(UpstreamPoolTest, DropsAnIdleConnectionThatThePeerCloses) {
  UpstreamPool pool(*loop_, peer_.address);
  acquire(pool).give_back();
  Fd peer = accept();
  peer.reset();
  turn_until([&] { return pool.statistics().lost_count == 1; });
  EXPECT_EQ(pool.statistics().open_count, 0U);
  EXPECT_FALSE(acquire(pool).reused());
}

// Unrequested bytes would be taken for the next answer.
TEST_F(UpstreamPoolTest, DropsAnIdleConnectionThatSpeaks) {
  UpstreamPool pool(*loop_, peer_.address);
  acquire(pool).give_back();
  const Fd peer = accept();
  must(send(peer.get(), "HTTP/1.1 408 Request Timeout\r\n\r\n"));
  turn_until([&] { return pool.statistics().lost_count == 1; });
  testing::await_events(peer.get(), POLLIN);
  char byte{};
  EXPECT_EQ(error_code(receive(peer.get(), {&byte, 1})), ECONNRESET) << "closed, and not read";
}

// Checklist 58: pre-allocated at the start; what was added beyond that shrinks when idle.
TEST_F(UpstreamPoolTest, ShrinksToTheInitialConnections) {
  UpstreamPool pool(*loop_, peer_.address,
                    {.initial_connections = 1, .idle_timeout = milliseconds(1)});
  turn_until([&] { return pool.statistics().idle_count == 1; });
  {
    UpstreamLease one = acquire(pool);
    UpstreamLease two = acquire(pool);
    UpstreamLease three = acquire(pool);
    one.give_back();
    two.give_back();
    three.give_back();
  }
  turn_until([&] { return pool.statistics().expired_count == 2; });
  EXPECT_EQ(pool.statistics().open_count, 1U);
  EXPECT_EQ(pool.statistics().idle_count, 1U);
}

// A lease that is just destroyed is closed: more may still arrive on it.
TEST_F(UpstreamPoolTest, ClosesWhatIsNotGivenBack) {
  UpstreamPool pool(*loop_, peer_.address);
  Fd peer;
  {
    const UpstreamLease lease = acquire(pool);
    peer = accept();
  }
  EXPECT_EQ(receive_text(peer.get()), "");
  EXPECT_EQ(pool.statistics().open_count, 0U);
}

TEST_F(UpstreamPoolTest, ReportsALeasedSocketToItsHolder) {
  UpstreamPool pool(*loop_, peer_.address);
  UpstreamLease lease = acquire(pool);
  const Fd peer = accept();
  int calls = 0;
  Callback holder([&](Ready ready) {
    ++calls;
    EXPECT_TRUE(ready.readable);
    EXPECT_EQ(receive_text(lease.fd()), "answer");
  });
  must(lease.report_to(holder, {.readable = true}));
  must(send(peer.get(), "answer"));
  turn_until([&] { return calls == 1; });
  must(lease.report_to(holder, {}));
  must(send(peer.get(), "more"));
  must(loop_->turn(milliseconds(0)));
  EXPECT_EQ(calls, 1) << "wants nothing";
  lease.give_back();
  turn_until([&] { return pool.statistics().lost_count == 1; });
}

// A forked child has the parent's sockets, but may neither use nor unregister them.
TEST_F(UpstreamPoolTest, IsNotInherited) {
  auto pool = std::make_unique<UpstreamPool>(*loop_, peer_.address);
  acquire(*pool).give_back();
  const Fd peer = accept();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto refused = pool->acquire([](const Result<UpstreamLease>&) {});
    pool.reset();
    ::_exit(error_code(refused) == EPERM ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  must(send(peer.get(), "still watched"));
  turn_until([&] { return pool->statistics().lost_count == 1; });
}

}  // namespace
}  // namespace hpserver
