#include "hpserver/daemon/root_directory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "hpserver/daemon/testing.h"

namespace hpserver {
namespace {

namespace fs = std::filesystem;

TEST(RootDirectory, HidesWhatLiesOutside) {
  if (!may_change_root()) GTEST_SKIP() << "only root may";
  std::string folder = ::testing::TempDir() + "root-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/inside") << "in";
  EXPECT_EQ(testing::in_child([&] {
              if (!change_root(folder)) return 1;
              std::error_code none;
              if (fs::current_path(none) != "/" || !fs::exists("/inside", none)) return 2;
              if (fs::exists("/etc/passwd", none) || fs::exists("/../../../etc", none)) return 3;
              return fs::exists("inside", none) ? 0 : 4;
            }),
            0);
  fs::remove_all(folder);
}

TEST(RootDirectory, ErrorsAreThoseOfTheSystem) {
  EXPECT_EQ(change_root("/no-such-folder").error().code, ENOENT);
  EXPECT_EQ(change_root("/etc/passwd").error().code, ENOTDIR);
  if (!may_change_root()) GTEST_SKIP() << "root becomes nobody here";
  EXPECT_EQ(testing::in_child([] {
              if (::setresuid(65534, 65534, 65534) == -1) return 99;
              const auto changed = change_root("/");
              return changed ? 0 : changed.error().code;
            }),
            EPERM);
}

}  // namespace
}  // namespace hpserver
