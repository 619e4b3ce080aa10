#include "hpserver/daemon/upgrade.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hpserver/daemon/predecessor.h"
#include "hpserver/daemon/testing.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/os/environment.h"
#include "hpserver/socket/inherited_listeners.h"
#include "hpserver/socket/listen.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;

// A shell script instead of a server: $READY is the descriptor of its pipe.
constexpr const char* kPrelude = "READY=$(echo $HPSERVER_HANDOVER | cut -d, -f2); ";

class UpgradeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(block_signals({SIGALRM}));
    signals_.emplace(std::move(*SignalSource::create({SIGALRM})));
  }
  void TearDown() override {
    upgrade_.reset();
    // All children were killed or have ended: a child left unreaped would disturb the next test.
    while (::waitpid(-1, nullptr, 0) > 0) continue;
    static_cast<void>(signals_->drain([](const Signal&) {}));
    signals_.reset();
    unblock_signals({SIGALRM});
  }

  void begin(const std::string& script, milliseconds overlap = milliseconds{0},
             milliseconds patience = testing::kHang) {
    Upgrade::Options options;
    options.program = {.path = "/bin/sh",
                       .arguments = {"sh", "-c", kPrelude + script},
                       .environment = {"PATH=/bin:/usr/bin"}};
    options.overlap = overlap;
    options.patience = patience;
    options.tell = [this](const std::string& line, bool is_fault) {
      (is_fault ? faults_ : lines_) += line + "\n";
    };
    options.on_main_process = [this](pid_t id) { main_process_ = id; };
    options.drain = [this] { drained_ = true; };
    upgrade_.emplace(std::move(options));
    upgrade_->begin();
  }

  // Passes signals to the upgrade, as a server's loop would.
  void turn_until(const std::function<bool()>& done) {
    testing::step_until(done, [this] {
      pollfd wait{.fd = signals_->fd(), .events = POLLIN, .revents = 0};
      ::poll(&wait, 1, 20);
      static_cast<void>(signals_->drain([this](const Signal&) { upgrade_->look(); }));
    });
  }

  std::optional<SignalSource> signals_;
  std::optional<Upgrade> upgrade_;
  std::string lines_;
  std::string faults_;
  pid_t main_process_ = 0;
  bool drained_ = false;
};

TEST_F(UpgradeTest, DrainsOnceTheSuccessorServes) {
  begin("eval \"printf r >&$READY\"; exec sleep 60", milliseconds{50});
  turn_until([this] { return drained_; });
  EXPECT_NE(lines_.find("is serving; this process stops in 0.0 s"), std::string::npos) << lines_;
  EXPECT_EQ(faults_, "");
  EXPECT_GT(main_process_, 0);
  ::kill(main_process_, SIGKILL);
}

TEST_F(UpgradeTest, DrainsAtOnceWhenItIsToldTo) {
  begin("eval \"printf r >&$READY\"; exec sleep 60", testing::kHang);
  turn_until([this] { return main_process_ > 0; });
  EXPECT_FALSE(drained_);
  upgrade_->finish();
  EXPECT_TRUE(drained_);
  ::kill(main_process_, SIGKILL);
}

TEST_F(UpgradeTest, DrainsAsSoonAsTheSuccessorServesWhenItWasToldToBefore) {
  begin("eval \"printf r >&$READY\"; exec sleep 60", testing::kHang);
  upgrade_->finish();
  EXPECT_FALSE(drained_);
  turn_until([this] { return drained_; });
  ::kill(main_process_, SIGKILL);
}

TEST_F(UpgradeTest, IsTakenBack) {
  begin("trap 'exit 0' TERM; eval \"printf r >&$READY\"; while :; do sleep 0.01; done",
        testing::kHang);
  turn_until([this] { return main_process_ > 0; });
  const pid_t successor = main_process_;
  upgrade_->take_back();
  EXPECT_EQ(main_process_, ::getpid());
  // The successor obeys, and doesn't remain as a zombie.
  turn_until([&] { return ::kill(successor, 0) == -1; });
  EXPECT_FALSE(drained_);
  EXPECT_EQ(faults_, "");
}

TEST_F(UpgradeTest, GoesOnWithoutASuccessorThatEnds) {
  begin("exit 3");
  turn_until([this] { return !faults_.empty(); });
  EXPECT_NE(faults_.find("exited with status 3: this process keeps serving"), std::string::npos)
      << faults_;
  EXPECT_FALSE(drained_);
}

