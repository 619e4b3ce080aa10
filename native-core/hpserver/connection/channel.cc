#include "hpserver/connection/channel.h"

#include <cassert>
#include <new>
#include <utility>

#include "hpserver/connection/connection.h"
#include "hpserver/connection/connection_set.h"

namespace hpserver {

void Channel::write(std::string_view bytes) {
  if (connection_.broken_) return;
  if (!connection_.output_.append(workspace_, bytes)) connection_.break_off();
}

char* Channel::reserve(std::size_t size_bytes) {
  if (!connection_.broken_) {
    char* const room = connection_.output_.reserve(workspace_, size_bytes);
    if (room != nullptr) return room;
    connection_.break_off();
  }
  return workspace_.discarded->data();
}

void Channel::commit(std::size_t size_bytes) {
  if (!connection_.broken_) connection_.output_.commit(workspace_, size_bytes);
}

void Channel::write_shared(std::shared_ptr<const void> owner, std::string_view bytes) {
  connection_.output_.append_shared(workspace_, std::move(owner), bytes);
}

void Channel::write_file(std::shared_ptr<const SharedFile> file, off_t offset,
                         std::uint64_t length_bytes) {
  connection_.output_.append_file(workspace_, std::move(file), offset, length_bytes);
}

bool Channel::overfull() const noexcept {
  return connection_.output_.unsent_bytes() > workspace_.output_limits.max_unsent_bytes;
}

bool Channel::congested() const noexcept {
  return connection_.broken_ || !connection_.output_.light(workspace_);
}

void Channel::pause_input() noexcept {
  connection_.input_paused_ = true;
}

void Channel::resume_input() noexcept {
  if (!connection_.input_paused_) return;
  connection_.input_paused_ = false;
  connection_.unprocessed_ = !connection_.input_.empty();
}

void Channel::yield() noexcept {
  connection_.yields_ = true;
}

void Channel::close_after_output() noexcept {
  connection_.closing_ = true;
}

void Channel::expect_nothing_more() noexcept {
  connection_.said_all_ = true;
}

void Channel::abort() noexcept {
  connection_.broken_ = true;
}

void Channel::become(std::unique_ptr<Session> next) noexcept {
  workspace_.successor = std::move(next);
}

ConnectionSet& Channel::connections() const noexcept {
  return connection_.set_;
}

Service& Channel::service() const noexcept {
  return connection_.service_of(workspace_.service);
}

Token Channel::token() const noexcept {
  return connection_.token_;
}

MemoryBudget* Channel::memory_budget() const noexcept {
  return workspace_.output_limits.budget.get();
}

Meter* Channel::meter() const noexcept {
  return workspace_.meter;
}

CallMark& Channel::call_mark() const noexcept {
  return workspace_.mark;
}

bool Channel::is_late() const noexcept {
  return workspace_.is_late;
}

Deadline Channel::now() const noexcept {
  return workspace_.now;
}

// If there is no memory to keep the address, the kernel is asked again next time.
Result<Address> Channel::peer() const {
  if (connection_.peer_ != nullptr) return *connection_.peer_;
  auto peer = Address::peer_of(connection_.fd());
  if (peer) connection_.peer_.reset(new (std::nothrow) Address(*peer));
  return peer;
}

int Channel::fd() const noexcept {
  return connection_.fd_.get();
}

}  // namespace hpserver
