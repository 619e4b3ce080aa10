#include "hpserver/protocol/http/answer_unrouted.h"

#include <string_view>

#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/router.h"
#include "hpserver/protocol/http/static_files.h"

namespace hpserver::http {

void answer_unrouted(const Request& request, Response& response, const Route* route,
                     StaticFiles* files) {
  const Method method = request.method();
  const bool is_file = route == nullptr && files != nullptr;
  if (is_file && (method == Method::get || method == Method::head)) {
    files->serve(request, response);
    return;
  }
  if (method == Method::other) {
    response.send_error(501);
    return;
  }
  // "*" means the server as a whole: the grammar allows it only for OPTIONS.
  const bool is_server_wide = request.target() == "*";
  const bool is_known = route != nullptr || (is_file && files->knows(request, response));
  if (!is_known && !is_server_wide) {
    response.send_error(404);
    return;
  }
  const std::string_view allow = is_server_wide ? "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH"
                                 : is_file      ? "GET, HEAD, OPTIONS"
                                                : std::string_view(route->allow);
  if (method == Method::options) {
    response.status(204).header("Allow", allow).send({});
  } else {
    response.status(405).header("Allow", allow).content_type("text/plain; charset=utf-8");
    response.send("Method Not Allowed\n");
  }
}

}  // namespace hpserver::http
