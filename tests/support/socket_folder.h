#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace portcullis::test {

/// A new folder with a short path, which goes with its contents at the end. For Unix sockets: their
/// paths have at most 107 bytes, which a build folder may exceed alone.
class SocketFolder final {
 public:
  SocketFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "pc-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": cannot be made");
    path_ = name;
  }
  ~SocketFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  SocketFolder(const SocketFolder&) = delete;
  SocketFolder& operator=(const SocketFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace portcullis::test
