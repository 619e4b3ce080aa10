#include "hpserver/daemon/notify_socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <string>

namespace hpserver {
namespace {

class NotifySocketTest : public ::testing::Test {
 protected:
  void TearDown() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  // A manager that listens at `name`, as given in the variable.
  void listen(const std::string& name) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    name.copy(address.sun_path, name.size());
    if (name.front() == '@') {
      address.sun_path[0] = '\0';
    } else {
      path_ = name;
    }
    manager_.reset(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    ASSERT_EQ(::bind(manager_.get(), reinterpret_cast<const sockaddr*>(&address), length), 0);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }

  [[nodiscard]] std::string heard() const {
    std::array<char, 256> text{};
    const auto size = ::recv(manager_.get(), text.data(), text.size(), MSG_DONTWAIT);
    return size < 0 ? "" : std::string{text.data(), static_cast<std::size_t>(size)};
  }

  Fd manager_;
  std::string path_;
};

TEST_F(NotifySocketTest, TellsAManagerAtAPathOrAnAbstractName) {
  const std::string id = std::to_string(::getpid());
  for (const auto& name : {::testing::TempDir() + "notify-" + id, "@hpserver-notify-" + id}) {
    listen(name);
    const auto socket = NotifySocket::open();
    ASSERT_TRUE(socket && *socket) << name;
    EXPECT_TRUE((*socket)->send("READY=1"));
    EXPECT_EQ(heard(), "READY=1");
  }
}

TEST_F(NotifySocketTest, NobodyListens) {
  ::unsetenv("NOTIFY_SOCKET");
  const auto none = NotifySocket::open();
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST_F(NotifySocketTest, AManagerThatDoesNotReadLosesMessages) {
  listen("@hpserver-full-" + std::to_string(::getpid()));
  const auto socket = NotifySocket::open();
  ASSERT_TRUE(socket && *socket);
  int sent_count = 0;
  constexpr int kEnough = 1'000'000;
  auto sent = (*socket)->send("WATCHDOG=1");
  while (sent && sent_count++ < kEnough) sent = (*socket)->send("WATCHDOG=1");
  EXPECT_EQ(sent.error().code, EAGAIN);
  manager_.reset();
  EXPECT_EQ((*socket)->send("STOPPING=1").error().code, ECONNREFUSED);
}

TEST_F(NotifySocketTest, NamesThatAreNoneAreRefused) {
  ::setenv("NOTIFY_SOCKET", "relative", 1);
  EXPECT_EQ(NotifySocket::open().error().code, EINVAL);
  ::setenv("NOTIFY_SOCKET", ("/" + std::string(200, 'x')).c_str(), 1);
  EXPECT_EQ(NotifySocket::open().error().code, ENAMETOOLONG);
  ::setenv("NOTIFY_SOCKET", "/no/such/socket", 1);
  EXPECT_EQ(NotifySocket::open().error().code, ENOENT);
}

TEST_F(NotifySocketTest, TheWatchdogIsFedTwiceAsOftenAsItLooks) {
  EXPECT_FALSE(watchdog_interval());
  ::setenv("WATCHDOG_USEC", "3000000", 1);
  EXPECT_EQ(watchdog_interval(), std::chrono::milliseconds{1500});
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(watchdog_interval(), std::chrono::milliseconds{1500});
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_FALSE(watchdog_interval());
  ::setenv("WATCHDOG_USEC", "soon", 1);
  EXPECT_FALSE(watchdog_interval());
}

TEST_F(NotifySocketTest, AReloadIsTimed) {
  EXPECT_TRUE(reloading_message().starts_with("RELOADING=1\nMONOTONIC_USEC="));
}

}  // namespace
}  // namespace hpserver
