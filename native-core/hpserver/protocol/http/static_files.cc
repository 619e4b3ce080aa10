#include "hpserver/protocol/http/static_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "hpserver/connection/channel.h"
#include "hpserver/protocol/http/file/byte_range.h"
#include "hpserver/protocol/http/file/content_coding.h"
#include "hpserver/protocol/http/file/media_type.h"
#include "hpserver/protocol/http/file/precondition.h"
#include "hpserver/protocol/http/message/date.h"
#include "hpserver/protocol/http/message/uri.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/session.h"
#include "hpserver/storage/file_cache.h"

namespace hpserver::http {

// How a file's content is stored: as it is, or precompressed beside the plain file.
struct FileCoding {
  std::string_view name;       // in Content-Encoding
  std::string_view extension;  // in the sibling's name
  std::string_view mark;       // in the entity tag
};

namespace {

constexpr FileCoding kIdentity{"", "", ""};
constexpr FileCoding kBrotli{"br", ".br", "-br"};
constexpr FileCoding kGzip{"gzip", ".gz", "-gz"};

// Not hidden, no "." or "..", no empty segment ("//host" in a Location would be a host).
bool is_servable(std::string_view path) noexcept {
  // The kernel would take it for the end of the name.
  if (path.find('\0') != path.npos) return false;
  for (bool is_first = true; !path.empty(); is_first = false) {
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment.empty()) return false;
    // RFC 8615: ".well-known" is the one hidden name that is public.
    if (segment.front() == '.' && !(is_first && segment == ".well-known")) return false;
    path.remove_prefix(std::min(segment.size() + 1, path.size()));
  }
  return true;
}

std::uint16_t file_status_of(const Error& error) noexcept {
  switch (error.code) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
    case EXDEV:
    case EINVAL:
      return 404;
    case EACCES:
    case EPERM:
      return 403;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return 503;
    default:
      return 500;
  }
}

// Strong: combines the file's size with its modification time in nanoseconds.
class EntityTag {
 public:
  EntityTag(const StoredFile& file, const FileCoding& coding) noexcept {
    put("\"");
    put_hex(static_cast<std::uint64_t>(file.modified.tv_sec));
    put("-");
    put_hex(static_cast<std::uint64_t>(file.modified.tv_nsec));
    put("-");
    put_hex(file.size_bytes);
    put(coding.mark);
    put("\"");
  }
  [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), size_}; }

 private:
  void put(std::string_view text) noexcept {
    std::memcpy(text_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void put_hex(std::uint64_t number) noexcept {
    char* const begin = text_.data() + size_;
    size_ += static_cast<std::size_t>(std::to_chars(begin, begin + 16, number, 16).ptr - begin);
  }

  std::array<char, 64> text_;
  std::size_t size_ = 0;
};

std::string rendered_date(std::time_t time) {
  std::string text(kDateBytes, ' ');
  render_date(time, text.data());
  return text;
}

std::string content_range(const ByteRange& range, std::uint64_t size_bytes) {
  return "bytes " + std::to_string(range.offset) + '-' +
         std::to_string(range.offset + range.length - 1) + '/' + std::to_string(size_bytes);
}

}  // namespace

// The representation to send.
struct StaticFiles::Choice {
  const StoredFile* file = nullptr;
  FileCoding coding = kIdentity;
  std::string_view media_type;
  bool varies = false;  // other Accept-Encoding fields would get other codings
};

StaticFiles::StaticFiles(std::unique_ptr<Storage> storage, StaticFilesOptions options)
    : storage_(std::move(storage)), options_(std::move(options)) {}

Result<std::unique_ptr<StaticFiles>> StaticFiles::create(const std::string& root,
                                                         StaticFilesOptions options) {
  auto cache = FileCache::create(root);
  if (!cache) return cache.error();
  return std::make_unique<StaticFiles>(std::move(*cache), std::move(options));
}

void StaticFiles::serve(const Request& request, Response& response) {
  if (!decode_path(request)) {
    response.send_error(400);
    return;
  }
  serve_decoded(request, response, Directories::redirect);
}

bool StaticFiles::knows(const Request& request, const Response& response) {
  if (!decode_path(request) || !is_servable(path_)) return false;
  const auto found = storage_->find(path_, response.session_.channel_->now());
  return found.ok() || file_status_of(found.error()) != 404;
}

bool StaticFiles::decode_path(const Request& request) {
  if (!percent_decode(request.path(), path_)) return false;
  path_.erase(0, 1);
  if (path_.empty() || path_.ends_with('/')) path_ += options_.index_name;
  return true;
}

void StaticFiles::serve_path(std::string_view path, const Request& request, Response& response) {
  path_ = path;
  serve_decoded(request, response, Directories::refuse);
}

