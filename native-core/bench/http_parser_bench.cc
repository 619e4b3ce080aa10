// Measures the nanoseconds per request head, beside those of a memchr for '\n' over the same bytes:
// the floor of any reader. Usage: http_parser_bench [rounds]; prints one line per head, the best of
// 7 interleaved runs.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>

#include "hpserver/protocol/http/request_parser.h"

namespace {

using hpserver::http::Progress;
using hpserver::http::RequestParser;

struct Sample {
  const char* name;
  std::string_view head;
};

constexpr std::array kSamples = {
    Sample{"tiny", "GET /plaintext HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n"},
    Sample{"wrk", "GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"},
    Sample{"browser",
           "GET /static/app/main.4f2a9c.js?v=20240501 HTTP/1.1\r\n"
           "Host: www.example.com\r\n"
           "Connection: keep-alive\r\n"
           "Cache-Control: max-age=0\r\n"
           "Upgrade-Insecure-Requests: 1\r\n"
           "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
           "Chrome/124.0.0.0 Safari/537.36\r\n"
           "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
           "*/*;q=0.8\r\n"
           "Referer: https://www.example.com/index.html\r\n"
           "Accept-Encoding: gzip, deflate, br\r\n"
           "Accept-Language: en-GB,en;q=0.9,de;q=0.8\r\n"
           "Cookie: session=3f1c2b4a5d6e7f8091a2b3c4d5e6f708; theme=dark; consent=1\r\n"
           "\r\n"},
};

double nanoseconds_per_round(std::size_t rounds, auto&& once) {
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < rounds; ++i) once();
  const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
  return taken.count() / static_cast<double>(rounds);
}

/** Keeps the optimiser from dropping a value that isn't used otherwise. */
void use(const auto& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

void parse(RequestParser& parser, std::string_view bytes) {
  use(bytes);
  parser.reset();
  if (parser.feed(bytes).progress != Progress::head_complete) std::abort();
  use(parser.head());
}

void scan(std::string_view bytes) {
  use(bytes);
  std::size_t lines = 0;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while ((at = static_cast<const char*>(
              std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
    ++lines;
    if (++at == end) break;
  }
  use(lines);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t rounds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200'000;
  RequestParser parser;
  for (const auto& [name, head] : kSamples) {
    double parse_ns = std::numeric_limits<double>::max();
    double scan_ns = parse_ns;
    for (int run = 0; run < 7; ++run) {
      parse_ns = std::min(parse_ns, nanoseconds_per_round(rounds, [&] { parse(parser, head); }));
      scan_ns = std::min(scan_ns, nanoseconds_per_round(rounds, [&] { scan(head); }));
    }
    std::printf("%-8s %4zu bytes  parse %7.1f ns  memchr %6.1f ns  ratio %5.1f\n", name,
                head.size(), parse_ns, scan_ns, parse_ns / scan_ns);
  }
}
