#include "hpserver/daemon/pid_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "hpserver/daemon/testing.h"

namespace hpserver {
namespace {

namespace fs = std::filesystem;

class PidFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "pid-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    path_ = folder_ / "server.pid";
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path_).rdbuf();
    return all.str();
  }
  [[nodiscard]] int code_of_second() const {
    const auto second = PidFile::create(path_);
    return second ? 0 : second.error().code;
  }

  fs::path folder_;
  fs::path path_;
};

TEST_F(PidFileTest, SaysTheIdAndGoesWithTheProgram) {
  {
    const auto file = PidFile::create(path_);
    ASSERT_TRUE(file);
    EXPECT_EQ(text(), std::to_string(::getpid()) + "\n");
    EXPECT_EQ(fs::status(path_).permissions(), fs::perms{0644});
    const auto read = read_pid_file(path_);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, ::getpid());
  }
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(PidFileTest, AnyUserMayReadItWhateverTheUmask) {
  const mode_t before = ::umask(0077);
  const auto file = PidFile::create(path_);
  ::umask(before);
  ASSERT_TRUE(file);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms{0644});
}

TEST_F(PidFileTest, ASecondStartIsRefusedAndToldWhoRuns) {
  const auto file = PidFile::create(path_);
  ASSERT_TRUE(file);
  EXPECT_EQ(testing::in_child([this] { return code_of_second(); }), EAGAIN);
  // The lock belongs to the open file, so even the same process is refused.
  EXPECT_EQ(code_of_second(), EAGAIN);
  EXPECT_EQ(text(), std::to_string(::getpid()) + "\n");
  EXPECT_EQ(explain_pid_file_error({EAGAIN, "fcntl"}, path_),
            path_.string() + ": process " + std::to_string(::getpid()) +
                " is running with this PID file: stop it, or choose another file");
}

TEST_F(PidFileTest, AStaleOneIsTakenOver) {
  std::ofstream(path_) << "999999999\n and a long rest that is none of ours\n";
  const auto file = PidFile::create(path_);
  ASSERT_TRUE(file);
  EXPECT_EQ(text(), std::to_string(::getpid()) + "\n");
}

TEST_F(PidFileTest, TheLockEndsWithAKilledProgram) {
  EXPECT_EQ(testing::in_child([this] {
              const auto file = PidFile::create(path_);
              ::raise(SIGKILL);
              return 0;
            }),
            128 + SIGKILL);
  ASSERT_TRUE(fs::exists(path_));
  EXPECT_EQ(read_pid_file(path_).error().code, ESRCH);
  EXPECT_TRUE(PidFile::create(path_));
}

TEST_F(PidFileTest, AForkedWorkerRemovesNothing) {
  const auto file = PidFile::create(path_);
  ASSERT_TRUE(file);
  EXPECT_EQ(testing::in_child([&] {
              const PidFile inherited = std::move(const_cast<PidFile&>(*file));
              return 0;
            }),
            0);
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(PidFileTest, AnothersFileIsNeverRemoved) {
  {
    const auto file = PidFile::create(path_);
    ASSERT_TRUE(file);
    fs::rename(path_, folder_ / "moved");
    std::ofstream(path_) << "1\n";
  }
  EXPECT_EQ(text(), "1\n");
  // The renamed file is emptied, so a reader finds that no server is running.
  EXPECT_EQ(fs::file_size(folder_ / "moved"), 0);
}

TEST_F(PidFileTest, IsEmptiedWhereItCannotBeRemoved) {
  if (::geteuid() != 0) GTEST_SKIP() << "root drops its rights here";
  EXPECT_EQ(testing::in_child([this] {
              auto file = PidFile::create(path_);
              if (!file || ::setresuid(65534, 65534, 65534) == -1) return 1;
              const PidFile own = std::move(*file);
              return 0;
            }),
            0);
  EXPECT_EQ(text(), "");
  EXPECT_TRUE(PidFile::create(path_));
}

TEST_F(PidFileTest, ASuccessorHoldsTheLockAndWritesItsOwn) {
  auto file = PidFile::create(path_);
  ASSERT_TRUE(file);
  EXPECT_EQ(testing::in_child([&] {
              const auto next = PidFile::inherit(::dup(file->fd()), path_);
              if (!next || !next->write(::getpid())) return 1;
              // Without removing the file: that is what the test checks.
              ::_exit(0);
            }),
            0);
  EXPECT_NE(text(), std::to_string(::getpid()) + "\n");
  {
    const PidFile predecessor = std::move(*file);
  }
  EXPECT_TRUE(fs::exists(path_));
  EXPECT_FALSE(PidFile::inherit(-1, path_));
}

TEST_F(PidFileTest, WhatIsNoFileIsRefused) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(code_of_second(), EINVAL);
  fs::remove(path_);
  fs::create_directory(path_);
  EXPECT_EQ(code_of_second(), EISDIR);
  fs::remove(path_);
  std::ofstream(folder_ / "target") << "precious";
  fs::create_symlink(folder_ / "target", path_);
  EXPECT_EQ(code_of_second(), ELOOP);
  EXPECT_EQ(fs::file_size(folder_ / "target"), 8);
  const auto words = explain_pid_file_error({ELOOP, "open"}, path_);
  EXPECT_NE(words.find("is not a regular file: remove it, or choose another one"),
            std::string::npos);
  fs::remove(path_);
  path_ = folder_ / "none" / "server.pid";
  EXPECT_EQ(code_of_second(), ENOENT);
}

TEST_F(PidFileTest, ReadingTellsWhatIsWrong) {
  EXPECT_EQ(read_pid_file(path_).error().code, ENOENT);
  const Fd other{::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  struct flock lock{};
  lock.l_type = F_WRLCK;
  ASSERT_EQ(::fcntl(other.get(), F_OFD_SETLK, &lock), 0);
  EXPECT_EQ(read_pid_file(path_).error().code, EINVAL);
}

}  // namespace
}  // namespace hpserver
