#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "simulator/live/sim_config.h"

namespace portcullis::simulator {

/// The simulated PLC's end of a serial line: a device of the machine, or a pseudo-terminal made
/// here whose other end a program opens. Private to the simulator's .cpp files (it includes asio).
///
/// Ownership: owns its descriptors; borrows the io_context. Threading: all on the thread that runs
/// the io_context.
class SerialLineServer final {
 public:
  using OnBytes = std::function<void(std::string_view)>;
  explicit SerialLineServer(boost::asio::io_context& io) : line_(io) {}
  ~SerialLineServer();
  SerialLineServer(const SerialLineServer&) = delete;
  SerialLineServer& operator=(const SerialLineServer&) = delete;

  /// The path that the other side opens: of the pseudo-terminal, or of the device itself, which is
  /// its other end's business. Fails with kIo naming the device.
  core::Result<std::string> open(const SimSerialLine& config, OnBytes on_bytes);
  void send(const std::string& bytes);

 private:
  core::Result<std::string> open_pty();
  core::Result<std::string> open_device(const SimSerialLine& config);
  void read();

  boost::asio::posix::stream_descriptor line_;
  int other_end_ = -1;  // of a pseudo-terminal, held open so that programs may come and go
  OnBytes on_bytes_;
  std::array<char, 512> buffer_{};
};

}  // namespace portcullis::simulator
