#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "addon/frame/protocols.h"
#include "addon/neighbours.h"
#include "hpserver/connection/service_set.h"
#include "hpserver/protocol/frame/service.h"

namespace hpserver::binding {

// Protocols besides HTTP whose frames JavaScript answers: which ones, where, and on which thread.
// Its subclasses answer on the connection's thread (InlineFrames), or through a queue
// (QueuedFrames). For the JavaScript thread, except `beside`.
class FrameNeighbours : public Neighbours {
 public:
  // Adds the functions `layOutFrames`, `serveFrames` and `answerFrame`; see
  // server/native-frames.ts.
  static void add_to(Napi::Env env, Napi::Object exports,
                     std::unique_ptr<FrameNeighbours> neighbours);

  std::unique_ptr<Service> beside(std::unique_ptr<Service> http) override;
  void serve_at(const std::vector<Address>& addresses) override;

 protected:
  // Creates a handler that passes the frames of the protocol with this index to JavaScript.
  // `queue_capacity` is 0 if there is no queue.
  [[nodiscard]] virtual std::shared_ptr<frame::FrameHandler> make_handler(
      std::uint32_t protocol, std::size_t queue_capacity) = 0;
  // This thread answers from now on. May throw.
  virtual void serve(Napi::Env env, napi_value on_frame) = 0;
  virtual void reply(double number, frame::FrameReply reply) = 0;

 private:
  struct Placed {
    const FrameProtocol* protocol;
    std::size_t address_count;  // in the order of listening, after those of HTTP
    std::shared_ptr<frame::FrameHandler> handler;
  };

  static FrameNeighbours& of(Napi::Env env);
  static void lay_out_frames(const Napi::CallbackInfo& call);
  static void serve_frames(const Napi::CallbackInfo& call);
  static void answer_frame(const Napi::CallbackInfo& call);

  std::vector<Placed> placed_;
  ServicesByAddress addresses_;
};

}  // namespace hpserver::binding
