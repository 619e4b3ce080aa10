// Filters from outside: real servers over each transport, real sockets, bytes as they travel.

#include "hpserver/connection/stream_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/completion/aio_port.h"
#include "hpserver/completion/uring_port.h"
#include "hpserver/concurrency/half_sync_half_reactive.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/os/file.h"
#include "hpserver/poller/epoll_poller.h"
#include "hpserver/poller/select_poller.h"
#include "hpserver/socket/socket.h"
#include "hpserver/storage/temporary_directory.h"
#include "hpserver/transport/blocking_io.h"
#include "hpserver/transport/make_proactor.h"
#include "hpserver/transport/make_reactor.h"
#include "test/connection/filters.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::LineService;
using testing::PairsFilter;
using testing::XorFilter;

using MakeFilter = std::function<std::unique_ptr<StreamFilter>()>;

struct FilteredModel {
  const char* name;
  Result<IoUnit> (*make_io)();
  bool has_crew = false;
};

class StreamFilterTest : public ::testing::TestWithParam<FilteredModel> {
 protected:
  void TearDown() override { stop(); }

  void start(MakeFilter filter, ServerOptions options = {}) {
    const ServerParts parts{.make_io = GetParam().make_io,
                            .make_service = [this, filter = std::move(filter)] {
                              auto service = std::make_unique<LineService>();
                              service->filter = filter;
                              service->file = file_;
                              return service;
                            }};
    options.workers = 2;
    options.limits.deadlines.linger_timeout = milliseconds(100);  // for clients that don't close
    if (GetParam().has_crew) {
      options.loop_duties = {.read = true, .process = false, .write = true};
      server_ = testing::must(HalfSyncHalfReactive::create(parts, options));
    } else {
      server_ = testing::must(Single::create(parts, options));
    }
    testing::must(server_->listen(*Address::parse("127.0.0.1:0")));
    runner_ = std::thread([this] { EXPECT_TRUE(server_->run({}).ok()); });
  }

  void stop() {
    if (!runner_.joinable()) return;
    server_->end();
    runner_.join();
  }

  [[nodiscard]] Fd connect() const {
    return *connect_and_wait(server_->addresses().front(), testing::kHang);
  }

  static void say(const Fd& client, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = send(client.get(), bytes);
      if (!sent) return;
      bytes.remove_prefix(*sent);
    }
  }

  // Reads until this many bytes have come, or the end.
  static std::string hear(const Fd& client, std::size_t size_bytes) {
    std::string heard;
    char buffer[65536];
    while (heard.size() < size_bytes) {
      const auto got = receive(client.get(), buffer);
      if (!got || *got == 0) break;
      heard.append(buffer, *got);
    }
    return heard;
  }
  static std::string hear_all(const Fd& client) { return hear(client, std::string::npos); }

  static MakeFilter disguise() {
    return [] { return std::make_unique<XorFilter>(); };
  }
  static MakeFilter pairs() {
    return [] { return std::make_unique<PairsFilter>(); };
  }
  [[nodiscard]] Fd greeted() const {
    Fd client = connect();
    say(client, "hi");
    EXPECT_EQ(hear(client, 2), "ho");
    return client;
  }

  // Sets the content from which "file N" answers.
  void keep_file(std::string_view content) {
    directory_.write("file", content);
    const Fd directory = testing::must(open_directory(directory_.path().c_str()));
    file_ = std::make_shared<SharedFile>(
        SharedFile{testing::must(open_beneath(directory.get(), "file"))});
  }

  // Returns once every connection has ended.
  void drain() {
    server_->drain();
    runner_.join();
  }

 private:
  const testing::TemporaryDirectory directory_;
  std::shared_ptr<const SharedFile> file_;
  std::unique_ptr<Server> server_;
  std::thread runner_;
};