void StaticFiles::serve_decoded(const Request& request, Response& response,
                                Directories directories) {
  if (!is_servable(path_)) {
    response.send_error(404);
    return;
  }
  const auto choice = choose(request, response);
  if (!choice) {
    response.send_error(file_status_of(choice.error()));
  } else if (choice->file->kind == StoredFile::Kind::regular) {
    send(*choice, request, response);
  } else if (directories == Directories::refuse) {
    response.send_error(404);
  } else {
    redirect_into_directory(request, response);
  }
}

void StaticFiles::redirect_into_directory(const Request& request, Response& response) {
  std::string location(request.path());
  location += '/';
  if (!request.query().empty()) location.append("?").append(request.query());
  response.status(301).header("Location", location).send({});
}

// The plain file must exist; a sibling older than it is stale.
Result<StaticFiles::Choice> StaticFiles::choose(const Request& request, const Response& response) {
  const Deadline now = response.session_.channel_->now();
  const auto plain = storage_->find(path_, now);
  if (!plain) return plain.error();
  Choice choice{.file = *plain, .media_type = media_type_of(path_)};
  if (!options_.precompressed || (*plain)->kind != StoredFile::Kind::regular) return choice;

  const AcceptedCodings accepted = accepted_codings(request);
  const std::time_t modified = (*plain)->modified.tv_sec;
  std::uint16_t best = accepted.identity;
  const auto consider = [&](const FileCoding& coding, std::uint16_t weight) {
    sibling_.assign(path_).append(coding.extension);
    const auto sibling = storage_->find(sibling_, now);
    if (!sibling || (*sibling)->kind != StoredFile::Kind::regular) return;
    if ((*sibling)->modified.tv_sec < modified) return;
    choice.varies = true;
    if (weight == 0 || weight < best) return;
    best = weight;
    choice.coding = coding;
  };
  // If the client prefers neither, the later one is used.
  consider(kGzip, accepted.gzip);
  consider(kBrotli, accepted.brotli);
  if (!choice.varies) return choice;

  // Only one of the storage's results is valid at a time.
  sibling_.assign(path_).append(choice.coding.extension);
  const auto chosen = storage_->find(sibling_, now);
  if (!chosen) return chosen.error();
  choice.file = *chosen;
  return choice;
}

void StaticFiles::send(const Choice& choice, const Request& request, Response& response) {
  // RFC 9110 sections 13.2.1 and 14.2: conditions and ranges apply only to what would be a 200.
  if (response.status_ != 200) {
    send_told(choice, response);
    return;
  }
  const EntityTag tag(*choice.file, choice.coding);
  const Validators validators{tag.view(), choice.file->modified.tv_sec};
  switch (evaluate_preconditions(request, validators)) {
    case Verdict::failed:
      response.send_error(412);
      return;
    case Verdict::not_modified:
      response.status(304);
      add_validators(choice, response);
      response.send({});
      return;
    case Verdict::proceed:
      break;
  }
  const auto range = request.only_header(HeaderId::range);
  const bool ranged =
      range && request.method() == Method::get && is_range_current(request, validators);
  const RangeSet set = ranged ? parse_ranges(*range, choice.file->size_bytes) : RangeSet{};
  switch (set.kind) {
    case RangeSet::Kind::whole:
      send_whole(choice, response);
      break;
    case RangeSet::Kind::partial:
      send_ranges(choice, set, response);
      break;
    case RangeSet::Kind::unsatisfiable:
      response.status(416);
      response.header("Content-Range", "bytes */" + std::to_string(choice.file->size_bytes));
      response.send({});
      break;
  }
}

// Sends the file with the status and fields that the handler has set, and adds the others.
void StaticFiles::send_told(const Choice& choice, Response& response) const {
  add_unless_told(response, "Content-Type", choice.media_type);
  add_unless_told(response, "Content-Encoding", choice.coding.name);
  if (response.status_ == 200) {
    add_unless_told(response, "Accept-Ranges", "bytes");
    add_validators(choice, response);
  } else if (choice.varies) {
    response.header("Vary", "Accept-Encoding");
  }
  response.begin_stream(choice.file->size_bytes);
  // An invalid field has been answered with 500.
  if (response.ended()) return;
  send_piece(choice, {0, choice.file->size_bytes}, response);
  response.end();
}

// The hot path: everything except Date and Connection was rendered when the file was first sent.
void StaticFiles::send_whole(const Choice& choice, Response& response) {
  const bool is_told = !response.fields_.empty();
  // The rendered head contains the modification time, which may be later than Date.
  if (is_told || choice.file->modified.tv_sec > response.date()) {
    send_told(choice, response);
    return;
  }
  if (choice.varies) response.header("Vary", "Accept-Encoding");
  const std::string_view head = rendered_head(choice);
  if (choice.file->in_memory) {
    response.send_rendered(head, choice.file->content);
  } else {
    response.send_rendered(head, choice.file->file, choice.file->size_bytes);
  }
}

