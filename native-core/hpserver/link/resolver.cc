#include "hpserver/link/resolver.h"

#include <netdb.h>

#include <array>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace hpserver {
namespace {

constexpr std::size_t kMaxServiceEntry = 1024;

struct Explained {
  int code;
  const char* name;
  const char* next_step;
};

constexpr std::array kExplained = std::to_array<Explained>({
    {EAI_NONAME, "EAI_NONAME", "check its spelling, /etc/hosts and /etc/services"},
    {EAI_NODATA, "EAI_NODATA", "the host exists, but has no address of this family"},
    {EAI_AGAIN, "EAI_AGAIN", "no name server has answered: check /etc/resolv.conf, then try again"},
    {EAI_FAIL, "EAI_FAIL", "the name server refuses: ask its owner"},
    {EAI_SERVICE, "EAI_SERVICE", "no such service for this kind of socket: see /etc/services"},
    {EAI_FAMILY, "EAI_FAMILY", "use AF_INET, AF_INET6 or AF_UNSPEC"},
    {EAI_MEMORY, "EAI_MEMORY", "the system is out of memory"},
    {EAI_OVERFLOW, "EAI_OVERFLOW", "the name is too long"},
    {EAI_SYSTEM, "EAI_SYSTEM", "see the system's error"},
});

ResolveError error_of(int code) noexcept {
  return {code, code == EAI_SYSTEM ? errno : 0};
}

struct FreeAddresses {
  void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};

const char* null_if_empty(const std::string& text) noexcept {
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace

std::string ResolveError::message() const {
  std::string text(::gai_strerror(code));
  for (const Explained& one : kExplained) {
    if (one.code == code) text.append(" (").append(one.name).append("): ").append(one.next_step);
  }
  if (code == EAI_SYSTEM) text.append(": ").append(Error{system_code, "getaddrinfo"}.message());
  return text;
}

Resolution resolve_now(const NameQuery& query) {
  // getaddrinfo refuses a query with neither host nor service.
  const std::string service = query.service.empty() && query.host.empty() ? "0" : query.service;
  addrinfo hints{};
  hints.ai_family = query.family;
  hints.ai_socktype = SOCK_STREAM;  // otherwise each address is returned once per socket type
  addrinfo* found = nullptr;
  const int code = ::getaddrinfo(null_if_empty(query.host), null_if_empty(service), &hints, &found);
  if (code != 0) return {{}, error_of(code)};
  const std::unique_ptr<addrinfo, FreeAddresses> list(found);
  Resolution resolution;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    resolution.addresses.push_back(Address::from(one->ai_addr, one->ai_addrlen));
  }
  return resolution;
}

NameOf name_now(const Address& address) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  const int code = ::getnameinfo(address.data(), address.size(), host.data(), host.size(),
                                 service.data(), service.size(), 0);
  if (code != 0) return {{}, {}, error_of(code)};
  return {host.data(), service.data(), {}};
}

std::optional<std::uint16_t> service_port(const std::string& service, const std::string& protocol) {
  servent entry{};
  servent* found = nullptr;
  // getservbyname itself returns memory that all threads share.
  std::array<char, kMaxServiceEntry> strings{};
  const int code = ::getservbyname_r(service.c_str(), protocol.c_str(), &entry, strings.data(),
                                     strings.size(), &found);
  if (code != 0 || found == nullptr) return std::nullopt;
  return ntohs(static_cast<std::uint16_t>(entry.s_port));
}

// Where results are delivered, as long as someone wants them.
class Resolver::Home : public std::enable_shared_from_this<Home> {
 public:
  using Deliver = std::function<void(const void* answer)>;

  explicit Home(EventLoop& loop) : loop_(&loop) {}

  // The loop's thread.
  Ticket expect(Deliver deliver) {
    wanted_.emplace(next_ticket_, std::move(deliver));
    return next_ticket_++;
  }
  void forget(Ticket ticket) { wanted_.erase(ticket); }
  [[nodiscard]] std::size_t size() const noexcept { return wanted_.size(); }

  // Any thread. Holds the lock while posting, so the loop can't end meanwhile.
  template <typename Answer>
  void answer(Ticket ticket, Answer answer) {
    const std::lock_guard lock(mutex_);
    if (loop_ == nullptr) return;
    loop_->post([self = shared_from_this(), ticket, answer = std::move(answer)] {
      self->deliver(ticket, &answer);
    });
  }

  // The resolver is being destroyed. The loop's thread.
  void cut() {
    const std::lock_guard lock(mutex_);
    loop_ = nullptr;
    wanted_.clear();
  }

 private:
  void deliver(Ticket ticket, const void* answer) {
    const auto wanted = wanted_.extract(ticket);
    if (!wanted.empty()) wanted.mapped()(answer);
  }

  std::mutex mutex_;
  EventLoop* loop_;
  std::unordered_map<Ticket, Deliver> wanted_;
  Ticket next_ticket_ = 1;
};

Resolver::Resolver(EventLoop& loop, ThreadPool& pool)
    : pool_(pool), home_(std::make_shared<Home>(loop)) {}

Resolver::~Resolver() {
  home_->cut();
}

template <typename Answer, typename Lookup>
std::optional<Resolver::Ticket> Resolver::run(Lookup lookup,
                                              std::function<void(const Answer&)> done) {
  const Ticket ticket = home_->expect(
      [done = std::move(done)](const void* answer) { done(*static_cast<const Answer*>(answer)); });
  const bool submitted = pool_.try_submit(
      [home = home_, ticket, lookup = std::move(lookup)] { home->answer(ticket, lookup()); });
  if (submitted) return ticket;
  home_->forget(ticket);
  return std::nullopt;
}

std::optional<Resolver::Ticket> Resolver::resolve(NameQuery query,
                                                  std::function<void(const Resolution&)> done) {
  return run<Resolution>([query = std::move(query)] { return resolve_now(query); },
                         std::move(done));
}

std::optional<Resolver::Ticket> Resolver::name(const Address& address,
                                               std::function<void(const NameOf&)> done) {
  return run<NameOf>([address] { return name_now(address); }, std::move(done));
}

void Resolver::cancel(Ticket ticket) {
  home_->forget(ticket);
}

std::size_t Resolver::pending_count() const noexcept {
  return home_->size();
}

}  // namespace hpserver
