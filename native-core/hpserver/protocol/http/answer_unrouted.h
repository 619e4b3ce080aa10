#pragma once

namespace hpserver::http {

class Request;
class Response;
class StaticFiles;
struct Route;

// Answers what no handler is for: a file if `files` (or null) has one there, else 404, 405, 501, or
// what OPTIONS asks. `route` matches the path, but not the method; or it is null.
void answer_unrouted(const Request& request, Response& response, const Route* route,
                     StaticFiles* files);

}  // namespace hpserver::http
