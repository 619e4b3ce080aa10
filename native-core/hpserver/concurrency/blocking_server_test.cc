#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hpserver/concurrency/leading_accept.h"
#include "hpserver/concurrency/leading_accept_processes.h"
#include "hpserver/concurrency/prethreaded.h"
#include "hpserver/concurrency/process_per_connection.h"
#include "hpserver/concurrency/sharded.h"
#include "hpserver/concurrency/sharded_processes.h"
#include "hpserver/concurrency/single.h"
#include "hpserver/concurrency/thread_per_connection.h"
#include "hpserver/os/pipe.h"
#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"
#include "hpserver/transport/blocking_io.h"
#include "test/connection/line_service.h"
#include "test/testing.h"

namespace hpserver {
namespace {

using std::chrono::milliseconds;
using testing::must;
using testing::receive_all;

enum class Model {
  single,
  sharded,
  prethreaded,
  leading_accept,
  thread_per_connection,
  process_per_connection,
  sharded_processes,
  leading_accept_processes,
};

constexpr std::size_t kWorkers = 3;

template <typename SomeServer>
std::unique_ptr<Server> make(const ServerOptions& options) {
  const ServerParts parts{.make_io = make_blocking,
                          .make_service = [] { return std::make_unique<testing::LineService>(); }};
  auto server = SomeServer::create(parts, options);
  if (!server) return nullptr;
  return std::move(*server);
}

std::unique_ptr<Server> make(Model model, const ServerOptions& options) {
  switch (model) {
    case Model::single:
      return make<Single>(options);
    case Model::sharded:
      return make<Sharded>(options);
    case Model::prethreaded:
      return make<Prethreaded>(options);
    case Model::leading_accept:
      return make<LeadingAccept>(options);
    case Model::thread_per_connection:
      return make<ThreadPerConnection>(options);
    case Model::process_per_connection:
      return make<ProcessPerConnection>(options);
    case Model::sharded_processes:
      return make<ShardedProcesses>(options);
    case Model::leading_accept_processes:
      return make<LeadingAcceptProcesses>(options);
  }
  return nullptr;
}

// The server is a separate process: some of its models fork, which needs a process without other
// threads, and signals go to whole processes.
class BlockingServerTest : public ::testing::TestWithParam<Model> {
 protected:
  ~BlockingServerTest() override {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  BlockingServerTest() {
    options_.workers = kWorkers;
    options_.drain_timeout = testing::kHang;
    options_.limits.deadlines.linger_timeout = milliseconds(100);  // for clients that don't close
  }

  void start(const std::string& listen = "127.0.0.1:0") {
    const Pipe pipe = must(create_pipe({.nonblocking = false}));
    pid_ = ::fork();
    if (pid_ == 0) run_server(listen, pipe.write_end.get());
    char text[128];
    const auto size = ::read(pipe.read_end.get(), text, sizeof text);
    ASSERT_GT(size, 0);
    address_ = must(Address::parse({text, static_cast<std::size_t>(size)}));
  }

  [[noreturn]] void run_server(const std::string& listen, int address_fd) const {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // must not outlive a failing test
    const auto server = make(GetParam(), options_);
    if (server == nullptr || !server->listen(*Address::parse(listen))) ::_exit(2);
    const std::string text = server->addresses().front().to_string();
    if (::write(address_fd, text.data(), text.size()) < 0) ::_exit(2);
    ::_exit(server->run({}) ? 0 : 1);
  }

  // The kernel spreads its clients at random.
  static bool is_sharded() {
    return GetParam() == Model::sharded || GetParam() == Model::sharded_processes;
  }

  void tell(int signal_number) const { ::kill(pid_, signal_number); }

  // Returns the exit status once the server has ended by itself.
  int await_end() {
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  [[nodiscard]] Fd connect() const { return must(connect_and_wait(address_, testing::kHang)); }

  static std::string ask(const Fd& client, std::string_view line) {
    EXPECT_TRUE(send(client.get(), line).ok());
    return answer(client);
  }

  static std::string answer(const Fd& client) {
    std::string text;
    while (text.empty() || text.back() != '\n') {
      const std::string part = testing::receive_text(client.get());
      if (part.empty()) break;
      text += part;
    }
    return text;
  }

  // Asks as a new client, repeatedly, until there is room for one.
  [[nodiscard]] std::string ask_until_served(std::string_view line) const {
    std::string text = "full\n";
    while (text == "full\n") text = ask(connect(), line);
    return text;
  }

  [[nodiscard]] std::vector<pid_t> children() const {
    const std::string pid = std::to_string(pid_);
    std::ifstream list("/proc/" + pid + "/task/" + pid + "/children");
    return {std::istream_iterator<pid_t>(list), {}};
  }

  // A client accepted by a dying worker is cut off.
  void await_service() const {
    testing::await([this] {
      const auto client = connect_and_wait(address_, testing::kHang);
      if (!client || !send(client->get(), "echo x\n")) return false;
      char byte = 0;
      const auto got = receive(client->get(), {&byte, 1});
      return got && *got == 1 && byte == 'x';
    });
  }

  ServerOptions options_;
  Address address_;
  pid_t pid_ = 0;
};

std::string name_of(const ::testing::TestParamInfo<Model>& instance) {
  static constexpr const char* kNames[] = {"Single",
                                           "Sharded",
                                           "Prethreaded",
                                           "LeadingAccept",
                                           "ThreadPerConnection",
                                           "ProcessPerConnection",
                                           "ShardedProcesses",
                                           "LeadingAcceptProcesses"};
  return kNames[static_cast<int>(instance.param)];
}

INSTANTIATE_TEST_SUITE_P(Models, BlockingServerTest,
                         ::testing::Values(Model::single, Model::sharded, Model::prethreaded,
                                           Model::leading_accept, Model::thread_per_connection,
                                           Model::process_per_connection, Model::sharded_processes,
                                           Model::leading_accept_processes),
                         name_of);

// For models in which every worker takes any client: which shard a client gets is random.
class BlockingCrewTest : public BlockingServerTest {};

INSTANTIATE_TEST_SUITE_P(Models, BlockingCrewTest,
                         ::testing::Values(Model::single, Model::prethreaded, Model::leading_accept,
                                           Model::thread_per_connection,
                                           Model::process_per_connection,
                                           Model::leading_accept_processes),
                         name_of);

// For models whose workers are processes that are replaced.
class BlockingPoolTest : public BlockingServerTest {};

INSTANTIATE_TEST_SUITE_P(Models, BlockingPoolTest,
                         ::testing::Values(Model::sharded_processes,
                                           Model::leading_accept_processes),
                         name_of);

// Case S1: a session that throws (here because of an invalid count) costs only its own client.
TEST_P(BlockingServerTest, OutlivesASessionThatThrows) {
  start();
  for (std::size_t time = 0; time < 2 * kWorkers; ++time) {
    EXPECT_EQ(ask_until_served("big x\n"), "");
  }
  EXPECT_EQ(ask_until_served("echo one\n"), "one\n");
  tell(SIGTERM);
  EXPECT_EQ(await_end(), 0);
}

TEST_P(BlockingServerTest, ServesOneClientAfterTheOther) {
  start();
  for (int index = 0; index < 10; ++index) {
    Fd client = connect();
    std::string answer = ask(client, "echo one\n");
    // An executor that is about to end still counts.
    testing::step_until([&] { return answer != "full\n"; },
                        [&] {
                          std::this_thread::sleep_for(milliseconds(10));
                          client = connect();
                          answer = ask(client, "echo one\n");
                        });
    EXPECT_EQ(answer, "one\n");
    EXPECT_EQ(ask(client, "echo two\n"), "two\n");
  }
  tell(SIGTERM);
  EXPECT_EQ(await_end(), 0);
}

TEST_P(BlockingServerTest, ServesAsManyAtOnceAsItHasWorkers) {
  const bool spreads = GetParam() != Model::single && !is_sharded();
  start();
  std::vector<Fd> clients;
  for (std::size_t index = 0; index < (spreads ? kWorkers : 1); ++index) {
    clients.push_back(connect());
  }
  for (int round = 0; round < 3; ++round) {
    for (const Fd& client : clients) EXPECT_EQ(ask(client, "echo hello\n"), "hello\n");
  }
}

TEST_P(BlockingCrewTest, OneClientMoreWaitsOrIsRefused) {
  const bool refuses =
      GetParam() == Model::thread_per_connection || GetParam() == Model::process_per_connection;
  start();
  std::vector<Fd> clients;
  for (std::size_t index = 0; index < (GetParam() == Model::single ? 1 : kWorkers); ++index) {
    clients.push_back(connect());
    EXPECT_EQ(ask(clients.back(), "echo hello\n"), "hello\n");
  }
  const Fd more = connect();
  if (refuses) {
    EXPECT_EQ(receive_all(more.get()), "full\n");
  } else {
    EXPECT_TRUE(send(more.get(), "echo at last\n").ok());
    EXPECT_EQ(ask(clients.front(), "echo hello\n"), "hello\n");
    EXPECT_EQ(testing::look(more.get(), POLLIN), 0) << "answered before its turn";
  }
  clients.clear();
  if (!refuses) {
    EXPECT_EQ(answer(more), "at last\n");
    return;
  }
  EXPECT_EQ(ask_until_served("echo again\n"), "again\n");
}

// Checklist 17: SO_RCVTIMEO is the blocking models' timeout.
TEST_P(BlockingServerTest, ASlowHeadHasItsDeadline) {
  options_.limits.deadlines.header_timeout = milliseconds(150);
  start();
  const Fd client = connect();
  must(send(client.get(), "echo unfinished"));
  EXPECT_EQ(receive_all(client.get()), "timeout\n");
}

TEST_P(BlockingServerTest, ASilentClientIsClosed) {
  options_.limits.deadlines.header_timeout = milliseconds(150);
  start();
  const Fd client = connect();
  EXPECT_EQ(receive_all(client.get()), "");
}

TEST_P(BlockingServerTest, AnIdleClientIsClosed) {
  options_.limits.deadlines.idle_timeout = milliseconds(150);
  start();
  const Fd client = connect();
  EXPECT_EQ(ask(client, "echo one\n"), "one\n");
  EXPECT_EQ(receive_all(client.get()), "");
}

TEST_P(BlockingServerTest, AHandlerThatNeverAnswersHasItsDeadline) {
  options_.limits.deadlines.handler_timeout = milliseconds(50);
  start();
  EXPECT_EQ(ask(connect(), "later\n"), "timeout\n");
}

// Case S5.
TEST_P(BlockingServerTest, AClientThatClosesIsGoneIfToldSo) {
  options_.limits.deadlines.half_close = HalfClose::abort;
  start();
  const Fd client = connect();
  ASSERT_TRUE(send(client.get(), "later\n").ok());
  ASSERT_TRUE(shut_down(client.get(), Direction::write).ok());
  EXPECT_EQ(answer(client), "");
}

TEST_P(BlockingServerTest, AClientThatDoesNotReadIsAborted) {
  options_.limits.deadlines.write_timeout = milliseconds(150);
  options_.workers = 1;
  start();
  const Fd client = connect();
  must(send(client.get(), "shared 50000000\n"));
  EXPECT_EQ(ask_until_served("echo next\n"), "next\n");
  std::size_t came = 0;
  std::string part(1U << 20U, '\0');
  for (auto got = receive(client.get(), part); got && *got > 0; got = receive(client.get(), part)) {
    came += *got;
  }
  EXPECT_LT(came, 50'000'000U);
}

TEST_P(BlockingServerTest, ASlowReaderGetsAll) {
  options_.limits.deadlines.write_timeout = testing::kHang;
  start();
  const Fd client = connect();
  must(send(client.get(), "shared 10000000\n"));
  std::size_t came = 0;
  std::string part(500'000, '\0');
  while (came < 10'000'000) {
    const auto got = receive(client.get(), part);
    if (!got || *got == 0) break;
    came += *got;
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_EQ(came, 10'000'000U);
}

TEST_P(BlockingServerTest, AGoneClientIsNoticedWhileItsHandlerWorks) {
  options_.workers = 1;
  start();
  {
    const Fd client = connect();
    // The first answer shows that the second line has arrived, too.
    EXPECT_EQ(ask(client, "echo one\nlater\n"), "one\n");
    must(set_option(client.get(), option::Linger::abort()));
  }
  EXPECT_EQ(ask_until_served("echo next\n"), "next\n");
}

TEST_P(BlockingServerTest, DrainsWhatIsUnderWayAndThenEnds) {
  start();
  const Fd client = connect();
  EXPECT_EQ(ask(client, "echo one\necho half "), "one\n");
  tell(SIGTERM);
  std::this_thread::sleep_for(milliseconds(50));  // By now it usually drains.
  EXPECT_EQ(ask(client, "way\n"), "half way\n");
  EXPECT_EQ(await_end(), 0);
}

TEST_P(BlockingServerTest, DrainEndsIdleClients) {
  start();
  const Fd client = connect();
  EXPECT_EQ(ask(client, "echo one\n"), "one\n");
  tell(SIGTERM);
  EXPECT_EQ(receive_all(client.get()), "");
  EXPECT_EQ(await_end(), 0);
}

TEST_P(BlockingServerTest, DrainServesWhoWaitsInTheBacklog) {
  start();
  std::vector<Fd> clients;
  for (std::size_t index = 0; index < kWorkers; ++index) {
    clients.push_back(connect());
    must(send(clients.back().get(), "echo hello\n"));
  }
  tell(SIGTERM);
  for (const Fd& client : clients) EXPECT_EQ(answer(client), "hello\n");
  EXPECT_EQ(await_end(), 0);
}

TEST_P(BlockingServerTest, EndsAtTheSecondSignal) {
  options_.drain_timeout = std::chrono::minutes(10);
  start();
  const Fd client = connect();
  EXPECT_EQ(ask(client, "echo one\nlater\n"), "one\n");
  tell(SIGTERM);
  std::this_thread::sleep_for(milliseconds(50));  // By now it usually drains.
  tell(SIGINT);
  // Usually it ends by itself; on a machine that is too slow for that, the drain's guard ends it.
  const int end = await_end();
  EXPECT_TRUE(end == 0 || end == 1) << end;
}

// A leader that dies must not take the leadership with it.
TEST_P(BlockingPoolTest, KilledWorkersAreReplaced) {
  start();
  EXPECT_EQ(ask(connect(), "echo early\n"), "early\n");
  std::vector<pid_t> workers;
  while (workers.size() < kWorkers) workers = children();
  for (const pid_t worker : workers) ::kill(worker, SIGKILL);
  await_service();
  tell(SIGTERM);
  EXPECT_EQ(await_end(), 0);
}

TEST_P(BlockingServerTest, ListensOnEveryFamily) {
  const std::string name = "blocking_test_" + std::to_string(::getpid());
  const std::string path = "/tmp/" + name + ".sock";
  for (const std::string& listen : {std::string("[::1]:0"), "unix:@" + name, "unix:" + path}) {
    start(listen);
    for (int index = 0; index < 3; ++index) {
      EXPECT_EQ(ask(connect(), "echo hello\n"), "hello\n");
    }
    tell(SIGTERM);
    EXPECT_EQ(await_end(), 0);
  }
  EXPECT_NE(::access(path.c_str(), F_OK), 0) << "the socket's file is removed";
}

}  // namespace
}  // namespace hpserver
