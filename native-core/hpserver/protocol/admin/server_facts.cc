#include "hpserver/protocol/admin/server_facts.h"

#include <sys/resource.h>
#include <unistd.h>

namespace hpserver::admin {

void ServerFacts::look_at_process() {
  pid = ::getpid();
  user_id = ::getuid();
  effective_user_id = ::geteuid();
  group_id = ::getgid();
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) max_descriptors = limit.rlim_cur;
}

}  // namespace hpserver::admin
