// Checklist 58, 60: connections opened without blocking, lent and kept: upstream_pool HOST:PORT
// sends "ping" ten times over at most two connections to an echo server.

#include "hpserver/link/upstream_pool.h"

#include <array>
#include <list>

#include "hpserver/socket/socket.h"
#include "loop.h"

using namespace hpserver;
using example::must;

namespace {

constexpr int kRequests = 10;

class Ping final : public EventHandler {
 public:
  Ping(UpstreamLease lease, int& answers) : lease_(std::move(lease)), answers_(answers) {
    must(send(lease_.fd(), "ping"));
    must(lease_.report_to(*this, {.readable = true}));
  }

  void on_ready(Ready) override {
    std::array<char, 16> buffer;
    const std::size_t size = must(receive(lease_.fd(), buffer));
    std::printf("%.*s on %s connection\n", static_cast<int>(size), buffer.data(),
                lease_.reused() ? "a kept" : "a new");
    ++answers_;
    lease_.give_back();
  }

 private:
  UpstreamLease lease_;
  int& answers_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto loop = example::make_loop();
  UpstreamPool pool(*loop, must(Address::parse(argv[1])), {.max_connections = 2});
  std::list<Ping> pings;
  int answers = 0;
  for (int count = 0; count < kRequests; ++count) {
    must(pool.acquire(
        [&](Result<UpstreamLease> lease) { pings.emplace_back(must(std::move(lease)), answers); }));
  }
  while (answers < kRequests) must(loop->turn(std::chrono::milliseconds(-1)));
  const UpstreamStatistics seen = pool.statistics();
  std::printf("%llu connects, %llu reuses\n", static_cast<unsigned long long>(seen.started_count),
              static_cast<unsigned long long>(seen.reused_count));
}
