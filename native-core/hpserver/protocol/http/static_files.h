#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/storage/storage.h"

namespace hpserver::http {

class Request;
class Response;
struct ByteRange;
struct RangeSet;

struct StaticFilesOptions {
  std::string index_name = "index.html";
  // Looks for "name.br" and "name.gz" beside "name", and sends what the client prefers.
  bool precompressed = true;
  // Added to every answer if not empty: "public, max-age=3600".
  std::string cache_control;
};

// Answers GET and HEAD from a storage: conditions, ranges, precompressed siblings, types, index
// pages. Never sends anything outside the storage's root, or a name that begins with a dot (except
// .well-known), and never lists a directory. One per loop.
class StaticFiles {
 public:
  explicit StaticFiles(std::unique_ptr<Storage> storage, StaticFilesOptions options = {});

  // Serves the files below `root`, through a FileCache. Errors: those of open_directory.
  static Result<std::unique_ptr<StaticFiles>> create(const std::string& root,
                                                     StaticFilesOptions options = {});

  // Answers with what is at the request's path.
  void serve(const Request& request, Response& response);
  // Whether there is anything at the request's path, so only the method is wrong.
  [[nodiscard]] bool knows(const Request& request, const Response& response);
  // Answers with what is at `path`: decoded, relative to the root, without a leading '/'.
  void serve_path(std::string_view path, const Request& request, Response& response);

 private:
  struct Choice;
  enum class Directories : bool { refuse, redirect };

  // Computes the name to look up; false if an escape is malformed.
  [[nodiscard]] bool decode_path(const Request& request);
  void serve_decoded(const Request& request, Response& response, Directories directories);
  void redirect_into_directory(const Request& request, Response& response);
  [[nodiscard]] Result<Choice> choose(const Request& request, const Response& response);
  void send(const Choice& choice, const Request& request, Response& response);
  void send_told(const Choice& choice, Response& response) const;
  void send_whole(const Choice& choice, Response& response);
  void send_ranges(const Choice& choice, const RangeSet& set, Response& response) const;
  void send_multipart(const Choice& choice, const RangeSet& set, Response& response) const;
  static void send_piece(const Choice& choice, const ByteRange& range, Response& response);
  static void add_unless_told(Response& response, std::string_view name, std::string_view value);
  void add_validators(const Choice& choice, Response& response) const;
  [[nodiscard]] std::string_view rendered_head(const Choice& choice) const;

  std::unique_ptr<Storage> storage_;
  StaticFilesOptions options_;
  std::string path_;     // scratch: the decoded path
  std::string sibling_;  // scratch: the path of a precompressed file
};

}  // namespace hpserver::http