const std::vector<FilteredModel> kFilteredModels = {
    {"EpollEdge", make_reactor<EpollPoller, Trigger::edge>},
    {"SelectLevel", make_reactor<SelectPoller, Trigger::level>},
    {"SimulatedProactor", make_reactor<EpollPoller, Trigger::oneshot>, true},
    {"Uring", make_proactor<UringPort>},
#ifndef __SANITIZE_THREAD__
    // glibc's own threads for aio free memory behind the thread sanitizer's back.
    {"Aio", make_proactor<AioPort>},
#endif
    {"Blocking", make_blocking},
};

INSTANTIATE_TEST_SUITE_P(Transports, StreamFilterTest, ::testing::ValuesIn(kFilteredModels),
                         [](const auto& instance) { return instance.param.name; });

TEST_P(StreamFilterTest, OpensWhatIsSplitAtEveryByte) {
  start(disguise());
  const std::string input = XorFilter::turn("echo one\necho two\n");
  for (std::size_t split = 0; split <= input.size(); ++split) {
    const Fd client = connect();
    say(client, std::string_view(input).substr(0, split));
    std::this_thread::yield();
    say(client, std::string_view(input).substr(split));
    EXPECT_EQ(XorFilter::turn(hear(client, 8)), "one\ntwo\n") << "split at " << split;
  }
}

