#include "hpserver/storage/file_cache.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <string>

#include "hpserver/socket/listen.h"
#include "hpserver/storage/temporary_directory.h"

namespace hpserver {
namespace {

using std::chrono::seconds;

// Checklist 43: the storage unit, through its one interface.
class FileCacheTest : public ::testing::Test {
 protected:
  void open(FileCacheLimits limits = {}) {
    cache_ = std::move(*FileCache::create(directory_.path().string(), limits));
  }
  std::string content(std::string_view path) {
    const auto found = cache_->find(path, now_);
    if (!found) return "error " + std::to_string(found.error().code);
    return (*found)->content;
  }
  int error(std::string_view path) {
    const auto found = cache_->find(path, now_);
    return found.ok() ? 0 : found.error().code;
  }

  testing::TemporaryDirectory directory_;
  std::unique_ptr<FileCache> cache_;
  Deadline now_ = Clock::now();
};

TEST_F(FileCacheTest, NeedsADirectory) {
  EXPECT_EQ(FileCache::create("/nowhere/at/all").error().code, ENOENT);
}

TEST_F(FileCacheTest, KeepsSmallFilesInMemoryAndBigOnesOpen) {
  directory_.write("small", "abc");
  directory_.write("empty", "");
  directory_.write("big", std::string(20'000, 'b'));
  open();
  EXPECT_EQ(content("small"), "abc");
  const StoredFile& empty = **cache_->find("empty", now_);
  EXPECT_TRUE(empty.in_memory);
  EXPECT_EQ(empty.size_bytes, 0U);
  const StoredFile& big = **cache_->find("big", now_);
  EXPECT_FALSE(big.in_memory);
  EXPECT_EQ(big.size_bytes, 20'000U);
  EXPECT_TRUE(big.file->fd.valid());
}

TEST_F(FileCacheTest, NoticesAChangeWhenItsAnswerHasAged) {
  directory_.write("a", "old");
  directory_.age("a");
  open();
  EXPECT_EQ(content("a"), "old");
  directory_.write("a", "new!");
  EXPECT_EQ(content("a"), "old");
  now_ += seconds(2);
  EXPECT_EQ(content("a"), "new!");
  std::filesystem::remove(directory_.path() / "a");
  now_ += seconds(2);
  EXPECT_EQ(error("a"), ENOENT);
  directory_.write("a", "back");
  now_ += seconds(2);
  EXPECT_EQ(content("a"), "back");
}

TEST_F(FileCacheTest, ReadsAgainWhatMayHaveChangedWithinOneTick) {
  directory_.write("a", "1");
  open();
  EXPECT_EQ(content("a"), "1");
  const auto time = std::filesystem::last_write_time(directory_.path() / "a");
  directory_.write("a", "2");
  std::filesystem::last_write_time(directory_.path() / "a", time);
  now_ += seconds(2);
  EXPECT_EQ(content("a"), "2");
}

TEST_F(FileCacheTest, KeepsWhatWasDerivedAsLongAsTheFile) {
  directory_.write("a", "1");
  directory_.age("a");
  open();
  (*cache_->find("a", now_))->derived = "head";
  now_ += seconds(2);
  EXPECT_EQ((*cache_->find("a", now_))->derived, "head");
  directory_.write("a", "22");
  now_ += seconds(2);
  EXPECT_EQ((*cache_->find("a", now_))->derived, "");
}

TEST_F(FileCacheTest, NeverLeavesItsRoot) {
  directory_.write("root/in", "in");
  directory_.write("secret", "out");
  std::filesystem::create_symlink("../secret", directory_.path() / "root/link");
  std::filesystem::create_symlink("in", directory_.path() / "root/inner");
  cache_ = std::move(*FileCache::create((directory_.path() / "root").string()));
  EXPECT_EQ(content("in"), "in");
  EXPECT_EQ(content("inner"), "in");
  for (const std::string_view path : {"../secret", "link", "/etc/passwd", "in/../../secret"}) {
    EXPECT_NE(error(path), 0) << path;
  }
}

TEST_F(FileCacheTest, RefusesWhatIsNeitherFileNorDirectory) {
  ASSERT_EQ(::mkfifo((directory_.path() / "fifo").c_str(), 0600), 0);
  directory_.write("dir/file", "");
  open();
  EXPECT_EQ(error("fifo"), EACCES);
  EXPECT_EQ((*cache_->find("dir", now_))->kind, StoredFile::Kind::directory);
  EXPECT_EQ((*cache_->find("", now_))->kind, StoredFile::Kind::directory);
}

// Case S19.
TEST_F(FileCacheTest, RefusesASocketLikeAnyOtherThatIsNoFile) {
  const auto path = (directory_.path() / "s").string();
  const Fd listening = *listen_on(*Address::parse("unix:" + path));
  open();
  EXPECT_EQ(error("s"), EACCES);
}

// Case S17: a deployment replaces the root, which is a symbolic link or a directory.
TEST_F(FileCacheTest, FollowsItsRootWhenItsAnswerHasAged) {
  namespace fs = std::filesystem;
  const fs::path root = directory_.path() / "current";
  for (const char* release : {"one", "two"}) {
    fs::create_directory(directory_.path() / release);
    directory_.write(std::string(release) + "/a", release);
    directory_.age(std::string(release) + "/a");
  }
  fs::create_directory_symlink(directory_.path() / "one", root);
  cache_ = std::move(*FileCache::create(root.string()));
  EXPECT_EQ(content("a"), "one");
  EXPECT_EQ(error("b"), ENOENT);

  fs::create_directory_symlink(directory_.path() / "two", directory_.path() / "next");
  fs::rename(directory_.path() / "next", root);
  directory_.write("two/b", "new");
  EXPECT_EQ(content("a"), "one") << "within its validity";
  now_ += seconds(1);
  EXPECT_EQ(content("a"), "two");
  EXPECT_EQ(content("b"), "new") << "what was missing was missing from the old root";

  fs::remove(root);
  now_ += seconds(1);
  EXPECT_EQ(content("a"), "two") << "nothing is there: the last one stays";
  fs::rename(directory_.path() / "one", root);
  now_ += seconds(1);
  EXPECT_EQ(content("a"), "one");
}

// Case S17: the root is replaced before a loop's first request.
TEST_F(FileCacheTest, LooksAtItsRootBeforeItsFirstAnswer) {
  namespace fs = std::filesystem;
  const fs::path root = directory_.path() / "root";
  for (const char* name : {"root", "next"}) {
    fs::create_directory(directory_.path() / name);
    directory_.write(std::string(name) + "/a", name);
  }
  cache_ = std::move(*FileCache::create(root.string()));
  fs::rename(root, directory_.path() / "old");
  fs::rename(directory_.path() / "next", root);
  EXPECT_EQ(content("a"), "next");
}

TEST_F(FileCacheTest, ForgetsTheLeastRecentlyUsed) {
  for (const char name : {'a', 'b', 'c'}) directory_.write(std::string(1, name), "12345");
  open({.max_entries = 2, .max_missing = 3, .max_memory_bytes = 1000});
  content("a");
  content("b");
  content("a");
  content("c");
  EXPECT_EQ(cache_->size(), 2U);
  EXPECT_EQ(cache_->memory_bytes(), 10U);
  std::filesystem::remove(directory_.path() / "a");
  EXPECT_EQ(content("a"), "12345") << "still known, unlike b";
  for (int i = 0; i < 100; ++i) EXPECT_EQ(error("none" + std::to_string(i)), ENOENT);
  EXPECT_EQ(cache_->size(), 5U);
}

TEST_F(FileCacheTest, LimitsItsMemory) {
  for (const char name : {'a', 'b', 'c'}) directory_.write(std::string(1, name), "12345");
  open({.max_memory_bytes = 12});
  for (const std::string_view name : {"a", "b", "c"}) EXPECT_EQ(content(name), "12345");
  EXPECT_EQ(cache_->memory_bytes(), 10U);
}

}  // namespace
}  // namespace hpserver
