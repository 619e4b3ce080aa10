#include "handlers/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace observability {
namespace {

// getrusage(2): the time in user space and in the kernel.
double cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// proc(5): the second number of statm is the resident set, in pages.
long resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  long total_pages = 0;
  long resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

}  // namespace

void metrics(hpserver::http::Request& /*request*/, hpserver::http::Response& response) {
  std::ostringstream text;
  text << "# TYPE process_cpu_seconds_total counter\n"
       << "process_cpu_seconds_total " << cpu_seconds() << '\n'
       << "# TYPE process_resident_memory_bytes gauge\n"
       << "process_resident_memory_bytes " << resident_bytes() << '\n';
  response.content_type("text/plain; version=0.0.4").send(text.str());
}

}  // namespace observability
