#include "hpserver/os/uring_ring.h"

#include <fcntl.h>
#include <liburing.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/shortage.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

// SUBMIT_ALL: one bad request must not hold up the requests behind it. TASKRUN_FLAG: `remind`
// checks it.
constexpr unsigned kSetupFlags = IORING_SETUP_CQSIZE | IORING_SETUP_R_DISABLED |
                                 IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER |
                                 IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG;

__kernel_timespec to_timespec(std::chrono::milliseconds timeout) noexcept {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(timeout);
  return {.tv_sec = seconds.count(),
          .tv_nsec = std::chrono::nanoseconds(timeout - seconds).count()};
}

std::string sysctl_value(const char* path) {
  const Fd file{::open(path, O_RDONLY | O_CLOEXEC)};
  if (!file) return {};
  std::array<char, 32> text{};
  const auto size = retry_on_eintr([&] { return ::read(file.get(), text.data(), text.size()); });
  std::string value(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!value.empty() && value.back() == '\n') value.pop_back();
  return value;
}

std::string permission_hint() {
  const std::string disabled = sysctl_value("/proc/sys/kernel/io_uring_disabled");
  if (disabled == "2") {
    return "the sysctl kernel.io_uring_disabled = 2 forbids it: run "
           "sysctl -w kernel.io_uring_disabled=0, or choose epoll";
  }
  if (disabled == "1") {
    std::string hint("the sysctl kernel.io_uring_disabled = 1 allows it only with CAP_SYS_ADMIN ");
    hint.append("or in the group kernel.io_uring_group (now ")
        .append(sysctl_value("/proc/sys/kernel/io_uring_group"))
        .append("): set that to this user's group, set kernel.io_uring_disabled=0, or choose ")
        .append("epoll");
    return hint;
  }
  return "a seccomp filter forbids it, as containers' default filters do: allow "
         "io_uring_setup, "
         "io_uring_enter and io_uring_register there, or choose epoll";
}

std::string hint_for(int code) {
  switch (code) {
    case ENOSYS:
      return "the kernel is built without it, or a container's seccomp filter hides it: allow "
             "io_uring_setup, io_uring_enter and io_uring_register there, or choose epoll";
    case EPERM:
    case EACCES:
      return permission_hint();
    case EINVAL:
      return "the kernel is older than Linux 6.1 (see uname -r): update it, or choose epoll";
    case ENOMEM:
      return "too little memory may be locked for it: raise RLIMIT_MEMLOCK (ulimit -l) or the "
             "container's memory limit, or run fewer loops";
    case EMFILE:
      return "too many descriptors are open: raise RLIMIT_NOFILE (ulimit -n)";
    default:
      return {};
  }
}

}  // namespace

struct UringRing::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { io_uring_queue_exit(&ring); }

  io_uring ring{};
  // Requests that the kernel hasn't taken because the ring isn't enabled yet or its completions
  // overflow. Bounded by its callers: a few requests per descriptor.
  std::deque<io_uring_sqe> spilled;
  std::thread::id owner;  // no thread yet: not enabled
  std::optional<EventFd> bell;
};

