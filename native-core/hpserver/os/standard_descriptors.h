#pragma once

#include "hpserver/base/result.h"

namespace hpserver {

// Opens /dev/null for standard input, output and error where the program was started without them:
// else what it opens next takes their numbers, and whoever prints, prints into that. First of all
// in `main`. Errors: those of open(2). See: stdin(3).
Result<void> open_standard_descriptors();

}  // namespace hpserver