std::string_view StaticFiles::rendered_head(const Choice& choice) const {
  const StoredFile& file = *choice.file;
  // "name.gz" may also be requested by its own name, so the first letter tells for which role
  // this was rendered.
  std::string& derived = file.derived;
  const char role = choice.coding.name.empty() ? 'p' : 'c';
  if (derived.starts_with(role)) return std::string_view(derived).substr(1);
  derived = role;
  derived.append("HTTP/1.1 200 OK\r\nContent-Type: ").append(choice.media_type);
  derived.append("\r\nContent-Length: ").append(std::to_string(file.size_bytes));
  derived.append("\r\nETag: ").append(EntityTag(file, choice.coding).view());
  derived.append("\r\nLast-Modified: ").append(rendered_date(file.modified.tv_sec));
  derived.append("\r\nAccept-Ranges: bytes\r\n");
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) derived.append(name).append(value).append("\r\n");
  };
  add("Content-Encoding: ", choice.coding.name);
  add("Cache-Control: ", options_.cache_control);
  return std::string_view(derived).substr(1);
}

// The fields of the 200 that a 304 and a 206 repeat. See: RFC 9110 sections 15.4.5 and 15.3.7.
void StaticFiles::add_validators(const Choice& choice, Response& response) const {
  // RFC 9110 section 8.8.2.1: never later than Date.
  const std::time_t modified = std::min(choice.file->modified.tv_sec, response.date());
  add_unless_told(response, "ETag", EntityTag(*choice.file, choice.coding).view());
  add_unless_told(response, "Last-Modified", rendered_date(modified));
  if (choice.varies) response.header("Vary", "Accept-Encoding");
  add_unless_told(response, "Cache-Control", options_.cache_control);
}

void StaticFiles::add_unless_told(Response& response, std::string_view name,
                                  std::string_view value) {
  if (!value.empty() && response.find_field(name).empty()) response.header(name, value);
}

void StaticFiles::send_ranges(const Choice& choice, const RangeSet& set, Response& response) const {
  response.status(206);
  add_unless_told(response, "Accept-Ranges", "bytes");
  add_validators(choice, response);
  add_unless_told(response, "Content-Encoding", choice.coding.name);
  if (set.count > 1) {
    send_multipart(choice, set, response);
    return;
  }
  const ByteRange& range = set.storage[0];
  add_unless_told(response, "Content-Type", choice.media_type);
  response.header("Content-Range", content_range(range, choice.file->size_bytes));
  response.begin_stream(range.length);
  send_piece(choice, range, response);
  response.end();
}

// See: RFC 9110 section 14.6.
void StaticFiles::send_multipart(const Choice& choice, const RangeSet& set,
                                 Response& response) const {
  // Unlikely to occur in any file, and unpredictable.
  const std::string boundary = std::to_string(
      static_cast<std::uint64_t>(Clock::now().time_since_epoch().count()) * 0x9E3779B97F4A7C15U);
  std::array<std::string, kMaxRanges> heads;
  const std::string tail = "\r\n--" + boundary + "--\r\n";
  // The file's type goes into each part; the answer as a whole has a type of its own.
  const std::string told_type = response.take_field("Content-Type");
  const std::string_view type = told_type.empty() ? choice.media_type : told_type;
  std::uint64_t length_bytes = tail.size();
  for (std::size_t i = 0; i < set.count; ++i) {
    heads[i].append("\r\n--").append(boundary);
    heads[i].append("\r\nContent-Type: ").append(type);
    heads[i].append("\r\nContent-Range: ");
    heads[i].append(content_range(set.storage[i], choice.file->size_bytes)).append("\r\n\r\n");
    length_bytes += heads[i].size() + set.storage[i].length;
  }
  response.content_type("multipart/byteranges; boundary=" + boundary);
  response.begin_stream(length_bytes);
  for (std::size_t i = 0; i < set.count; ++i) {
    response.write(heads[i]);
    send_piece(choice, set.storage[i], response);
  }
  response.write(tail);
  response.end();
}

void StaticFiles::send_piece(const Choice& choice, const ByteRange& range, Response& response) {
  const StoredFile& file = *choice.file;
  if (file.in_memory) {
    response.write(std::string_view(file.content)
                       .substr(static_cast<std::size_t>(range.offset),
                               static_cast<std::size_t>(range.length)));
  } else {
    response.write_file(file.file, static_cast<off_t>(range.offset), range.length);
  }
}

}  // namespace hpserver::http
