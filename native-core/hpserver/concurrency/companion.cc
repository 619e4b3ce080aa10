#include "hpserver/concurrency/companion.h"

#include "hpserver/event/notices.h"

namespace hpserver {

void Companion::run_beside(EventLoop& main) {
  main.post([this, &main] {
    const auto running = run_on_thread();
    if (running) return;
    main.notices().note(Notices::Kind::exhausted,
                        {"the admin listener could not start: ", running.error().message()});
  });
}

}  // namespace hpserver
