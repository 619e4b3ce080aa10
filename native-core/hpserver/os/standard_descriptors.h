#pragma once

#include "hpserver/base/result.h"

namespace hpserver {

// Opens /dev/null for standard input, output and error if the program was started without them:
// otherwise the next files opened would take their numbers, and output would go into those files.
// Call it first in `main`. Errors: those of open(2). See: stdin(3).
Result<void> open_standard_descriptors();

}  // namespace hpserver