TEST_P(StreamFilterTest, SealsCopiesSharedBytesAndFilesInTheirOrder) {
  std::string content;
  for (int index = 0; content.size() < 300'000; ++index) content += std::to_string(index) + " ";
  keep_file(content);
  start(disguise());
  const Fd client = connect();
  const std::string expected = "a\n" + std::string(200'000, 'x') + content.substr(0, 250'000) +
                               std::string(150'000, 's') + content.substr(0, 3) + "b\n";
  say(client, XorFilter::turn("echo a\nbig 200000\nfile 250000\nshared 150000\nfile 3\necho b\n"));
  EXPECT_TRUE(XorFilter::turn(hear(client, expected.size())) == expected);
}

TEST_P(StreamFilterTest, ClosesWhereAFileHasShrunk) {
  keep_file("short");
  start(disguise());
  const Fd client = connect();
  say(client, XorFilter::turn("file 100\n"));
  EXPECT_LE(hear_all(client).size(), 5U);
}

TEST_P(StreamFilterTest, OpensMoreThanItsRoomHolds) {
  start(pairs());
  const Fd client = greeted();
  constexpr int kLines = 6'000;
  std::string input;
  for (int index = 0; index < kLines; ++index) {
    input += PairsFilter::pairs("echo ") + PairsFilter::pair(200, 'x') + PairsFilter::pairs("\n");
  }
  std::thread speaker([&] { say(client, input); });
  const std::string heard = PairsFilter::plain(hear(client, std::size_t{kLines} * 201 * 2));
  speaker.join();
  const std::string line = std::string(200, 'x') + "\n";
  ASSERT_EQ(heard.size(), line.size() * kLines);
  for (std::size_t at = 0; at < heard.size(); at += line.size()) {
    ASSERT_EQ(heard.compare(at, line.size(), line), 0) << "at " << at;
  }
}

TEST_P(StreamFilterTest, GreetsBeforeTheSessionHearsOfAnything) {
  start(pairs());
  const Fd client = connect();
  say(client, "h");
  std::this_thread::yield();
  say(client, "i" + PairsFilter::pairs("echo a\n"));
  EXPECT_EQ(hear(client, 6), "ho" + PairsFilter::pairs("a\n"));
}

TEST_P(StreamFilterTest, AHandshakeHasItsDeadline) {
  ServerOptions options;
  options.limits.deadlines.handshake_timeout = milliseconds(50);
  options.limits.deadlines.header_timeout = testing::kHang;
  options.limits.deadlines.idle_timeout = testing::kHang;
  start(pairs(), options);
  const Fd silent = connect();
  if (GetParam().make_io == make_blocking) {
    // This model serves one client after the other.
    EXPECT_EQ(hear_all(silent), "");
  }
  const Fd slow = connect();
  say(slow, "h");
  EXPECT_EQ(hear_all(slow), "");
  EXPECT_EQ(hear_all(silent), "");
}

TEST_P(StreamFilterTest, WhatMeansNothingEndsItsConnectionWithoutAWord) {
  start(pairs());
  const Fd client = connect();
  say(client, "GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(hear_all(client), "");
  EXPECT_EQ(hear(greeted(), 0), "");
}

TEST_P(StreamFilterTest, AFinThatCutsSomethingOffIsNoEndOfInput) {
  start(pairs());
  const Fd client = greeted();
  say(client, PairsFilter::pairs("ech"));
  testing::must(shut_down(client.get(), Direction::write));
  EXPECT_EQ(hear_all(client), "");
}

TEST_P(StreamFilterTest, AnEndInOrderIsTheSessionsEndOfInput) {
  start(pairs());
  const Fd client = greeted();
  say(client, PairsFilter::pairs("ech") + PairsFilter::pair(0, '.'));
  EXPECT_EQ(hear_all(client), PairsFilter::pairs("cut off\n") + PairsFilter::pair(0, '.'));
}

TEST_P(StreamFilterTest, ItsLastBytesGoBeforeTheFin) {
  start(pairs());
  const Fd client = greeted();
  say(client, PairsFilter::pairs("big 100000\nclose\n"));
  const std::string heard = hear_all(client);
  EXPECT_EQ(heard.size(), 200'000U + 8 + 2);
  EXPECT_TRUE(heard.ends_with(PairsFilter::pairs("bye\n") + PairsFilter::pair(0, '.')));
}

TEST_P(StreamFilterTest, AReaderThatStopsEndsOfItsWriteDeadline) {
  ServerOptions options;
  options.limits.deadlines.write_timeout = milliseconds(100);
  options.drain_timeout = testing::kHang;
  start(disguise(), options);
  const Fd client = connect();
  say(client, XorFilter::turn("shared 50000000\n"));
  EXPECT_EQ(XorFilter::turn(hear(client, 1)).front(), 's');
  drain();
  EXPECT_LT(hear_all(client).size(), 50'000'000U);
}

TEST_P(StreamFilterTest, WhereNoneCanBeMadeThereIsNoConnection) {
  start([]() -> std::unique_ptr<StreamFilter> { throw std::runtime_error("no key"); });
  const Fd client = connect();
  EXPECT_EQ(hear_all(client), "");
}

TEST_P(StreamFilterTest, WhoeverIsOneTooManyHearsNothingInPlainWords) {
  if (GetParam().make_io == make_blocking) GTEST_SKIP() << "it serves one after the other";
  ServerOptions options;
  options.limits.max_connections = 1;
  start(pairs(), options);
  const Fd first = greeted();
  EXPECT_EQ(hear_all(connect()), "");
  say(first, PairsFilter::pairs("echo a\n"));
  EXPECT_EQ(hear(first, 4), PairsFilter::pairs("a\n"));
}

TEST_P(StreamFilterTest, WithoutMemoryForItsBytesItsConnectionEnds) {
  if (GetParam().make_io == make_blocking) GTEST_SKIP() << "it serves one after the other";
  ServerOptions options;
  options.block_pool = {.initial_count = 0, .max_count = 2, .growth_count = 1};
  options.limits.deadlines.idle_timeout = milliseconds(100);
  start(disguise(), options);
  std::vector<Fd> clients;
  for (std::size_t index = 0; index < 8; ++index) {
    clients.push_back(connect());
    say(clients.back(), XorFilter::turn("shared 20000000\n"));
  }
  const auto served = std::count_if(clients.begin(), clients.end(), [](const Fd& client) {
    return hear_all(client).size() == 20'000'000U;
  });
  EXPECT_LT(static_cast<std::size_t>(served), clients.size());
  const Fd next = connect();
  say(next, XorFilter::turn("echo a\n"));
  EXPECT_EQ(XorFilter::turn(hear(next, 2)), "a\n");
}

}  // namespace
}  // namespace hpserver
