#include "hpserver/link/resolver.h"

#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <latch>
#include <memory>
#include <string>
#include <thread>

#include "hpserver/event/reactor.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/make_poller.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::must;

// Checklist 18: the notes' example.
TEST(ResolveNow, FindsLocalhostDaytime) {
  const Resolution found =
      resolve_now({.host = "localhost", .service = "daytime", .family = AF_INET});
  ASSERT_TRUE(found.ok()) << found.error.message();
  ASSERT_EQ(found.addresses.size(), 1U);
  EXPECT_EQ(found.addresses[0], Address::loopback_ipv4(13));
}

TEST(ResolveNow, TakesNumbersAndNothing) {
  const Resolution numeric = resolve_now({.host = "::1", .service = "80"});
  ASSERT_TRUE(numeric.ok());
  EXPECT_EQ(numeric.addresses, std::vector{Address::loopback_ipv6(80)});
  const Resolution nothing = resolve_now({.host = "", .service = "", .family = AF_INET});
  ASSERT_TRUE(nothing.ok());
  EXPECT_EQ(nothing.addresses, std::vector{Address::loopback_ipv4(0)});
}

// Checklist 18: what went wrong, and what to do next.
TEST(ResolveNow, ExplainsWhatItCannotFind) {
  const Resolution name = resolve_now({.host = "no such name", .service = "80"});
  EXPECT_FALSE(name.ok());
  EXPECT_NE(name.error.message().find("EAI_"), std::string::npos) << name.error.message();
  const Resolution service = resolve_now({.host = "127.0.0.1", .service = "no-such-service"});
  EXPECT_EQ(service.error.code, EAI_SERVICE);
  EXPECT_NE(service.error.message().find("(EAI_SERVICE): no such service"), std::string::npos);
  const Resolution family = resolve_now({.host = "localhost", .service = "80", .family = AF_UNIX});
  EXPECT_EQ(family.error.code, EAI_FAMILY);
  const ResolveError system{EAI_SYSTEM, EMFILE};
  EXPECT_NE(system.message().find("EMFILE"), std::string::npos);
}

// Checklist 18: getnameinfo and getservbyname.
TEST(NameNow, KnowsHostAndService) {
  const NameOf name = name_now(Address::loopback_ipv4(13));
  ASSERT_TRUE(name.ok()) << name.error.message();
  EXPECT_EQ(name.host, "localhost");
  EXPECT_EQ(name.service, "daytime");
  EXPECT_EQ(name_now(Address{}).error.code, EAI_FAMILY);
}

TEST(ServicePort, ReadsTheSystemsTable) {
  EXPECT_EQ(service_port("daytime", "tcp"), 13);
  EXPECT_EQ(service_port("daytime", "none"), std::nullopt);
  EXPECT_EQ(service_port("no-such-service", "tcp"), std::nullopt);
}

class ResolverTest : public ::testing::Test {
 protected:
  void turn_until(const auto& done) {
    testing::step_until(done, [this] { must(loop_->turn(milliseconds(2))); });
  }

  std::unique_ptr<Reactor> loop_ = must(Reactor::create(must(make_poller<EpollPoller>())));
  ThreadPool pool_{
      {.name = "resolver", .initial_threads = 1, .max_threads = 1, .max_queued_tasks = 2}};
};

// Checklist 18: off the loop, and delivered on the loop.
TEST_F(ResolverTest, AnswersOnTheLoopsThread) {
  Resolver resolver(*loop_, pool_);
  int answers = 0;
  ASSERT_TRUE(resolver.resolve({.host = "localhost", .service = "daytime", .family = AF_INET},
                               [&, thread = std::this_thread::get_id()](const Resolution& found) {
                                 EXPECT_EQ(std::this_thread::get_id(), thread);
                                 ASSERT_TRUE(found.ok());
                                 EXPECT_EQ(found.addresses[0].port(), 13);
                                 ++answers;
                               }));
  ASSERT_TRUE(resolver.name(Address::loopback_ipv4(13), [&](const NameOf& name) {
    EXPECT_EQ(name.service, "daytime");
    ++answers;
  }));
  EXPECT_EQ(resolver.pending_count(), 2U);
  turn_until([&] { return answers == 2; });
  EXPECT_EQ(resolver.pending_count(), 0U);
}

TEST_F(ResolverTest, ForgetsWhatIsCancelled) {
  Resolver resolver(*loop_, pool_);
  const auto ticket =
      resolver.resolve({.host = "127.0.0.1", .service = "1"}, [](const Resolution&) { FAIL(); });
  ASSERT_TRUE(ticket);
  resolver.cancel(*ticket);
  resolver.cancel(*ticket);
  bool later = false;
  ASSERT_TRUE(resolver.resolve({.host = "127.0.0.1", .service = "1"},
                               [&](const Resolution&) { later = true; }));
  turn_until([&] { return later; });
}

// The answer of a hanging lookup comes when neither resolver nor loop exist any more.
TEST_F(ResolverTest, MayEndBeforeItsLookups) {
  std::latch open{1};
  ASSERT_TRUE(pool_.try_submit([&] { open.wait(); }));
  {
    Resolver resolver(*loop_, pool_);
    ASSERT_TRUE(
        resolver.resolve({.host = "127.0.0.1", .service = "1"}, [](const Resolution&) { FAIL(); }));
  }
  loop_.reset();
  open.count_down();
  testing::await([this] {
    return pool_.statistics().idle_count != 0 && pool_.statistics().queued_count == 0;
  });
}

// Checklist 46: a bounded queue, which refuses.
TEST_F(ResolverTest, RefusesBeyondTheQueue) {
  std::latch open{1};
  std::atomic<bool> held{false};
  ASSERT_TRUE(pool_.try_submit([&] {
    held = true;
    open.wait();
  }));
  testing::await([&] { return held.load(); });
  Resolver resolver(*loop_, pool_);
  int answers = 0;
  const auto ask = [&] {
    return resolver.resolve({.host = "127.0.0.1", .service = "1"},
                            [&](const Resolution&) { ++answers; });
  };
  EXPECT_TRUE(ask());
  EXPECT_TRUE(ask());
  EXPECT_FALSE(ask());
  EXPECT_EQ(resolver.pending_count(), 2U);
  open.count_down();
  turn_until([&] { return answers == 2; });
}

}  // namespace
}  // namespace hpserver
