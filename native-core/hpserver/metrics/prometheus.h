#pragma once

#include <string>
#include <string_view>

#include "hpserver/metrics/metrics_sum.h"

namespace hpserver {

// The text by which Prometheus scrapes a server, version 0.0.4; names and buckets of HTTP's
// durations are OpenTelemetry's. Allocates; any thread.
// See: prometheus.io/docs/instrumenting/exposition_formats.
[[nodiscard]] std::string prometheus_text(const Metrics& metrics);

inline constexpr std::string_view kPrometheusType = "text/plain; version=0.0.4; charset=utf-8";

// As it stands between quotes: backslashes, quotes and ends of lines escaped.
[[nodiscard]] std::string prometheus_label(std::string_view value);

}  // namespace hpserver