UringRing::UringRing(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
UringRing::UringRing(UringRing&&) noexcept = default;
UringRing& UringRing::operator=(UringRing&&) noexcept = default;
UringRing::~UringRing() = default;

Result<UringRing> UringRing::create() {
  io_uring_params params{};
  params.flags = kSetupFlags;
  params.cq_entries = kCompletions;
  io_uring ring{};
  const int set_up = io_uring_queue_init_params(kSubmissions, &ring, &params);
  if (set_up < 0) return Error{-set_up, "io_uring_setup"};
  auto state = std::make_unique<State>();
  state->ring = ring;
  return UringRing{std::move(state)};
}

io_uring_sqe& UringRing::next_request() {
  if (state_->spilled.empty()) {
    if (io_uring_sqe* const request = io_uring_get_sqe(&state_->ring)) return *request;
    if (state_->owner == std::this_thread::get_id()) submit();
    if (io_uring_sqe* const request = io_uring_get_sqe(&state_->ring)) return *request;
  }
  return state_->spilled.emplace_back();
}

void UringRing::set_tag(io_uring_sqe& request, Token tag) noexcept {
  request.user_data = tag.packed();
}

// Called directly: the shared library of liburing 2.3 declares io_uring_enable_rings, but doesn't
// export it.
void UringRing::enable() {
  if (state_->owner != std::thread::id{}) return;
  state_->owner = std::this_thread::get_id();
  ::syscall(SYS_io_uring_register, state_->ring.ring_fd, IORING_REGISTER_ENABLE_RINGS, nullptr, 0);
}

// Returns the kernel's last result: negative if it can't take more now.
int UringRing::hand_over_spilled() {
  io_uring& ring = state_->ring;
  std::deque<io_uring_sqe>& spilled = state_->spilled;
  int submitted = 0;
  while (!spilled.empty() && submitted >= 0) {
    while (io_uring_sqe* const request = spilled.empty() ? nullptr : io_uring_get_sqe(&ring)) {
      *request = spilled.front();
      spilled.pop_front();
    }
    if (!spilled.empty()) submitted = io_uring_submit(&ring);
  }
  return submitted;
}

void UringRing::submit() {
  enable();
  if (hand_over_spilled() < 0) return;
  // EBUSY and EAGAIN: the requests stay queued until the next call.
  io_uring_submit(&state_->ring);
}

Result<bool> UringRing::wait(std::chrono::milliseconds timeout) {
  enable();
  // Clears the bell before checking: a later completion rings it again.
  if (state_->bell) static_cast<void>(state_->bell->take());
  hand_over_spilled();
  __kernel_timespec native = to_timespec(timeout);
  io_uring_cqe* first = nullptr;
  const int waited = io_uring_submit_and_wait_timeout(
      &state_->ring, &first, 1, timeout.count() < 0 ? nullptr : &native, nullptr);
  if (waited >= 0 || io_uring_cq_ready(&state_->ring) > 0) return true;
  if (waited == -ETIME || waited == -EINTR) return false;
  if (is_shortage(-waited)) {  // The requests stay queued.
    sit_out_shortage(timeout);
    return io_uring_cq_ready(&state_->ring) > 0;
  }
  return Error{-waited, "io_uring_enter"};
}

bool UringRing::take(UringCompletion& completion) noexcept {
  io_uring* const ring = &state_->ring;
  if (io_uring_cq_ready(ring) == 0) return false;
  const io_uring_cqe& oldest = ring->cq.cqes[*ring->cq.khead & ring->cq.ring_mask];
  completion = {Token::unpacked(oldest.user_data), oldest.res, oldest.flags};
  io_uring_cq_advance(ring, 1);
  return true;
}

void UringRing::remind() noexcept {
  if (!state_->bell) return;
  constexpr unsigned kMore = IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW;
  const unsigned flags = std::atomic_ref(*state_->ring.sq.kflags).load(std::memory_order_relaxed);
  if ((flags & kMore) == 0 && io_uring_cq_ready(&state_->ring) == 0) return;
  static_cast<void>(state_->bell->add());
}

int UringRing::bell_fd() const noexcept {
  if (!state_->bell) {
    auto bell = EventFd::create();
    if (!bell || io_uring_register_eventfd(&state_->ring, bell->fd()) < 0) return -1;
    // The bell didn't ring for completions that were already there.
    static_cast<void>(bell->add());
    state_->bell.emplace(std::move(*bell));
  }
  return state_->bell->fd();
}

bool UringRing::has_feature(std::uint32_t feature) const noexcept {
  return (state_->ring.features & feature) != 0;
}

bool UringRing::is_mine() const noexcept {
  return state_->owner == std::this_thread::get_id();
}

io_uring& UringRing::native() noexcept {
  return state_->ring;
}

std::string explain_uring_error(const Error& error) {
  std::string text("cannot use io_uring: ");
  text.append(error.message());
  const std::string hint = hint_for(error.code);
  if (!hint.empty()) text.append(": ").append(hint);
  return text;
}

}  // namespace hpserver
