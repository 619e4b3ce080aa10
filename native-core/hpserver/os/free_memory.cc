#include "hpserver/os/free_memory.h"

#include <malloc.h>

namespace hpserver {

void return_free_memory() noexcept {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace hpserver
