#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hpserver/metrics/metrics_sum.h"
#include "hpserver/protocol/admin/server_facts.h"

namespace hpserver::admin {

// The number of things that have passed one of the five steps.
struct StepView {
  StepFacts facts;
  std::uint64_t count = 0;
  std::string unit;  // "connections"
};

// The exchanges of one method, route and status.
struct RouteView {
  std::string method;
  std::string route;  // empty: none
  std::uint16_t status = 0;
  std::uint64_t count = 0;
  double mean_ms = 0;
  // 99 % took at most this long; 0 if that is in the last bucket, which has no upper bound.
  double within_ms = 0;
};

// A number with its name in JSON and its description for people.
struct NamedCount {
  const char* key;
  const char* words;
  std::uint64_t count;
};

// What a status shows, in any format.
struct StatusView {
  static StatusView of(const ServerFacts& facts, const Metrics& metrics);

  ServerFacts facts;
  std::int64_t started = 0;  // seconds since 1970
  std::int64_t uptime_seconds = 0;
  bool is_ready = true;
  std::uint64_t request_count = 0;
  std::uint64_t open_count = 0;
  std::vector<StepView> steps = {};
  std::vector<NamedCount> connections = {};  // by what they are waiting for
  std::vector<NamedCount> events = {};       // failures and refusals
  std::vector<RouteView> routes = {};        // the slowest first
  std::vector<ExecutorSum> executors = {};
  bool has_queue = false;
  std::uint64_t queue_depth = 0;
  double queue_wait_ms = 0;  // on average
};

}  // namespace hpserver::admin
