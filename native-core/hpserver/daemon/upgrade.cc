#include "hpserver/daemon/upgrade.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <utility>

#include "hpserver/daemon/handover_words.h"
#include "hpserver/daemon/predecessor.h"
#include "hpserver/os/environment.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/reap.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
namespace {

constexpr int kNews = SIGALRM;

std::string seconds(std::chrono::milliseconds time) {
  const auto tenths = time.count() / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

// Sends a signal when there is something to read, or when the last writer has closed. See:
// fcntl(2), F_SETSIG.
Result<void> send_signal_for(int fd) {
  if (::fcntl(fd, F_SETOWN, ::getpid()) == -1 || ::fcntl(fd, F_SETSIG, kNews) == -1) {
    return last_error("fcntl");
  }
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags == -1 || ::fcntl(fd, F_SETFL, flags | O_ASYNC | O_NONBLOCK) == -1) {
    return last_error("fcntl");
  }
  return {};
}

std::string words_for(const ChildExit& exit) {
  return exit.killed ? "was killed by signal " + std::to_string(exit.status)
                     : "exited with status " + std::to_string(exit.status);
}

}  // namespace

Upgrade::Upgrade(Options options) : options_(std::move(options)) {}

Upgrade::~Upgrade() {
  if (state_ == State::starting) ::kill(id_, SIGKILL);
  if (timer_) ::timer_delete(*timer_);
}

void Upgrade::begin() {
  look_after_leaving();
  if (state_ != State::alone || leaving_) {
    return tell("upgrade: " + successor() + " is still running: try again once it has stopped",
                true);
  }
  Fd ready_fd;
  const auto started = start(ready_fd);
  if (!started) {
    return tell("upgrade: " + options_.program.path + " can't be started: " +
                    started.error().message() + ": this process keeps serving",
                true);
  }
  id_ = *started;
  ready_fd_ = std::move(ready_fd);
  state_ = State::starting;
  in_haste_ = false;
  tell("upgrade: " + successor() + " is starting");
  wake_at(Clock::now() + options_.patience);
}

Result<pid_t> Upgrade::start(Fd& ready_fd) const {
  auto pipe = create_pipe({.nonblocking = false});
  if (!pipe) return pipe.error();
  const auto asynchronous = send_signal_for(pipe->read_end.get());
  if (!asynchronous) return asynchronous.error();
  Program program = options_.program;
  const int pid_file_fd = options_.pid_file_fd();
  std::string words = std::string(kHandoverVariable) + "=" + std::to_string(::getpid()) + "," +
                      std::to_string(pipe->write_end.get()) + "," + std::to_string(pid_file_fd);
  program.kept = {pipe->write_end.get()};
  if (pid_file_fd != -1) program.kept.push_back(pid_file_fd);
  for (const int listen_fd : listening_descriptors()) {
    words += "," + std::to_string(listen_fd);
    program.kept.push_back(listen_fd);
  }
  program.environment.push_back(std::move(words));
  // The service manager's watchdog must watch the successor.
  std::erase_if(program.environment,
                [](const std::string& variable) { return variable.starts_with("WATCHDOG_PID="); });
  auto started = spawn(program);
  if (started) ready_fd = std::move(pipe->read_end);
  return started;
}

void Upgrade::look() {
  look_after_leaving();
  switch (state_) {
    case State::alone:
    case State::replaced:
      return;
    case State::starting:
    case State::overlapping:
      break;
  }
  const Word word = listen();
  if (word == Word::end) {
    const auto exit = await_exit(id_);
    tell("upgrade: " + successor() + " " + (exit ? words_for(*exit) : "has exited") +
             ": this process keeps serving",
         true);
    return be_alone(0);
  }
  if (word == Word::ready && state_ == State::starting) {
    overlap();
    // The successor may have ended since: two signals merge if the first hasn't been handled.
    return look();
  }
  if (Clock::now() < deadline_) return;
  if (state_ == State::overlapping) return drain();
  tell("upgrade: " + successor() + " did not start serving within " + seconds(options_.patience) +
           " and is killed: this process keeps serving",
       true);
  be_alone(SIGKILL);
}

