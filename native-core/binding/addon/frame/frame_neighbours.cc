#include "addon/frame/frame_neighbours.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "addon/environment.h"
#include "addon/exchange/chunk.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"

namespace hpserver::binding {

void FrameNeighbours::add_to(Napi::Env env, Napi::Object exports,
                             std::unique_ptr<FrameNeighbours> neighbours) {
  env.GetInstanceData<Environment>()->neighbours = std::move(neighbours);
  exports.Set("layOutFrames", Napi::Function::New<lay_out_frames>(env, "layOutFrames"));
  exports.Set("serveFrames", Napi::Function::New<serve_frames>(env, "serveFrames"));
  exports.Set("answerFrame", Napi::Function::New<answer_frame>(env, "answerFrame"));
}

FrameNeighbours& FrameNeighbours::of(Napi::Env env) {
  return static_cast<FrameNeighbours&>(*env.GetInstanceData<Environment>()->neighbours);
}

void FrameNeighbours::lay_out_frames(const Napi::CallbackInfo& call) {
  FrameNeighbours& self = of(call.Env());
  const auto protocols = call[0].As<Napi::Array>();
  const std::size_t queue_capacity = call[1].As<Napi::Number>().Uint32Value();
  std::vector<Placed> placed;
  for (std::uint32_t index = 0; index < protocols.Length(); ++index) {
    const auto told = protocols.Get(index).As<Napi::Object>();
    const std::string name = text_of(told, "name");
    const auto& known = frame_protocols();
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& protocol) { return protocol.name == name; });
    if (found == known.end()) {
      return throw_type_error(call.Env(), "the addon has no protocol " + name);
    }
    placed.push_back(
        {&*found, number_of(told, "addresses"), self.make_handler(index, queue_capacity)});
  }
  self.placed_ = std::move(placed);
}

void FrameNeighbours::serve_frames(const Napi::CallbackInfo& call) {
  of(call.Env()).serve(call.Env(), call[0]);
}

void FrameNeighbours::answer_frame(const Napi::CallbackInfo& call) {
  frame::FrameReply reply;
  if (!call[1].IsNull()) reply.frame = Chunk(call.Env(), call[1]).take();
  reply.close = call[2].ToBoolean();
  of(call.Env()).reply(call[0].As<Napi::Number>().DoubleValue(), std::move(reply));
}

std::unique_ptr<Service> FrameNeighbours::beside(std::unique_ptr<Service> http) {
  if (placed_.empty()) return http;
  std::vector<std::unique_ptr<Service>> services;
  services.push_back(std::move(http));
  for (const Placed& placed : placed_) {
    services.push_back(
        std::make_unique<frame::FrameService>(placed.protocol->make_codec, placed.handler));
  }
  return std::make_unique<ServiceSet>(addresses_, std::move(services));
}

void FrameNeighbours::serve_at(const std::vector<Address>& addresses) {
  std::size_t count = 0;
  for (const Placed& placed : placed_) count += placed.address_count;
  addresses_ = {};
  auto next = addresses.end() - static_cast<std::ptrdiff_t>(std::min(count, addresses.size()));
  std::uint8_t service = 0;
  for (const Placed& placed : placed_) {
    ++service;
    for (std::size_t left = placed.address_count; left > 0 && next != addresses.end(); --left) {
      addresses_.assign(*next++, service);
    }
  }
}

}  // namespace hpserver::binding
