#include "hpserver/metrics/metrics.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/log/lost_lines.h"
#include "hpserver/metrics/metrics_sum.h"
#include "hpserver/metrics/prometheus.h"
#include "hpserver/os/reap.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

MeteredExchange exchange_of(std::string_view route, std::uint16_t number, nanoseconds duration) {
  return {.route = route,
          .route_number = number,
          .method = "GET",
          .method_number = 1,
          .status = 200,
          .duration = duration};
}

std::shared_ptr<Metrics> metrics_of(const MetricsOptions& options) {
  auto metrics = Metrics::create(options);
  EXPECT_TRUE(metrics);
  return *metrics;
}

TEST(Metrics, BeginsWithNothing) {
  const auto metrics = metrics_of({.executors = 3});
  const MetricsSum sum = MetricsSum::of(*metrics);
  EXPECT_TRUE(sum.exchanges.empty());
  EXPECT_TRUE(sum.executors.empty());
  EXPECT_EQ(sum.all.open_count(), 0U);
  EXPECT_TRUE(metrics->is_ready());
  EXPECT_GT(metrics->start_time(), 1'600'000'000);
}

TEST(Metrics, SumsUpItsExecutors) {
  const auto metrics = metrics_of({.executors = 2});
  for (std::size_t number = 0; number < 2; ++number) {
    Meter& meter = metrics->of_executor(number);
    meter.ended(exchange_of("/a", 0, milliseconds{1}));
    meter.ended(exchange_of("/b", 1, milliseconds{1}));
    meter.moved(10, 20);
    meter.enter(Meter::State::idle);
    meter.count(Meter::Event::connection_accepted);
  }
  const MetricsSum sum = MetricsSum::of(*metrics);
  ASSERT_EQ(sum.exchanges.size(), 2U);
  EXPECT_EQ(sum.exchanges[0].route, "/a");
  EXPECT_EQ(sum.exchanges[0].method, "GET");
  EXPECT_EQ(sum.exchanges[0].status, 200);
  EXPECT_EQ(sum.exchanges[0].durations.count(), 2U);
  EXPECT_EQ(sum.all.request_count, 4U);
  EXPECT_EQ(sum.all.received_bytes, 20U);
  EXPECT_EQ(sum.all.sent_bytes, 40U);
  EXPECT_EQ(sum.all.open_count(), 2U);
  EXPECT_EQ(sum.count_of(Meter::Event::connection_accepted), 2U);
  ASSERT_EQ(sum.executors.size(), 2U);
  EXPECT_EQ(sum.executors[1].request_count, 2U);
}

TEST(Metrics, PutsEachDurationIntoItsBucket) {
  const auto metrics = metrics_of({});
  Meter& meter = metrics->of_executor(0);
  for (const std::uint64_t end : kBucketEndsNs) {
    meter.ended(exchange_of("/", 0, nanoseconds{end}));
    meter.ended(exchange_of("/", 0, nanoseconds{end + 1}));
  }
  meter.ended(exchange_of("/", 0, nanoseconds{-1}));  // a clock read by two threads
  const auto counts = MetricsSum::of(*metrics).exchanges.at(0).durations.counts;
  EXPECT_EQ(counts.front(), 2U);
  for (std::size_t bucket = 1; bucket + 1 < counts.size(); ++bucket) EXPECT_EQ(counts[bucket], 2U);
  EXPECT_EQ(counts.back(), 1U);
}

TEST(Metrics, TellsConnectionsByWhatTheyWaitFor) {
  const auto metrics = metrics_of({});
  Meter& meter = metrics->of_executor(0);
  meter.enter(Meter::State::head);
  meter.enter(Meter::State::head);
  meter.change(Meter::State::head, Meter::State::idle);
  meter.leave(Meter::State::head);
  const auto connections = MetricsSum::of(*metrics).all.connections;
  EXPECT_EQ(connections[static_cast<std::size_t>(Meter::State::head)], 0U);
  EXPECT_EQ(connections[static_cast<std::size_t>(Meter::State::idle)], 1U);
}

// The system closes what a killed process had open.
TEST(Metrics, AnExecutorThatBeginsAnewHasNothingOpen) {
  const auto metrics = metrics_of({});
  Meter& meter = metrics->of_executor(0);
  meter.enter(Meter::State::write);
  meter.moved(1, 1);
  static_cast<void>(metrics->of_executor(0));
  const MetricsSum sum = MetricsSum::of(*metrics);
  EXPECT_EQ(sum.all.open_count(), 0U);
  EXPECT_EQ(sum.all.received_bytes, 1U);
}

TEST(Metrics, CountsWhatLogsLose) {
  const auto metrics = metrics_of({});
  count_lost_lines(metrics);
  note_lost_lines(2);
  note_lost_lines(1);
  count_lost_lines_by(nullptr);
  note_lost_lines(1);
  EXPECT_EQ(MetricsSum::of(*metrics).count_of(Meter::Event::log_line_lost), 3U);
}

TEST(Metrics, CountsInOneRowWhatItsTableHasNoRoomFor) {
  const auto metrics = metrics_of({});
  Meter& meter = metrics->of_executor(0);
  constexpr std::uint16_t kRoutes = 2 * Ledger::kRows;
  for (std::uint16_t route = 0; route < kRoutes; ++route) {
    meter.ended(exchange_of("/" + std::to_string(route), route, milliseconds{1}));
  }
  const MetricsSum sum = MetricsSum::of(*metrics);
  EXPECT_LE(sum.exchanges.size(), Ledger::kRows);
  EXPECT_GT(sum.exchanges.size(), Ledger::kRows / 2);
  EXPECT_EQ(sum.exchanges.size() + sum.other.count(), kRoutes);
  EXPECT_EQ(sum.all.request_count, kRoutes);
}

TEST(Metrics, CutsALongPattern) {
  const auto metrics = metrics_of({});
  metrics->of_executor(0).ended(exchange_of(std::string(1'000, 'x'), 0, milliseconds{1}));
  EXPECT_EQ(MetricsSum::of(*metrics).exchanges.at(0).route.size(), LedgerText::kBytes);
}

TEST(Metrics, TellsHowManyWaitInTheQueueAndHowLong) {
  const auto metrics = metrics_of({.executors = 2, .writers = Writers::many});
  Meter& loop = metrics->of_executor(0);
  Meter& worker = metrics->of_executor(1);
  EXPECT_FALSE(MetricsSum::of(*metrics).has_queue);
  for (int count = 0; count < 3; ++count) loop.queued();
  worker.dequeued(milliseconds{20});
  const MetricsSum sum = MetricsSum::of(*metrics);
  EXPECT_TRUE(sum.has_queue);
  EXPECT_EQ(sum.queue_depth, 2U);
  EXPECT_EQ(sum.queue_waits.counts.at(2), 1U);
}

TEST(Metrics, ShowsTheParentWhatAChildCounts) {
  const auto metrics = metrics_of({.executors = 2});
  const pid_t child = ::fork();
  if (child == 0) {
    metrics->of_executor(1).ended(exchange_of("/child", 0, milliseconds{1}));
    metrics->note_end();
    ::_exit(0);
  }
  ASSERT_TRUE(await_exit(child));
  const MetricsSum sum = MetricsSum::of(*metrics);
  ASSERT_EQ(sum.exchanges.size(), 1U);
  EXPECT_EQ(sum.exchanges[0].route, "/child");
  EXPECT_FALSE(metrics->is_ready());
}

// Several threads share a ledger while another one reads it: nothing is lost, no count ever falls,
// and no bucket exceeds the next.
TEST(Metrics, LosesNothingWhereManyWriteAndOneReads) {
  constexpr int kThreads = 4;
  constexpr int kExchanges = 5'000;
  const auto metrics = metrics_of({.executors = 1, .writers = Writers::many});
  std::vector<std::thread> threads;
  std::atomic<int> running{kThreads};
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      Meter& meter = metrics->of_executor(0);
      for (int count = 0; count < kExchanges; ++count) {
        const auto route = static_cast<std::uint16_t>(count % 5);
        meter.ended(exchange_of(std::string(1, static_cast<char>('a' + route)), route,
                                milliseconds{count % 20}));
        meter.count(Meter::Event::request_shed);
      }
      running.fetch_sub(1);
    });
  }
  std::uint64_t last = 0;
  while (running.load() > 0) {
    const MetricsSum sum = MetricsSum::of(*metrics);
    EXPECT_GE(sum.all.request_count, last);
    last = sum.all.request_count;
    for (const ExchangeSum& exchange : sum.exchanges) EXPECT_EQ(exchange.route.size(), 1U);
  }
  for (std::thread& thread : threads) thread.join();
  const MetricsSum sum = MetricsSum::of(*metrics);
  EXPECT_EQ(sum.all.request_count, std::uint64_t{kThreads} * kExchanges);
  EXPECT_EQ(sum.count_of(Meter::Event::request_shed), std::uint64_t{kThreads} * kExchanges);
  EXPECT_EQ(sum.exchanges.size(), 5U);
}

TEST(Prometheus, AddsUpTheBucketsOfAHistogram) {
  const auto metrics = metrics_of({});
  Meter& meter = metrics->of_executor(0);
  meter.ended(exchange_of("/a", 0, milliseconds{1}));
  meter.ended(exchange_of("/a", 0, milliseconds{30}));
  meter.ended(exchange_of("/a", 0, milliseconds{20'000}));
  const std::string text = prometheus_text(*metrics);
  const std::string labels =
      R"({http_request_method="GET",http_route="/a",http_response_status_code="200")";
  const std::string name = "http_server_request_duration_seconds";
  for (const char* line : {"_bucket|,le=\"0.005\"} 1\n", "_bucket|,le=\"0.025\"} 1\n",
                           "_bucket|,le=\"0.05\"} 2\n", "_bucket|,le=\"10\"} 2\n",
                           "_bucket|,le=\"+Inf\"} 3\n", "_sum|} 20.031000000\n", "_count|} 3\n"}) {
    const std::string text_of_line(line);
    const std::size_t bar = text_of_line.find('|');
    EXPECT_NE(text.find(name + text_of_line.substr(0, bar) + labels + text_of_line.substr(bar + 1)),
              std::string::npos)
        << line << '\n'
        << text;
  }
}

TEST(Prometheus, EscapesWhatALabelQuotes) {
  EXPECT_EQ(prometheus_label("a\\b\"c\nd"), R"(a\\b\"c\nd)");
}

TEST(Prometheus, SaysWhetherItIsReady) {
  const auto metrics = metrics_of({});
  EXPECT_NE(prometheus_text(*metrics).find("\nhpserver_ready 1\n"), std::string::npos);
  metrics->note_end();
  EXPECT_NE(prometheus_text(*metrics).find("\nhpserver_ready 0\n"), std::string::npos);
}

}  // namespace
}  // namespace hpserver