TEST_F(UpgradeTest, GoesOnWithoutASuccessorThatEndsBeforeThisProcessDoes) {
  begin("eval \"printf r >&$READY\"; exit 4", testing::kHang);
  turn_until([this] { return !faults_.empty(); });
  EXPECT_NE(faults_.find("exited with status 4"), std::string::npos) << faults_;
  EXPECT_EQ(main_process_, ::getpid());
  EXPECT_FALSE(drained_);
}

TEST_F(UpgradeTest, GoesOnWithoutASuccessorThatHangs) {
  begin("exec sleep 60", milliseconds{0}, milliseconds{100});
  turn_until([this] { return !faults_.empty(); });
  EXPECT_NE(faults_.find("did not start serving within 0.1 s and is killed"), std::string::npos);
  EXPECT_FALSE(drained_);
}

TEST_F(UpgradeTest, GoesOnWithoutAProgram) {
  Upgrade::Options options;
  options.program = {.path = "/none", .arguments = {"none"}};
  options.tell = [this](const std::string& line, bool) { faults_ += line; };
  upgrade_.emplace(std::move(options));
  upgrade_->begin();
  EXPECT_NE(faults_.find("/none can't be started"), std::string::npos) << faults_;
}

TEST_F(UpgradeTest, BeginsAnewAfterOneThatFailed) {
  begin("exit 3");
  turn_until([this] { return !faults_.empty(); });
  faults_.clear();
  upgrade_->begin();
  turn_until([this] { return !faults_.empty(); });
  EXPECT_NE(faults_.find("exited with status 3"), std::string::npos);
}

TEST(Predecessor, HandsOverItsSocketsAndHearsWhenTheyAreServed) {
  const Fd listener = std::move(*listen_on(Address::loopback_ipv4(0)));
  const Address address = *Address::local_of(listener.get());
  EXPECT_EQ(listening_descriptors(), std::vector<int>{listener.get()});
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const std::string words = std::to_string(::getpid()) + "," + std::to_string(pipe[1]) + ",-1," +
                            std::to_string(listener.get());
  EXPECT_EQ(testing::in_child([&] {
              ::setenv("HPSERVER_HANDOVER", words.c_str(), 1);
              if (!Predecessor::is_there()) return 5;
              const auto taken = Predecessor::take();
              if (!taken || !*taken || Predecessor::is_there()) return 1;
              if ((*taken)->id() != ::getppid() || (*taken)->pid_file_fd() != -1) return 2;
              if (environment_variable("HPSERVER_HANDOVER")) return 3;
              if (take_inherited(address).size() != 1) return 4;
              (*taken)->tell_ready();
              return 0;
            }),
            0);
  char word = 0;
  EXPECT_EQ(::read(pipe[0], &word, 1), 1);
  EXPECT_EQ(word, 'r');
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST(Predecessor, IsTheParentOnly) {
  EXPECT_EQ(testing::in_child([] {
              ::setenv("HPSERVER_HANDOVER", "1,7,-1", 1);
              const auto taken = Predecessor::take();
              return taken && !*taken ? 0 : 1;
            }),
            0);
}

TEST(Predecessor, IsRefusedWhereItSaysNonsense) {
  for (const char* words : {"", "1,2", "a,b,c"}) {
    EXPECT_EQ(testing::in_child([words] {
                ::setenv("HPSERVER_HANDOVER", words, 1);
                const auto taken = Predecessor::take();
                return taken ? 0 : taken.error().code;
              }),
              EINVAL);
  }
}

TEST(SocketFile, IsRemovedByWhomItWasLeftTo) {
  const std::string path = ::testing::TempDir() + "claimed-" + std::to_string(::getpid());
  const Fd listener = std::move(*listen_on(*Address::unix_path(path)));
  // A successor owns the file.
  leave_socket_file_to(::getppid(), listener.get());
  remove_socket_file(listener.get());
  EXPECT_EQ(::access(path.c_str(), F_OK), 0);
  // The upgrade is undone: now the successor may exit.
  leave_socket_file_to(::getpid(), listener.get());
  EXPECT_EQ(testing::in_child([&] {
              remove_socket_file(listener.get());
              return ::access(path.c_str(), F_OK) == 0 ? 0 : 1;
            }),
            0);
  remove_socket_file(listener.get());
  EXPECT_EQ(::access(path.c_str(), F_OK), -1);
}

}  // namespace
}  // namespace hpserver
