#include "simulator/live/serial_line.h"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <boost/asio/serial_port.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

namespace portcullis::simulator {

namespace asio = boost::asio;

namespace {

core::Error line_error(const std::string& device, const std::string& why) {
  return {core::ErrorCode::kIo, "simulated PLC: serial line " + device + ": " + why};
}

}  // namespace

SerialLineServer::~SerialLineServer() {
  if (other_end_ >= 0) ::close(other_end_);
}

core::Result<std::string> SerialLineServer::open_pty() {
  const int here = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  char name[128] = {};
  if (here < 0 || ::grantpt(here) != 0 || ::unlockpt(here) != 0 ||
      ::ptsname_r(here, name, sizeof name) != 0) {
    const std::string why = std::strerror(errno);
    if (here >= 0) ::close(here);
    return line_error("pty", why);
  }
  line_.assign(here);
  other_end_ = ::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios settings{};
  if (other_end_ < 0 || ::tcgetattr(other_end_, &settings) != 0)
    return line_error(name, std::strerror(errno));
  ::cfmakeraw(&settings);
  if (::tcsetattr(other_end_, TCSANOW, &settings) != 0)
    return line_error(name, std::strerror(errno));
  return std::string(name);
}

core::Result<std::string> SerialLineServer::open_device(const SimSerialLine& config) {
  using Port = asio::serial_port;
  Port port(line_.get_executor());
  boost::system::error_code error;
  port.open(config.device, error);
  if (!error) port.set_option(Port::baud_rate(static_cast<unsigned>(config.baud)), error);
  if (!error) port.set_option(Port::character_size(8), error);
  if (!error)
    port.set_option(Port::parity(config.parity == 'N'   ? Port::parity::none
                                 : config.parity == 'O' ? Port::parity::odd
                                                        : Port::parity::even),
                    error);
  if (!error)
    port.set_option(
        Port::stop_bits(config.stop_bits == 2 ? Port::stop_bits::two : Port::stop_bits::one),
        error);
  if (error) return line_error(config.device, error.message());
  const int here = ::fcntl(port.native_handle(), F_DUPFD_CLOEXEC, 0);
  if (here < 0) return line_error(config.device, std::strerror(errno));
  line_.assign(here);
  return config.device;
}

core::Result<std::string> SerialLineServer::open(const SimSerialLine& config, OnBytes on_bytes) {
  PC_TRY(auto path, config.device == kSimPty ? open_pty() : open_device(config));
  on_bytes_ = std::move(on_bytes);
  read();
  return path;
}

void SerialLineServer::read() {
  line_.async_read_some(asio::buffer(buffer_),
                        [this](const boost::system::error_code& error, std::size_t size) {
                          if (error) return;
                          on_bytes_({buffer_.data(), size});
                          read();
                        });
}

void SerialLineServer::send(const std::string& bytes) {
  boost::system::error_code ignored;
  line_.non_blocking(true, ignored);
  // As on a real line, what does not fit is lost; the master asks again.
  line_.write_some(asio::buffer(bytes), ignored);
}

}  // namespace portcullis::simulator
