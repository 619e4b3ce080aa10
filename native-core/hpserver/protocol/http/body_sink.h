#pragma once

#include <string_view>

namespace hpserver::http {

// Receives a request's body as it arrives. Exactly one of on_body_end and on_body_abort is called,
// and nothing after it. On the loop's thread; any call may answer, pause the body or defer.
class BodySink {
 public:
  virtual ~BodySink() = default;

  // A piece of the body without its chunk framing, valid during the call.
  virtual void on_body(std::string_view bytes) = 0;
  // The body is complete. If the answer is neither given, deferred nor begun as a stream when this
  // call returns, it is a 500.
  virtual void on_body_end() = 0;
  // The rest won't come: the client has disconnected, sent something invalid, too much or too
  // slowly, or the answer has ended before the body. No answer is possible unless it was begun.
  virtual void on_body_abort() = 0;
};

}  // namespace hpserver::http
