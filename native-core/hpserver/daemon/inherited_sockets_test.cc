#include "hpserver/daemon/inherited_sockets.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "hpserver/daemon/testing.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/inherited_listeners.h"
#include "hpserver/socket/listen.h"

namespace hpserver {
namespace {

// Runs `body` in a child process with `count` open descriptors from 3 on, as if handed over by a
// service manager.
int with_descriptors(int count, const std::function<int()>& body) {
  return testing::in_child([&] {
    const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 3; fd < 3 + count; ++fd) ::dup2(null, fd);
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    ::setenv("LISTEN_FDS", std::to_string(count).c_str(), 1);
    return body();
  });
}

TEST(InheritedSockets, AreTakenOnceAndKeptFromChildren) {
  EXPECT_EQ(with_descriptors(2,
                             [] {
                               ::setenv("LISTEN_FDNAMES", "http", 1);
                               auto sockets = take_inherited_sockets();
                               if (!sockets || sockets->size() != 2) return 1;
                               if ((*sockets)[0].name != "http") return 2;
                               if ((*sockets)[1].name != "unknown") return 3;
                               if ((*sockets)[1].fd.get() != 4) return 4;
                               const auto closes = is_close_on_exec(3);
                               if (!closes || !*closes) return 5;
                               if (std::getenv("LISTEN_FDS") != nullptr) return 6;
                               const auto again = take_inherited_sockets();
                               return again && again->empty() ? 0 : 7;
                             }),
            0);
}

TEST(InheritedSockets, OfAnotherProcessAreLeftAlone) {
  EXPECT_EQ(with_descriptors(1,
                             [] {
                               ::setenv("LISTEN_PID", "1", 1);
                               const auto sockets = take_inherited_sockets();
                               return sockets && sockets->empty() ? 0 : 1;
                             }),
            0);
}

TEST(InheritedSockets, AreFoundByTheirAddressOnce) {
  const auto address = Address::unix_abstract("hpserver-inherited-" + std::to_string(::getpid()));
  ASSERT_TRUE(address);
  EXPECT_EQ(testing::in_child([&] {
              auto listening = listen_on(*address);
              if (!listening || ::dup2(listening->get(), 3) != 3) return 1;
              if (listening->get() == 3) static_cast<void>(listening->release());
              ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
              ::setenv("LISTEN_FDS", "1", 1);
              const auto inherited = take_inherited_listeners();
              if (!inherited) return 2;
              if (!take_inherited(Address::loopback_ipv4(1)).empty()) return 3;
              if (take_inherited(*address).size() != 1) return 4;
              return take_inherited(*address).empty() ? 0 : 5;
            }),
            0);
  EXPECT_EQ(with_descriptors(1,
                             [] {
                               const auto inherited = take_inherited_listeners();
                               return inherited ? 0 : inherited.error().code;
                             }),
            ENOTSOCK);
}

// The file must be there for the next server.
TEST(InheritedSockets, KeepTheirFile) {
  const std::string path = ::testing::TempDir() + "inherited-" + std::to_string(::getpid());
  EXPECT_EQ(testing::in_child([&] {
              auto listening = listen_on(*Address::unix_path(path));
              if (!listening || ::dup2(listening->get(), 3) != 3) return 1;
              if (listening->get() == 3) static_cast<void>(listening->release());
              ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
              ::setenv("LISTEN_FDS", "1", 1);
              if (!take_inherited_listeners()) return 2;
              remove_socket_file(3);
              // A process that takes the server over, and says so, keeps the file too.
              leave_socket_file_to(::getpid(), 3);
              remove_socket_file(3);
              return ::access(path.c_str(), F_OK) == 0 ? 0 : 3;
            }),
            0);
  EXPECT_EQ(::unlink(path.c_str()), 0);
}

TEST(InheritedSockets, ThatCannotBeAreRefused) {
  const auto code = [](const char* count) {
    return with_descriptors(1, [count] {
      ::setenv("LISTEN_FDS", count, 1);
      const auto sockets = take_inherited_sockets();
      return sockets ? 0 : sockets.error().code;
    });
  };
  EXPECT_EQ(code("many"), EINVAL);
  EXPECT_EQ(code("-1"), EINVAL);
  EXPECT_EQ(code("100000"), EINVAL);
  EXPECT_EQ(code("1000"), EBADF);
}

}  // namespace
}  // namespace hpserver
