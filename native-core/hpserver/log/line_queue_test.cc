#include "hpserver/log/line_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hpserver/log/record_output.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::await;
using testing::must;

// The output, which outlives the queue.
struct Written {
  std::mutex mutex;
  std::string text;
  // The writer waits for this gate, if it is set.
  std::shared_future<void> gate;
  std::atomic<bool> is_waiting{false};

  [[nodiscard]] std::string now() {
    const std::lock_guard lock(mutex);
    return text;
  }
};

class Recorder final : public LineOutput {
 public:
  explicit Recorder(Written& written) : written_(written) {}
  void write(std::string_view lines) override {
    if (written_.gate.valid()) {
      written_.is_waiting = true;
      written_.gate.wait();
    }
    const std::lock_guard lock(written_.mutex);
    written_.text.append(lines);
  }

 private:
  Written& written_;
};

TEST(LineQueue, WritesAtOnceWithoutAThread) {
  Written written;
  LineQueue queue(std::make_unique<Recorder>(written), [](auto) { FAIL(); });
  queue.push("one\n");
  EXPECT_EQ(written.now(), "one\n");
}

TEST(LineQueue, WritesAFewLinesAfterAWhileAndTheRestAtItsEnd) {
  Written written;
  {
    LineQueue queue(std::make_unique<Recorder>(written), [](auto) { FAIL(); });
    must(queue.start("lines"));
    queue.push("one\n");
    queue.push("two\n");
    await([&] { return written.now() == "one\ntwo\n"; });
    queue.push("three\n");
  }
  EXPECT_EQ(written.now(), "one\ntwo\nthree\n");
}

TEST(LineQueue, LosesWhatWouldWaitBeyondItsLimitAndSaysHowMuch) {
  std::promise<void> opened;
  Written written;
  written.gate = opened.get_future().share();
  std::atomic<std::uint64_t> told_count{0};
  const std::string line = std::string(1023, 'x') + '\n';
  constexpr std::size_t kFits = LineQueue::kMaxBytes / 1024;
  {
    LineQueue queue(std::make_unique<Recorder>(written), [&](auto count) { told_count += count; });
    must(queue.start("lines"));
    queue.push("first\n");
    await([&] { return written.is_waiting.load(); });
    for (std::size_t count = 0; count < kFits + 7; ++count) queue.push(line);
    opened.set_value();
  }
  EXPECT_EQ(told_count, 7);
  EXPECT_EQ(written.text.size(), 6 + kFits * line.size());
}

TEST(LineQueue, KeepsTheLinesOfManyThreadsWhole) {
  constexpr int kThreads = 4;
  constexpr int kLines = 2000;
  Written written;
  {
    LineQueue queue(std::make_unique<Recorder>(written), [](auto) { FAIL(); });
    must(queue.start("lines"));
    std::vector<std::thread> writers;
    for (int index = 0; index < kThreads; ++index) {
      writers.emplace_back([&queue, line = std::string(40, static_cast<char>('a' + index)) + '\n'] {
        for (int count = 0; count < kLines; ++count) queue.push(line);
      });
    }
    for (std::thread& writer : writers) writer.join();
  }
  int whole_count = 0;
  for_each_line(written.text, [&](std::string_view line) {
    const bool is_whole = line.size() == 40 && line.find_first_not_of(line[0]) == line.npos;
    whole_count += is_whole ? 1 : 0;
  });
  EXPECT_EQ(whole_count, kThreads * kLines);
}

TEST(RecordOutput, MakesARecordOfEachLine) {
  class Sink final : public LogSink {
   public:
    void write(const LogRecord& record) override { texts.emplace_back(record.text); }
    [[nodiscard]] std::uint64_t lost_count() const override { return 0; }
    std::vector<std::string> texts;
  };
  const auto sink = std::make_shared<Sink>();
  RecordOutput(sink).write("one\n\nthree\n");
  EXPECT_EQ(sink->texts, (std::vector<std::string>{"one", "", "three"}));
}

}  // namespace
}  // namespace hpserver
