#include "hpserver/os/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "hpserver/os/pipe.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

// root/public/{page.html, deep/inner.txt, inside -> page.html, outside -> ../secret, up -> ..}
class BeneathTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/hpserver_file_XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    root_ = name;
    const auto content = root_ / "public";
    std::filesystem::create_directories(content / "deep");
    std::ofstream{root_ / "secret"} << "secret";
    std::ofstream{content / "page.html"} << "page";
    std::ofstream{content / "deep/inner.txt"} << "inner";
    std::filesystem::create_symlink("page.html", content / "inside");
    std::filesystem::create_symlink("../secret", content / "outside");
    std::filesystem::create_symlink("..", content / "up");
    ASSERT_EQ(::mkfifo((content / "fifo").c_str(), 0600), 0);
    public_ = must(open_directory(content.c_str()));
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  [[nodiscard]] int kernel_code(const char* path) const {
    return error_code(open_beneath(public_.get(), path));
  }
  [[nodiscard]] int walk_code(const char* path) const {
    return error_code(open_beneath_walking(public_.get(), path));
  }

  std::filesystem::path root_;
  Fd public_;
};

TEST_F(BeneathTest, OpensWhatLiesInside) {
  for (const auto open : {open_beneath, open_beneath_walking}) {
    const Fd page = must(open(public_.get(), "page.html"));
    const FileStatus status = must(file_status(page.get()));
    EXPECT_EQ(status.kind, FileStatus::Kind::regular);
    EXPECT_EQ(status.size_bytes, 4);
    EXPECT_EQ(status, must(file_status(page.get())));
    EXPECT_EQ(must(file_status(must(open(public_.get(), "deep/inner.txt")).get())).size_bytes, 5);
    const Fd deep = must(open(public_.get(), "deep"));
    EXPECT_EQ(must(file_status(deep.get())).kind, FileStatus::Kind::directory);
    EXPECT_EQ(must(file_status(must(open(public_.get(), ".")).get())).kind,
              FileStatus::Kind::directory);
    EXPECT_EQ(must(file_status(must(open(public_.get(), "deep//inner.txt")).get())).size_bytes, 5);
  }
}

TEST_F(BeneathTest, NeverLeavesTheDirectory) {
  for (const char* path : {"../secret", "..", "/etc/passwd", "deep/../../secret"}) {
    EXPECT_EQ(kernel_code(path), EXDEV) << path;
    EXPECT_EQ(walk_code(path), EXDEV) << path;
  }
  EXPECT_EQ(kernel_code("outside"), EXDEV);
  EXPECT_EQ(walk_code("outside"), ELOOP);
  EXPECT_EQ(kernel_code("up/secret"), EXDEV);
  EXPECT_EQ(walk_code("up/secret"), ENOTDIR);
}

TEST_F(BeneathTest, FollowsLinksInsideOnlyWithTheKernelsHelp) {
  EXPECT_EQ(must(file_status(must(open_beneath(public_.get(), "inside")).get())).size_bytes, 4);
  EXPECT_EQ(walk_code("inside"), ELOOP);
}

TEST_F(BeneathTest, SaysWhatIsMissing) {
  EXPECT_EQ(kernel_code("absent"), ENOENT);
  EXPECT_EQ(walk_code("absent"), ENOENT);
  EXPECT_EQ(kernel_code(""), ENOENT);
  EXPECT_EQ(walk_code(""), ENOENT);
  EXPECT_EQ(kernel_code("page.html/"), ENOTDIR);
  EXPECT_EQ(walk_code("page.html/"), ENOTDIR);
  EXPECT_EQ(kernel_code("page.html/more"), ENOTDIR);
  EXPECT_EQ(walk_code("page.html/more"), ENOTDIR);
  EXPECT_EQ(error_code(open_directory("/tmp/hpserver/none")), ENOENT);
  EXPECT_EQ(error_code(open_directory((root_ / "secret").c_str())), ENOTDIR);
}

TEST_F(BeneathTest, DoesNotHangOnAFifo) {
  for (const auto open : {open_beneath, open_beneath_walking}) {
    const Fd fifo = must(open(public_.get(), "fifo"));
    EXPECT_EQ(must(file_status(fifo.get())).kind, FileStatus::Kind::other);
  }
}

