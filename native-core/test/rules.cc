#include "test/rules.h"

#include <gtest/gtest.h>

namespace hpserver::testing {

void rule_broken(std::string_view rule) {
  ADD_FAILURE() << "broken: " << rule;
}

}  // namespace hpserver::testing
