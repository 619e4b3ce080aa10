#include "hpserver/event/notices.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/meter.h"

namespace hpserver {

namespace {

bool is_control(char byte) noexcept {
  return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
}

// Counts what is logged, except refused clients, which are counted where they are refused.
void count(Meter& meter, Notices::Kind kind) noexcept {
  switch (kind) {
    case Notices::Kind::refused_peer:
      return meter.count(Meter::Event::address_refused);
    case Notices::Kind::refused_proxy:
      return meter.count(Meter::Event::proxy_refused);
    case Notices::Kind::shed:
      return meter.count(Meter::Event::request_shed);
    case Notices::Kind::exhausted:
      return meter.count(Meter::Event::accept_paused);
    case Notices::Kind::exception:
      return meter.count(Meter::Event::exception_caught);
    case Notices::Kind::no_memory:
      return meter.count(Meter::Event::memory_refused);
    case Notices::Kind::overdue:
      return meter.count(Meter::Event::handler_overdue);
    default:
      return;
  }
}

}  // namespace

Notices::Notices(EventLoop& loop) : loop_(loop), period_([this] { end_period(); }) {}

Notices::~Notices() {
  end_period();
}

void Notices::tell_to(Tell tell) {
  tell_ = std::move(tell);
}

void Notices::note(Kind kind, std::initializer_list<std::string_view> parts) noexcept {
  if (Meter* const meter = loop_.meter()) count(*meter, kind);
  if (!tell_) return;
  try {
    std::string line;
    for (const std::string_view part : parts) line.append(part);
    std::replace_if(line.begin(), line.end(), is_control, ' ');
    add(kind, std::move(line));
  } catch (const std::exception&) {
    // Neither a lack of memory nor a failing log may affect the client.
  }
}

void Notices::add(Kind kind, std::string line) {
  const std::lock_guard lock(mutex_);
  Counted& counted = counted_[static_cast<std::size_t>(kind)];
  if (counted.within_period) {
    ++counted.count;
    counted.last = std::move(line);
    return;
  }
  counted.within_period = true;
  if (!std::exchange(period_runs_, true)) {
    loop_.post([this] { loop_.schedule(period_, loop_.now() + kPeriod); });
  }
  tell_(line);
}

// A kind with counted notices begins a new period; for any other, the next notice is logged at
// once.
void Notices::end_period() {
  const std::lock_guard lock(mutex_);
  period_runs_ = false;
  for (Counted& counted : counted_) {
    const std::size_t count = std::exchange(counted.count, 0);
    counted.within_period = count > 0;
    if (count == 0) continue;
    period_runs_ = true;
    try {
      tell_(counted.last + " (" + std::to_string(count) + " more within a second)");
    } catch (const std::exception&) {
      // As above, the notice is dropped.
    }
  }
  if (period_runs_) loop_.schedule(period_, loop_.now() + kPeriod);
}

}  // namespace hpserver
