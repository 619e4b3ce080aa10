// The floor: what epoll and the kernel's TCP cost, without HTTP. Whatever comes
// is taken for whole requests of the same length as the first one, and answered
// with the same bytes each. One loop; no limits, no deadlines, no errors.
// Prints where it listens.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view kAnswer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
    "13\r\n\r\nHello, World!";
constexpr std::string_view kLastAnswer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: "
    "close\r\nContent-Length: 13\r\n\r\n"
    "Hello, World!";
constexpr std::size_t kMostAnswers = 1024;

// What the first request of all tells of those that follow.
struct Requests {
  std::size_t bytes = 0;
  bool are_last = false;
  std::string answers = {};

  void learn(std::string_view input) {
    bytes = input.find("\r\n\r\n") + 4;
    are_last = input.find("Connection: close") != std::string_view::npos;
    const std::string_view answer = are_last ? kLastAnswer : kAnswer;
    for (std::size_t count = 0; count < kMostAnswers; ++count) answers += answer;
  }
  [[nodiscard]] std::string_view answers_to(std::size_t input_bytes) const {
    const std::size_t answer_bytes = answers.size() / kMostAnswers;
    return std::string_view(answers).substr(0, input_bytes / bytes * answer_bytes);
  }
};

int listen_on_loopback(int epoll_fd) {
  const int listen_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  constexpr int kOn = 1;
  ::setsockopt(listen_fd, IPPROTO_TCP, TCP_NODELAY, &kOn, sizeof kOn);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  ::bind(listen_fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::listen(listen_fd, 4096);
  socklen_t size = sizeof address;
  ::getsockname(listen_fd, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("listening on http://127.0.0.1:%d\n", ::ntohs(address.sin_port));
  std::fflush(stdout);
  epoll_event event{.events = EPOLLIN, .data = {.fd = listen_fd}};
  ::epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listen_fd, &event);
  return listen_fd;
}

void accept_one(int epoll_fd, int listen_fd) {
  const int conn_fd = ::accept4(listen_fd, nullptr, nullptr, SOCK_NONBLOCK);
  if (conn_fd == -1) return;
  epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.fd = conn_fd}};
  ::epoll_ctl(epoll_fd, EPOLL_CTL_ADD, conn_fd, &event);
}

void answer(int conn_fd, Requests& requests) {
  static std::array<char, 65'536> buffer;
  const ssize_t got = ::recv(conn_fd, buffer.data(), buffer.size(), 0);
  if (got <= 0) {
    ::close(conn_fd);
    return;
  }
  const std::string_view input(buffer.data(), static_cast<std::size_t>(got));
  if (requests.bytes == 0) requests.learn(input);
  const std::string_view answers = requests.answers_to(input.size());
  static_cast<void>(!::send(conn_fd, answers.data(), answers.size(), MSG_NOSIGNAL));
  if (requests.are_last) ::close(conn_fd);
}

}  // namespace

int main() {
  const int epoll_fd = ::epoll_create1(0);
  const int listen_fd = listen_on_loopback(epoll_fd);
  Requests requests;
  std::array<epoll_event, 512> events{};
  while (true) {
    const int count = ::epoll_wait(epoll_fd, events.data(), events.size(), -1);
    for (int index = 0; index < count; ++index) {
      const int fd = events.at(static_cast<std::size_t>(index)).data.fd;
      if (fd == listen_fd) {
        accept_one(epoll_fd, listen_fd);
      } else {
        answer(fd, requests);
      }
    }
  }
}
