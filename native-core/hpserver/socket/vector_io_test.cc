#include "hpserver/socket/vector_io.h"

#include <gtest/gtest.h>
#include <limits.h>

#include <string>
#include <vector>

#include "hpserver/event/signal_source.h"
#include "hpserver/os/pipe.h"
#include "hpserver/socket/socket_options.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using testing::error_code;
using testing::must;

// Strings, and the vectors that point to them.
struct Parts {
  std::vector<std::string> strings;
  std::vector<iovec> vectors;

  explicit Parts(std::vector<std::string> given) : strings(std::move(given)) {
    for (std::string& string : strings) vectors.push_back({string.data(), string.size()});
  }
  [[nodiscard]] std::string joined() const {
    std::string all;
    for (const std::string& string : strings) all += string;
    return all;
  }
};

Parts numbered_parts(int count) {
  std::vector<std::string> strings;
  for (int number = 0; number < count; ++number) {
    strings.push_back(std::to_string(number) +
                      std::string(static_cast<std::size_t>(number % 50), '.'));
  }
  return Parts{std::move(strings)};
}

// Checklist 23: wherever a write stops, exactly the bytes after it remain.
TEST(Advance, LeavesTheRest) {
  const Parts whole{{"ab", "", "cde", "f"}};
  for (std::size_t bytes = 0; bytes <= 6; ++bytes) {
    std::vector<iovec> copy = whole.vectors;
    std::span<iovec> rest{copy};
    advance(rest, bytes);
    std::string text;
    for (const iovec& one : rest) text.append(static_cast<const char*>(one.iov_base), one.iov_len);
    EXPECT_EQ(text, whole.joined().substr(bytes));
    EXPECT_TRUE(rest.empty() || rest.front().iov_len > 0);
  }
}

// Checklist 23: with a tiny send buffer and a slow reader, all bytes still arrive unchanged.
TEST(VectorIo, SurvivesPartialWrites) {
  using Write = Result<std::size_t> (*)(int, std::span<iovec>&);
  const Write by_sendmsg = [](int fd, std::span<iovec>& rest) { return send_vectors(fd, rest); };
  for (const Write write : {Write{write_vectors}, by_sendmsg}) {
    Parts parts = numbered_parts(3000);
    testing::Connected pair =
        testing::connect_pair(Address::loopback_ipv4(0), {.send_buffer_bytes = 2000});
    must(set_option(pair.client.get(), option::ReceiveBuffer{2000}));
    std::span<iovec> rest{parts.vectors};
    std::string received;
    int partial_writes = 0;
    while (!rest.empty()) {
      if (const auto written = write(pair.server.get(), rest)) {
        partial_writes += rest.empty() ? 0 : 1;
      } else {
        ASSERT_TRUE(would_block(written.error())) << written.error().message();
        received += testing::receive_text(pair.client.get(), 777);
      }
    }
    pair.server.reset();
    received += testing::receive_all(pair.client.get());
    EXPECT_EQ(received, parts.joined());
    EXPECT_GT(partial_writes, 1);
  }
}

// Checklist 23: more than IOV_MAX vectors take more than one call, not an EINVAL.
TEST(VectorIo, KeepsToTheSystemsLimit) {
  const Pipe pipe = must(create_pipe());
  Parts parts{std::vector<std::string>(IOV_MAX + 10, "x")};
  std::span<iovec> rest{parts.vectors};
  EXPECT_EQ(must(write_vectors(pipe.write_end.get(), rest)), std::size_t{IOV_MAX});
  EXPECT_EQ(rest.size(), 10U);
  EXPECT_EQ(must(write_vectors(pipe.write_end.get(), rest)), 10U);
  EXPECT_TRUE(rest.empty());
}

// Checklist 23: readv scatters, and stops in the middle of a buffer.
TEST(VectorIo, ScattersWhatComes) {
  const Pipe pipe = must(create_pipe());
  ASSERT_EQ(::write(pipe.write_end.get(), "abcde", 5), 5);
  Parts parts{{"....", "....", "...."}};
  std::span<iovec> room{parts.vectors};
  EXPECT_EQ(must(read_vectors(pipe.read_end.get(), room)), 5U);
  EXPECT_EQ(parts.joined(), "abcde.......");
  EXPECT_EQ(room.size(), 2U);
  EXPECT_EQ(room.front().iov_len, 3U);
  EXPECT_EQ(error_code(read_vectors(pipe.read_end.get(), room)), EAGAIN);
}

TEST(VectorIo, ReportsAGoneReader) {
  must(ignore_sigpipe());
  Pipe pipe = must(create_pipe());
  pipe.read_end.reset();
  Parts parts{{"x"}};
  std::span<iovec> rest{parts.vectors};
  EXPECT_EQ(error_code(write_vectors(pipe.write_end.get(), rest)), EPIPE);
  EXPECT_EQ(rest.size(), 1U);
}

}  // namespace
}  // namespace hpserver
