#pragma once

#include <atomic>
#include <cctype>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "hpserver/connection/channel.h"
#include "hpserver/connection/service.h"

namespace hpserver::testing {

class LineService;

// A protocol of lines that uses every right of a session:
// "echo TEXT" answers TEXT; "big N" answers N bytes of 'x'; "close" answers "bye" and closes;
// "last" does the same, for a client that has promised to send nothing more;
// "later" pauses until the test resumes it; "shared N" and "file N" answer from shared memory and
// from the service's file; "abort" aborts;
// "become" lets an UpperSession take over; "fall" does the same, then throws.
class LineSession final : public Session {
 public:
  explicit LineSession(LineService& service) : service_(service) {}

  std::size_t on_input(std::string_view input, Channel& channel) override;
  void on_end_of_input(Channel& channel) override;
  void on_drained(Channel&) override { ++drained_count; }
  void on_timeout(Channel& channel) override { channel.write("timeout\n"); }
  void on_close() override;
  [[nodiscard]] Phase phase() const override { return phase_; }

  // Gives the answer that "later" waits for.
  void answer(Channel& channel, std::string_view text);

  int drained_count = 0;

 private:
  void run_line(std::string_view line, Channel& channel);

  LineService& service_;
  Phase phase_ = Phase::idle;
  bool ended_ = false;
};

// Another protocol: answers letters with capitals, each after the number of letters before it.
class UpperSession final : public Session {
 public:
  explicit UpperSession(LineService& service) : service_(service) {}
  ~UpperSession() override;

  std::size_t on_input(std::string_view input, Channel& channel) override;
  void on_end_of_input(Channel& channel) override { channel.write("."); }
  void on_drained(Channel&) override {}
  void on_timeout(Channel&) override {}
  void on_close() override;
  [[nodiscard]] Phase phase() const override { return Phase::idle; }

 private:
  LineService& service_;
  int count_ = 0;
};

class LineService final : public Service {
 public:
  Session* open() override;
  void close(Session& session) override;
  [[nodiscard]] std::string_view refusal() const override { return "full\n"; }
  void drain() override { draining = true; }
  std::unique_ptr<StreamFilter> make_filter() override { return filter ? filter() : nullptr; }

  // Creates a filter for each connection; null: no filter.
  std::function<std::unique_ptr<StreamFilter>()> filter;
  std::shared_ptr<const SharedFile> file;

  std::vector<LineSession*> sessions;
  // Connections that wait after "later".
  std::vector<Token> waiting;
  int closed_count = 0;
  std::atomic<int> upper_closed_count{0};
  std::atomic<int> upper_ended_count{0};
  std::atomic<bool> draining{false};
};

inline std::size_t LineSession::on_input(std::string_view input, Channel& channel) {
  std::size_t consumed = 0;
  while (phase_ != Phase::respond && !ended_ && !channel.congested()) {
    const std::size_t end = input.find('\n', consumed);
    if (end == std::string_view::npos) {
      phase_ = consumed < input.size() ? Phase::head : Phase::idle;
      break;
    }
    phase_ = Phase::idle;
    run_line(input.substr(consumed, end - consumed), channel);
    consumed = end + 1;
  }
  return consumed;
}

inline void LineSession::run_line(std::string_view line, Channel& channel) {
  if (line.starts_with("echo ")) {
    channel.write(line.substr(5));
    channel.write("\n");
  } else if (line.starts_with("big ")) {
    const std::string bytes(std::stoul(std::string(line.substr(4))), 'x');
    channel.write(bytes);
  } else if (line.starts_with("shared ")) {
    // Shared on purpose: that is what is tested.
    auto bytes = std::make_shared<std::string>(std::stoul(std::string(line.substr(7))), 's');
    const std::string_view view = *bytes;
    channel.write_shared(std::move(bytes), view);
  } else if (line.starts_with("file ")) {
    channel.write_file(service_.file, 0, std::stoul(std::string(line.substr(5))));
  } else if (line == "later") {
    phase_ = Phase::respond;
    channel.pause_input();
    service_.waiting.push_back(channel.token());
  } else if (line == "become") {
    channel.become(std::make_unique<UpperSession>(service_));
    ended_ = true;  // this session has done its part
  } else if (line == "fall") {
    channel.become(std::make_unique<UpperSession>(service_));
    throw std::runtime_error("fallen");
  } else if (line == "abort") {
    channel.abort();
  } else {
    if (line == "last") channel.expect_nothing_more();
    channel.write("bye\n");
    ended_ = true;
  }
  if (service_.draining) ended_ = true;
  if (ended_ && line != "become") channel.close_after_output();
}

inline void LineSession::on_end_of_input(Channel& channel) {
  channel.write("cut off\n");
}

inline void LineSession::on_close() {
  ++service_.closed_count;
}

inline void LineSession::answer(Channel& channel, std::string_view text) {
  channel.write(text);
  phase_ = Phase::idle;
  channel.resume_input();
}

inline UpperSession::~UpperSession() {
  ++service_.upper_ended_count;
}

inline std::size_t UpperSession::on_input(std::string_view input, Channel& channel) {
  for (const char letter : input) {
    channel.write(std::to_string(count_++));
    channel.write(std::string(1, static_cast<char>(std::toupper(letter))));
  }
  return input.size();
}

inline void UpperSession::on_close() {
  ++service_.upper_closed_count;
}

inline Session* LineService::open() {
  sessions.push_back(std::make_unique<LineSession>(*this).release());
  return sessions.back();
}

inline void LineService::close(Session& session) {
  const std::unique_ptr<LineSession> ended(static_cast<LineSession*>(&session));
  std::erase(sessions, ended.get());
}

}  // namespace hpserver::testing
