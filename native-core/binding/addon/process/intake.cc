#include "addon/process/intake.h"

#include <cerrno>
#include <utility>

#include "hpserver/socket/fd_passing.h"

namespace hpserver::binding {

namespace {

// Connections taken per turn; more would let a flood starve open connections.
constexpr std::size_t kMaxPerTurn = 128;

}  // namespace

Result<std::unique_ptr<Intake>> Intake::create(Loop& loop, Fd socket,
                                               std::atomic<std::uint64_t>& received_count) {
  std::unique_ptr<Intake> intake(new Intake(loop, std::move(socket), received_count));
  const auto watched = intake->watch_.want(intake->socket_.get(), {.readable = true});
  if (!watched) return watched.error();
  return intake;
}

Intake::Intake(Loop& loop, Fd socket, std::atomic<std::uint64_t>& received_count)
    : loop_(loop),
      socket_(std::move(socket)),
      received_count_(received_count),
      watch_(loop.event_loop(), *this) {}

void Intake::on_ready(Ready) {
  // The parent has exited, which Node's own channel reports as well.
  if (!take(kMaxPerTurn)) watch_.stop();
}

void Intake::close() {
  static_cast<void>(take(SIZE_MAX));
  watch_.stop();
}

bool Intake::take(std::size_t max_count) {
  for (std::size_t count = 0; count < max_count; ++count) {
    auto conn_fd = receive_fd(socket_.get());
    if (conn_fd && !conn_fd->valid()) return false;
    if (!conn_fd && would_block(conn_fd.error())) return true;
    // Only this connection was lost on its way, for lack of a descriptor; other errors may last.
    if (!conn_fd && conn_fd.error().code != EBADMSG) return true;
    received_count_.fetch_add(1);
    if (conn_fd) loop_.connections().adopt(std::move(*conn_fd));
  }
  return true;
}

}  // namespace hpserver::binding
