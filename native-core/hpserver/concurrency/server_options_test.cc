#include "hpserver/concurrency/server_options.h"

#include <gtest/gtest.h>

#include "hpserver/os/limits.h"

namespace hpserver {
namespace {

// Checklist 59.
TEST(Warnings, TellOfMoreLoopsThanCores) {
  ServerOptions options;
  options.workers = usable_core_count();
  EXPECT_TRUE(warnings_of(options).empty());
  ++options.workers;
  const auto warnings = warnings_of(options);
  ASSERT_EQ(warnings.size(), 1U);
  const auto loops = std::to_string(options.workers) + " loops, ";
  const auto cores = std::to_string(usable_core_count()) + " core";
  EXPECT_NE(warnings[0].find(loops + cores), std::string::npos) << warnings[0];
}

// Checklist 7.
TEST(Warnings, TellOfACutBacklog) {
  ServerOptions options;
  options.listen_options.backlog = *listen_backlog_limit() + 1;
  const auto warnings = warnings_of(options);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("somaxconn"), std::string::npos);
}

}  // namespace
}  // namespace hpserver