class SendFileTest : public ::testing::Test {
 protected:
  SendFileTest() : file_(::memfd_create("content", MFD_CLOEXEC)) {}

  void fill(const std::string& content) {
    ASSERT_EQ(::write(file_.get(), content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
  }

  // Sends everything, as a loop with a cap per turn would, and returns what was received.
  std::string pump(std::size_t cap_bytes) {
    testing::Connected pair = testing::connect_pair();
    std::string received;
    off_t offset = 0;
    while (must(send_file(pair.server.get(), file_.get(), offset, cap_bytes)) > 0) {
      received += testing::receive_text(pair.client.get(), cap_bytes);
    }
    pair.server.reset();
    return received + testing::receive_all(pair.client.get());
  }

  Fd file_;
};

// Checklist 24: an empty file, a single byte, and more bytes than the cap.
TEST_F(SendFileTest, SendsFilesOfAnySize) {
  EXPECT_EQ(pump(1000), "");
  fill("x");
  EXPECT_EQ(pump(1000), "x");
  std::string content = "x";
  for (int line = 0; line < 1000; ++line) content += std::to_string(line) + '\n';
  fill(content.substr(1));
  EXPECT_EQ(pump(1000), content);
}

// Checklist 24: one call never sends more than the cap, and the next one continues at the offset.
TEST_F(SendFileTest, StopsAtTheCap) {
  fill("0123456789");
  const testing::Connected pair = testing::connect_pair();
  off_t offset = 2;
  EXPECT_EQ(must(send_file(pair.server.get(), file_.get(), offset, 3)), 3U);
  EXPECT_EQ(offset, 5);
  EXPECT_EQ(testing::receive_text(pair.client.get()), "234");
}

// Checklist 24: a full socket gives EAGAIN, and the offset shows how much was sent.
TEST_F(SendFileTest, ReportsAFullSocket) {
  ASSERT_EQ(::ftruncate(file_.get(), 64 << 20), 0);
  const testing::Connected pair = testing::connect_pair();
  off_t offset = 0;
  std::size_t sent = 0;
  Result<std::size_t> last{std::size_t{0}};
  while ((last = send_file(pair.server.get(), file_.get(), offset, 1 << 20))) sent += *last;
  EXPECT_EQ(last.error().code, EAGAIN);
  EXPECT_EQ(offset, static_cast<off_t>(sent));
}

// Checklist 24: a file that was truncated meanwhile gives 0.
TEST_F(SendFileTest, GivesZeroWhereTheFileShrank) {
  fill("0123456789");
  const testing::Connected pair = testing::connect_pair();
  off_t offset = 0;
  EXPECT_EQ(must(send_file(pair.server.get(), file_.get(), offset, 5)), 5U);
  ASSERT_EQ(::ftruncate(file_.get(), 3), 0);
  EXPECT_EQ(must(send_file(pair.server.get(), file_.get(), offset, 5)), 0U);
}

// Checklist 24: past 2 GiB, where a 32-bit offset would end.
TEST_F(SendFileTest, ReachesBeyondTwoGibibytes) {
  constexpr off_t kFar = off_t{3} << 30;
  ASSERT_EQ(::ftruncate(file_.get(), kFar), 0);
  ASSERT_EQ(::pwrite(file_.get(), "end", 3, kFar), 3);
  const testing::Connected pair = testing::connect_pair();
  off_t offset = kFar;
  EXPECT_EQ(must(send_file(pair.server.get(), file_.get(), offset, 1 << 30)), 3U);
  EXPECT_EQ(offset, kFar + 3);
  EXPECT_EQ(testing::receive_text(pair.client.get()), "end");
}

// Checklist 24: the output may be a file or a pipe, but the input must support mmap.
TEST_F(SendFileTest, SendsToFilesButNotFromPipes) {
  fill("bytes");
  const Fd copy{::memfd_create("copy", MFD_CLOEXEC)};
  off_t offset = 0;
  EXPECT_EQ(must(send_file(copy.get(), file_.get(), offset, 100)), 5U);
  const testing::Connected pair = testing::connect_pair();
  const Pipe pipe = must(create_pipe());
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  const int code = error_code(send_file(pair.server.get(), pipe.read_end.get(), offset, 1));
  EXPECT_TRUE(code == EINVAL || code == ESPIPE) << code;
}

}  // namespace
}  // namespace hpserver
