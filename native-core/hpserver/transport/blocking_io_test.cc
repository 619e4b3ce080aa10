#include "hpserver/transport/blocking_io.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/file.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;
using namespace std::chrono_literals;

class BlockingIoTest : public ::testing::Test {
 protected:
  void listen() {
    Fd listen_fd = must(listen_on(Address::loopback_ipv4(0)));
    address_ = must(Address::local_of(listen_fd.get()));
    listener_ = must(io_.transport->listen(
        std::move(listen_fd), [this](Fd conn_fd) { accepted_.push_back(std::move(conn_fd)); }));
  }

  // Turns until `count` connections were accepted; each turn sleeps for at most a slice.
  void turn_until_accepted(std::size_t count) {
    testing::step_until([&] { return accepted_.size() >= count; },
                        [this] { must(io_.loop->turn(10s)); });
    EXPECT_EQ(accepted_.size(), count);
  }

  IoUnit io_ = must(make_blocking());
  Address address_;
  std::unique_ptr<Listener> listener_;
  std::vector<Fd> accepted_;
};

TEST_F(BlockingIoTest, SleepsInAcceptAndHandsOnBlockingSockets) {
  listen();
  const Fd client = must(connect_and_wait(address_, testing::kHang));
  turn_until_accepted(1);
  EXPECT_FALSE(must(is_nonblocking(accepted_.front().get())));
  EXPECT_TRUE(must(is_close_on_exec(accepted_.front().get())));
}

TEST_F(BlockingIoTest, HearsWhatIsPostedWhileItSleepsInAccept) {
  listen();
  bool heard = false;
  std::thread poster([this, &heard] {
    io_.loop->post([this, &heard] {
      heard = true;
      io_.loop->stop();
    });
  });
  must(io_.loop->run());
  poster.join();
  EXPECT_TRUE(heard);
}

TEST_F(BlockingIoTest, CloseAcceptsTheBacklog) {
  listen();
  std::vector<Fd> clients;
  for (int index = 0; index < 5; ++index) {
    clients.push_back(must(connect_and_wait(address_, testing::kHang)));
  }
  listener_->close(Listening::ends);
  EXPECT_EQ(accepted_.size(), clients.size());
}

// Checklist 8: one client is closed instead of left hanging, until descriptors are available again.
TEST_F(BlockingIoTest, ShedsWithoutDescriptorsAndComesBack) {
  listen();
  const Fd early = must(stream_socket(AF_INET, Blocking::yes));
  std::vector<Fd> hoard;
  for (Fd fd(::dup(0)); fd; fd.reset(::dup(0))) hoard.push_back(std::move(fd));
  ASSERT_EQ(::connect(early.get(), address_.data(), address_.size()), 0);
  must(io_.loop->turn(10s));
  hoard.clear();
  EXPECT_TRUE(accepted_.empty());
  char byte = 0;
  const auto got = receive(early.get(), {&byte, 1});
  EXPECT_TRUE(!got || *got == 0) << "closed, by FIN or RST";
  const Fd late = must(connect_and_wait(address_, testing::kHang));
  turn_until_accepted(1);
}

// The write timeout of a file relies on this.
TEST(BlockingSocketTest, SendfileEndsAtTheSocketsTimeout) {
  char path[] = "/tmp/blocking_io_XXXXXX";
  const Fd file{::mkostemp(path, O_NONBLOCK)};
  ::unlink(path);
  ASSERT_EQ(::ftruncate(file.get(), 64 << 20), 0);
  const testing::Connected pair = testing::connect_pair();
  must(set_nonblocking(pair.server.get(), false));
  must(set_option(pair.server.get(), option::SendTimeout{20ms}));
  off_t offset = 0;
  auto sent = send_file(pair.server.get(), file.get(), offset, 64 << 20);
  while (sent && *sent > 0) {
    sent = send_file(pair.server.get(), file.get(), offset, 64 << 20);
  }
  EXPECT_EQ(error_code(sent), EAGAIN);
}

}  // namespace
}  // namespace hpserver
