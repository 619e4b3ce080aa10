#include "hpserver/os/splice.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/pipe.h"
#include "hpserver/os/tap.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

std::string read_now(int fd) {
  std::string text(1 << 20, '\0');
  const ssize_t got = ::read(fd, text.data(), text.size());
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

void put(int fd, std::string_view text) {
  ASSERT_EQ(::write(fd, text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

// Checklist 26: one end must be a pipe; if neither is, the bytes take two steps, through a pipe.
TEST(MoveBytes, NeedsAPipe) {
  const testing::Connected pair = testing::connect_pair();
  const Fd file{::memfd_create("file", MFD_CLOEXEC)};
  put(file.get(), "contents");
  ASSERT_EQ(::lseek(file.get(), 0, SEEK_SET), 0);
  EXPECT_EQ(error_code(move_bytes(file.get(), pair.server.get(), 8)), EINVAL);
  const Pipe pipe = must(create_pipe());
  EXPECT_EQ(must(move_bytes(file.get(), pipe.write_end.get(), 100)), 8U);
  EXPECT_EQ(must(move_bytes(pipe.read_end.get(), pair.server.get(), 100)), 8U);
  EXPECT_EQ(testing::receive_text(pair.client.get()), "contents");
  EXPECT_EQ(must(move_bytes(file.get(), pipe.write_end.get(), 100)), 0U) << "the file's end";
}

// Checklist 26: EAGAIN may mean an empty source or a full sink.
TEST(MoveBytes, SaysTheSameOfAnEmptySourceAndAFullSink) {
  const testing::Connected pair = testing::connect_pair();
  Pipe pipe = must(create_pipe());
  EXPECT_EQ(error_code(move_bytes(pair.server.get(), pipe.write_end.get(), 100)), EAGAIN);
  while (::write(pipe.write_end.get(), "x", 1) == 1) continue;
  must(send(pair.client.get(), "more"));
  testing::await_events(pair.server.get(), POLLIN);
  EXPECT_EQ(error_code(move_bytes(pair.server.get(), pipe.write_end.get(), 100)), EAGAIN);
  must(ignore_sigpipe());
  pipe.read_end.reset();
  EXPECT_EQ(error_code(move_bytes(pair.server.get(), pipe.write_end.get(), 100)), EPIPE);
}

// Checklist 27: the first pipe still holds the bytes that the second one got.
TEST(ShareBytes, TakesNothing) {
  Pipe from = must(create_pipe());
  const Pipe to = must(create_pipe());
  EXPECT_EQ(error_code(share_bytes(from.read_end.get(), to.write_end.get(), 100)), EAGAIN);
  put(from.write_end.get(), "seen twice");
  EXPECT_EQ(must(share_bytes(from.read_end.get(), to.write_end.get(), 4)), 4U);
  EXPECT_EQ(must(share_bytes(from.read_end.get(), to.write_end.get(), 100)), 10U)
      << "from the first byte on again";
  EXPECT_EQ(read_now(to.read_end.get()), "seenseen twice");
  EXPECT_EQ(read_now(from.read_end.get()), "seen twice");
  EXPECT_EQ(error_code(share_bytes(from.read_end.get(), from.write_end.get(), 1)), EINVAL);
  from.write_end.reset();
  EXPECT_EQ(must(share_bytes(from.read_end.get(), to.write_end.get(), 100)), 0U);
}

// Checklist 27: both outputs are identical, however slowly each of them is read.
TEST(Tap, GivesBothReadersTheSame) {
  Tap tap = must(Tap::create({.capacity_bytes = 8192}));
  Pipe source = must(create_pipe());
  const Pipe sink = must(create_pipe({.capacity_bytes = 4096}));
  const Pipe copy = must(create_pipe({.capacity_bytes = 4096}));
  std::string wanted;
  for (int number = 0; wanted.size() < 300'000; ++number) wanted += std::to_string(number) + ' ';
  std::string_view unsent = wanted;
  std::string passed;
  std::string copied;
  auto state = Tap::State::moved;
  unsigned seen_states = 0;
  while (state != Tap::State::ended && !::testing::Test::HasFailure()) {
    const ssize_t wrote = ::write(source.write_end.get(), unsent.data(), unsent.size());
    if (wrote > 0) unsent.remove_prefix(static_cast<std::size_t>(wrote));
    if (unsent.empty()) source.write_end.reset();
    state = must(tap.step(source.read_end.get(), sink.write_end.get(), copy.write_end.get()));
    seen_states |= 1U << static_cast<unsigned>(state);
    // Each reader reads only when the stream waits for it.
    if (state == Tap::State::sink_full) passed += read_now(sink.read_end.get());
    if (state == Tap::State::copy_full) copied += read_now(copy.read_end.get());
  }
  passed += read_now(sink.read_end.get());
  copied += read_now(copy.read_end.get());
  EXPECT_EQ(passed, wanted);
  EXPECT_EQ(copied, wanted);
  const auto seen = [&](Tap::State one) {
    return (seen_states >> static_cast<unsigned>(one)) & 1U;
  };
  EXPECT_TRUE(seen(Tap::State::sink_full) != 0 && seen(Tap::State::copy_full) != 0);
}

TEST(Tap, WaitsForItsSource) {
  Tap tap = must(Tap::create());
  const Pipe source = must(create_pipe());
  const Pipe sink = must(create_pipe());
  const Pipe copy = must(create_pipe());
  const auto step = [&] {
    return must(tap.step(source.read_end.get(), sink.write_end.get(), copy.write_end.get()));
  };
  EXPECT_EQ(step(), Tap::State::source_empty);
  put(source.write_end.get(), "now");
  EXPECT_EQ(step(), Tap::State::moved);
  EXPECT_EQ(step(), Tap::State::source_empty);
  EXPECT_EQ(read_now(sink.read_end.get()), "now");
  EXPECT_EQ(read_now(copy.read_end.get()), "now");
}

}  // namespace
}  // namespace hpserver
