#pragma once

#include <string>
#include <string_view>

#include "hpserver/metrics/metrics_sum.h"

namespace hpserver {

// Formats the metrics for Prometheus, version 0.0.4 of its text format; HTTP durations use
// OpenTelemetry's names and buckets. Allocates; any thread.
// See: prometheus.io/docs/instrumenting/exposition_formats.
[[nodiscard]] std::string prometheus_text(const Metrics& metrics);

inline constexpr std::string_view kPrometheusType = "text/plain; version=0.0.4; charset=utf-8";

// Escapes a label's value: backslashes, quotes and line breaks.
[[nodiscard]] std::string prometheus_label(std::string_view value);

}  // namespace hpserver
