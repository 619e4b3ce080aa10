#pragma once

#include <node_api.h>

#include <cstddef>
#include <cstdint>

// The few functions of libuv that we call. The node binary exports them; they are declared here
// because libuv's headers are not installed everywhere, and node-api-headers leaves them out. libuv
// keeps its ABI throughout 1.x, and reports the sizes of its handles itself (uv_handle_size).
// See: https://docs.libuv.org/en/v1.x/design.html
extern "C" {

struct uv_handle_s;

int uv_async_init(uv_loop_s* loop, uv_handle_s* handle, void (*on_async)(uv_handle_s*));
int uv_async_send(uv_handle_s* handle);
int uv_poll_init(uv_loop_s* loop, uv_handle_s* handle, int fd);
int uv_poll_start(uv_handle_s* handle, int events, void (*on_poll)(uv_handle_s*, int, int));
int uv_prepare_init(uv_loop_s* loop, uv_handle_s* handle);
int uv_prepare_start(uv_handle_s* handle, void (*on_prepare)(uv_handle_s*));
int uv_timer_init(uv_loop_s* loop, uv_handle_s* handle);
int uv_timer_start(uv_handle_s* handle, void (*on_timer)(uv_handle_s*), std::uint64_t timeout_ms,
                   std::uint64_t repeat_ms);
int uv_timer_stop(uv_handle_s* handle);
std::uint64_t uv_now(const uv_loop_s* loop);
std::size_t uv_handle_size(int type);
void uv_handle_set_data(uv_handle_s* handle, void* data);
void* uv_handle_get_data(const uv_handle_s* handle);
void uv_unref(uv_handle_s* handle);
void uv_close(uv_handle_s* handle, void (*on_closed)(uv_handle_s*));

}  // extern "C"

namespace hpserver::binding {

// The values of uv_handle_type and uv_poll_event that we use.
inline constexpr int kUvAsync = 1;
inline constexpr int kUvPoll = 8;
inline constexpr int kUvPrepare = 9;
inline constexpr int kUvTimer = 13;
inline constexpr int kUvReadable = 1;

}  // namespace hpserver::binding
