#include "hpserver/daemon/account.h"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <thread>

#include "hpserver/daemon/testing.h"

namespace hpserver {
namespace {

constexpr uid_t kNobody = 65534;

// A line in the status file of this process or thread: "Uid:\t0\t0\t0\t0".
std::string status_line(const std::string& task, const std::string& name) {
  std::ifstream file("/proc/" + task + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name + ":")) return line.substr(name.size() + 2);
  }
  return {};
}

TEST(Accounts, AreFoundByNameAndNumber) {
  const auto root = find_account("root", "");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->user, 0U);
  EXPECT_EQ(root->group, 0U);
  const auto nobody = find_account("65534", "");
  ASSERT_TRUE(nobody);
  EXPECT_EQ(nobody->user, kNobody);
  const auto unnamed = find_account("4000000", "daemon");
  ASSERT_TRUE(unnamed);
  EXPECT_EQ(unnamed->user, 4'000'000U);
  EXPECT_NE(unnamed->group, 4'000'000U);
  EXPECT_EQ(unnamed->groups, std::vector<gid_t>{unnamed->group});
}

TEST(Accounts, KeepThePresentUserWhereNoneIsNamed) {
  const auto account = find_account("", "nogroup");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->user, ::geteuid());
  EXPECT_EQ(account->group, 65534U);
}

TEST(Accounts, ThatDoNotExistAreNamed) {
  const auto user = find_account("no-such-user", "");
  ASSERT_FALSE(user);
  EXPECT_EQ(user.error().code, ENOENT);
  EXPECT_STREQ(user.error().operation, "getpwnam");
  const auto group = find_account("root", "no-such-group");
  ASSERT_FALSE(group);
  EXPECT_EQ(group.error().code, ENOENT);
  EXPECT_STREQ(group.error().operation, "getgrnam");
  EXPECT_FALSE(find_account("-1", ""));
  EXPECT_FALSE(find_account("99999999999", ""));
}

TEST(Privileges, AreGoneInEveryThreadAndCannotBeRegained) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root has any to drop";
  const auto body = [] {
    const auto account = find_account("nobody", "");
    std::atomic<pid_t> other_id = 0;
    std::atomic<bool> over = false;
    std::thread other([&] {
      other_id = ::gettid();
      while (!over) std::this_thread::yield();
    });
    while (other_id == 0) std::this_thread::yield();
    const bool dropped = account && drop_privileges(*account);
    int faults = dropped ? 0 : 1;
    for (const std::string& task : {std::string{"self"}, "self/task/" + std::to_string(other_id)}) {
      if (status_line(task, "Uid") != "65534\t65534\t65534\t65534") faults |= 2;
      if (status_line(task, "Gid") != "65534\t65534\t65534\t65534") faults |= 4;
      if (status_line(task, "CapEff") != "0000000000000000") faults |= 8;
      if (status_line(task, "Groups") != "65534 ") faults |= 16;
    }
    if (status_line("self", "NoNewPrivs") != "1") faults |= 32;
    if (::setuid(0) == 0 || ::setgid(0) == 0) faults |= 64;
    over = true;
    other.join();
    return faults;
  };
  EXPECT_EQ(testing::in_child(body), 0);
}

// Like a successor that a predecessor starts after dropping its own privileges.
TEST(Privileges, NeedNotBeDroppedByWhoIsThatUserAlready) {
  if (::geteuid() != 0) GTEST_SKIP() << "root becomes nobody here first";
  EXPECT_EQ(testing::in_child([] {
              const auto account = find_account("nobody", "");
              if (!account || !may_become(*account)) return 99;
              if (!drop_privileges(*account) || !may_become(*account)) return 98;
              const auto other = find_account("root", "");
              if (!other || may_become(*other)) return 97;
              return drop_privileges(*account) ? 0 : 1;
            }),
            0);
}

TEST(Privileges, CannotBeDroppedByWhoHasNone) {
  if (::geteuid() != 0) GTEST_SKIP() << "root becomes nobody here first";
  EXPECT_EQ(testing::in_child([] {
              if (::setresuid(kNobody, kNobody, kNobody) == -1) return 99;
              const auto dropped = drop_privileges({.user = 1, .group = 1, .groups = {1}});
              return dropped ? 0 : dropped.error().code;
            }),
            EPERM);
}

TEST(SetId, IsWarnedOfOnlyWhereItIs) {
  EXPECT_FALSE(set_id_warning());
  if (::geteuid() != 0) return;
  EXPECT_EQ(testing::in_child([] {
              if (::setresuid(kNobody, 0, 0) == -1) return 99;
              return set_id_warning() ? 0 : 1;
            }),
            0);
}

}  // namespace
}  // namespace hpserver