void Upgrade::overlap() {
  state_ = State::overlapping;
  become_main(id_);
  if (in_haste_ || options_.overlap.count() == 0) return drain();
  tell("upgrade: " + successor() + " is serving; this process stops in " +
       seconds(options_.overlap) + ", unless SIGHUP cancels the upgrade");
  wake_at(Clock::now() + options_.overlap);
}

// From now on, process `id` owns what belongs to the server. Only the predecessor decides this,
// since it may undo it.
void Upgrade::become_main(pid_t id) const {
  leave_socket_files_to(id);
  if (options_.on_main_process) options_.on_main_process(id);
}

void Upgrade::drain() {
  state_ = State::replaced;
  tell("upgrade: " + successor() + " has taken over");
  options_.drain();
}

void Upgrade::finish() {
  in_haste_ = true;
  if (state_ == State::overlapping) drain();
}

void Upgrade::take_back() {
  if (state_ != State::starting && state_ != State::overlapping) return;
  tell("upgrade: cancelled: " + successor() + " is told to stop, this process keeps serving");
  be_alone(SIGTERM);
}

void Upgrade::be_alone(int number) {
  // Before the successor drains, so it leaves the files to this process.
  if (state_ == State::overlapping) become_main(::getpid());
  state_ = State::alone;
  if (number == 0) {
    ready_fd_.reset();
  } else {
    ::kill(id_, number);
    leaving_ = id_;
    look_after_leaving();
  }
}

// The leaving successor's pipe closes when it exits, which raises a signal.
void Upgrade::look_after_leaving() {
  if (!leaving_) return;
  const auto exit = reap_child(*leaving_);
  if (exit.ok() && !exit->has_value() && listen() != Word::end) return;
  if (exit.ok() && !exit->has_value()) static_cast<void>(await_exit(*leaving_));
  leaving_.reset();
  ready_fd_.reset();
}

Upgrade::Word Upgrade::listen() {
  char word = 0;
  const auto got = retry_on_eintr([&] { return ::read(ready_fd_.get(), &word, sizeof word); });
  if (got == 1) return Word::ready;
  return got == 0 ? Word::end : Word::nothing;
}

void Upgrade::wake_at(Deadline deadline) {
  deadline_ = deadline;
  if (!timer_) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = kNews;
    timer_t timer{};
    // Without a timer nothing times out: SIGQUIT completes the upgrade, and SIGHUP undoes it.
    if (::timer_create(CLOCK_MONOTONIC, &event, &timer) == -1) return;
    timer_ = timer;
  }
  const auto left =
      std::max<std::chrono::nanoseconds>(deadline - Clock::now(), std::chrono::nanoseconds{1});
  constexpr std::int64_t kPerSecond = 1'000'000'000;
  itimerspec when{};
  when.it_value.tv_sec = left.count() / kPerSecond;
  when.it_value.tv_nsec = left.count() % kPerSecond;
  static_cast<void>(::timer_settime(*timer_, 0, &when, nullptr));
}

Result<Program> program_again(int argc, const char* const* argv) {
  std::error_code failed;
  const auto folder = std::filesystem::current_path(failed);
  if (failed) return Error{failed.value(), "getcwd"};
  std::filesystem::path path = argc > 0 ? argv[0] : "";
  if (path.has_parent_path()) {
    path = folder / path;
  } else {
    // The program was found through PATH, so use the path where it was found.
    path = std::filesystem::read_symlink("/proc/self/exe", failed);
    if (failed) return Error{failed.value(), "readlink"};
  }
  Program program{.path = path.lexically_normal().string(), .arguments = {}};
  program.arguments.assign(argv, argv + argc);
  program.directory = folder.string();
  program.environment = whole_environment();
  return program;
}

}  // namespace hpserver
