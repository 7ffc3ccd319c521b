#include "services/lane/socket_path.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace portcullis::services {
namespace {

/// Whether some process accepts connections at `path`.
bool somebody_listens(const sockaddr_un& address) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return false;
  const int rc =
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address));  // NOLINT
  const bool full_backlog = rc != 0 && errno == EAGAIN;
  ::close(fd);
  return rc == 0 || full_backlog;
}

}  // namespace

core::Status free_socket_path(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       "lane API socket '" + path + "': the path must have 1 to 107 bytes"};
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return {};
  if (!S_ISSOCK(info.st_mode)) {
    return core::Error{core::ErrorCode::kIo,
                       "lane API socket '" + path + "': something else has this name; remove it"};
  }
  if (somebody_listens(address)) {
    return core::Error{
        core::ErrorCode::kUnavailable,
        "lane API socket '" + path + "': another process serves it; stop that first"};
  }
  ::unlink(path.c_str());
  return {};
}

}  // namespace portcullis::services
