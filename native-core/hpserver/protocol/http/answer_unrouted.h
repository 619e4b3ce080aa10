#pragma once

namespace hpserver::http {

class Request;
class Response;
class StaticFiles;
struct Route;

// Answers a request without a handler: with a file if `files` (may be null) has one, else with 404,
// 405, 501, or the answer to OPTIONS. `route` matches the path but not the method, or is null.
void answer_unrouted(const Request& request, Response& response, const Route* route,
                     StaticFiles* files);

}  // namespace hpserver::http
