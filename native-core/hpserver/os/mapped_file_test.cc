#include "hpserver/os/mapped_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>
#include <utility>

#include "hpserver/os/pipe.h"
#include "hpserver/socket/vector_io.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

Fd file_of(std::string_view contents) {
  Fd file{::memfd_create("file", MFD_CLOEXEC)};
  EXPECT_EQ(::pwrite(file.get(), contents.data(), contents.size(), 0),
            static_cast<ssize_t>(contents.size()));
  return file;
}

std::string numbers(std::size_t size_bytes) {
  std::string text;
  for (int number = 0; text.size() < size_bytes; ++number) text += std::to_string(number) + ' ';
  text.resize(size_bytes);
  return text;
}

// Checklist 25: any part, regardless of page boundaries; the descriptor isn't needed any more.
TEST(MappedFile, ShowsAnyPart) {
  const std::string contents = numbers(20'000);
  Fd file = file_of(contents);
  const MappedFile whole = must(MappedFile::create(file.get(), contents.size()));
  const MappedFile part = must(MappedFile::create(file.get(), 7'000, 5'001));
  file.reset();
  EXPECT_EQ(whole.view(), contents);
  EXPECT_EQ(part.view(), contents.substr(5'001, 7'000));
  for (const auto pattern : {AccessPattern::normal, AccessPattern::sequential,
                             AccessPattern::random, AccessPattern::soon}) {
    must(part.advise(pattern));
  }
}

// Checklist 25: an empty file isn't mapped, since mmap refuses 0 bytes.
TEST(MappedFile, TakesAnEmptyFile) {
  const Fd file = file_of("");
  const MappedFile empty = must(MappedFile::create(file.get(), 0));
  EXPECT_EQ(empty.view(), "");
  must(empty.advise(AccessPattern::soon));
}

TEST(MappedFile, ReportsWhatCannotBeMapped) {
  const Pipe pipe = must(create_pipe());
  EXPECT_EQ(error_code(MappedFile::create(pipe.read_end.get(), 1)), ENODEV);
  EXPECT_EQ(error_code(MappedFile::create(-1, 1)), EBADF);
  const Fd file = file_of("abc");
  EXPECT_EQ(error_code(MappedFile::create(file.get(), 1, -4096)), EINVAL);
  EXPECT_EQ(error_code(MappedFile::create(file.get(), SIZE_MAX, 1)), EOVERFLOW);
  EXPECT_EQ(error_code(MappedFile::create(file.get(), SIZE_MAX / 2)), ENOMEM);
}

TEST(MappedFile, MovesItsMapping) {
  const Fd file = file_of("abc");
  MappedFile first = must(MappedFile::create(file.get(), 3));
  MappedFile second = std::move(first);
  EXPECT_EQ(first.view(), "");  // NOLINT(bugprone-use-after-move): what it promises
  first = std::move(second);
  EXPECT_EQ(first.view(), "abc");
}

// Checklist 23, 25: our own head and a file's bytes are sent by one writev.
TEST(MappedFile, GoesOutBehindAHead) {
  const std::string contents = numbers(1 << 20);
  const Fd file = file_of(contents);
  const MappedFile mapped = must(MappedFile::create(file.get(), contents.size()));
  std::string head("200 OK\n");
  testing::Connected pair = testing::connect_pair();
  std::string heard;
  std::thread reader{[&] { heard = testing::receive_all(pair.client.get()); }};
  std::array<iovec, 2> parts{{{head.data(), head.size()},
                              {const_cast<char*>(mapped.view().data()), mapped.view().size()}}};
  for (std::span<iovec> rest(parts); !rest.empty();) {
    const auto wrote = write_vectors(pair.server.get(), rest);
    if (!wrote) testing::await_events(pair.server.get(), POLLOUT);
  }
  pair.server.reset();
  reader.join();
  EXPECT_TRUE(heard == head + contents);
}

// Checklist 25: a file is truncated while it is being sent. The kernel hits the hole and the call
// fails with EFAULT, but the process survives; it closes the connection, so the client notices.
TEST(MappedFile, SurvivesATruncationWhileItIsSent) {
  const std::string contents = numbers(4 << 20);
  const Fd file = file_of(contents);
  const MappedFile mapped = must(MappedFile::create(file.get(), contents.size()));
  testing::Connected pair = testing::connect_pair();
  std::array<iovec, 1> parts{{{const_cast<char*>(mapped.view().data()), mapped.view().size()}}};
  std::span<iovec> rest(parts);
  ASSERT_GT(must(write_vectors(pair.server.get(), rest)), 0U);
  ASSERT_EQ(::ftruncate(file.get(), 4096), 0);
  std::string heard;
  int code = 0;
  while (code == 0 || code == EAGAIN) {
    heard += testing::receive_text(pair.client.get(), 1 << 20);
    code = error_code(write_vectors(pair.server.get(), rest));
  }
  EXPECT_EQ(code, EFAULT);
  pair.server.reset();
  heard += testing::receive_all(pair.client.get());
  EXPECT_LT(heard.size(), contents.size());
  EXPECT_EQ(heard, contents.substr(0, heard.size())) << "what came is true";
}

// Checklist 25: if the process itself reads the missing part, SIGBUS kills it.
TEST(MappedFileDeathTest, LookingAtWhatIsGoneIsSigbus) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const Fd file = file_of(numbers(8192));
  const MappedFile mapped = must(MappedFile::create(file.get(), 8192));
  ASSERT_EQ(::ftruncate(file.get(), 0), 0);
  EXPECT_EXIT(
      {
        ::signal(SIGBUS, SIG_DFL);
        static_cast<void>(*static_cast<const volatile char*>(mapped.view().data()));
      },
      ::testing::KilledBySignal(SIGBUS), "");
}

}  // namespace
}  // namespace hpserver
