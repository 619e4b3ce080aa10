#pragma once

#include <memory>

#include "hpserver/connection/transport.h"
#include "hpserver/event/proactor.h"
#include "hpserver/transport/accept_relief.h"

namespace hpserver {

class CompletionTransport;

// Has the kernel accept connections from one listening socket, and hands them on. Sheds and backs
// off as Acceptor does. For the loop's thread.
class CompletionAcceptor final : public Listener {
 public:
  // Errors: EMFILE, ENFILE (the spare descriptor); those of CompletionPort::accept.
  static Result<std::unique_ptr<CompletionAcceptor>> create(CompletionTransport& transport,
                                                            Proactor& proactor, Fd listen_fd,
                                                            OnAccept on_accept);
  ~CompletionAcceptor() override;

  void close(Listening after) override;
  void look_again() override;

 private:
  class Accepting;

  explicit CompletionAcceptor(Accepting& accepting) noexcept : accepting_(&accepting) {}

  Accepting* accepting_;  // deletes itself after its last completion
};

}  // namespace hpserver
