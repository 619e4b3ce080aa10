#include "hpserver/daemon/predecessor.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hpserver/base/whole_number.h"
#include "hpserver/daemon/handover_words.h"
#include "hpserver/os/environment.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/syscall.h"
#include "hpserver/socket/inherited_listeners.h"
#include "hpserver/socket/listen.h"

namespace hpserver {
namespace {

// How many descriptors to try if there is no /proc. Servers listen before they have clients, so
// listening sockets have low numbers.
constexpr int kMostDescriptors = 4096;

std::vector<int> open_descriptors() {
  std::vector<int> numbers;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc/self/fd"), ::closedir);
  if (folder == nullptr) {
    for (int number = 0; number < kMostDescriptors; ++number) numbers.push_back(number);
    return numbers;
  }
  while (const dirent* const entry = ::readdir(folder.get())) {
    if (const auto number = whole_number<int>(entry->d_name)) numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

// "7,8,9"
std::optional<std::vector<int>> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const auto number = whole_number<int>(text.substr(0, end));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return numbers;
}

}  // namespace

std::vector<int> listening_descriptors() {
  std::vector<int> found;
  std::vector<ino_t> sockets;
  for (const int number : open_descriptors()) {
    struct stat status{};
    if (!check_listening(number) || ::fstat(number, &status) == -1) continue;
    if (std::ranges::find(sockets, status.st_ino) != sockets.end()) continue;
    sockets.push_back(status.st_ino);
    found.push_back(number);
  }
  return found;
}

void leave_socket_files_to(pid_t owner) {
  for (const int number : listening_descriptors()) leave_socket_file_to(owner, number);
}

bool Predecessor::is_there() {
  return environment_variable(kHandoverVariable).has_value();
}

Result<std::optional<Predecessor>> Predecessor::take() {
  const auto text = environment_variable(kHandoverVariable);
  forget_variable(kHandoverVariable);
  if (!text) return std::optional<Predecessor>();
  const auto numbers = numbers_in(*text);
  if (!numbers || numbers->size() < kHandoverHead) return Error{EINVAL, kHandoverVariable};
  const auto [id, ready, pid_file] = std::array{numbers->at(0), numbers->at(1), numbers->at(2)};
  // The variable is meant for the child, not for the child's own children.
  if (id != ::getppid()) return std::optional<Predecessor>();
  Fd ready_fd{ready};
  const auto closes = set_close_on_exec(ready, true);
  if (!closes) return closes.error();
  std::vector<Fd> listen_fds;
  for (auto it = numbers->begin() + kHandoverHead; it != numbers->end(); ++it) {
    listen_fds.emplace_back(*it);
    const auto own = set_close_on_exec(*it, true);
    if (!own) return own.error();
  }
  const auto inherited = inherit_listeners(std::move(listen_fds));
  if (!inherited) return inherited.error();
  return std::optional<Predecessor>(Predecessor(id, pid_file, std::move(ready_fd)));
}

void Predecessor::tell_ready() const {
  close_unclaimed_listeners();
  retry_on_eintr([this] { return ::write(ready_fd_.get(), &kReadyWord, sizeof kReadyWord); });
}

}  // namespace hpserver
