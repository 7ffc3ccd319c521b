#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace portcullis::simulator {

/// A byte-stream server on asio for one device: any number of clients up to a bound, each with its
/// own handler of received bytes. Private to the simulator's .cpp files (it includes asio).
///
/// A client that does not read what it is sent is dropped once 1 MiB waits for it.
/// Threading: all on the thread that runs the io_context.
template <class Protocol>
class StreamServer final {
 public:
  class Session : public std::enable_shared_from_this<Session> {
   public:
    using OnBytes = std::function<void(Session&, std::string_view)>;

    Session(typename Protocol::socket socket, StreamServer& server)
        : socket_(std::move(socket)), server_(server) {}

    void set_handler(OnBytes on_bytes) { on_bytes_ = std::move(on_bytes); }
    void send(std::string bytes) {
      if (!socket_.is_open()) return;
      outbox_bytes_ += bytes.size();
      if (outbox_bytes_ > kOutboxBytesMax) {
        close();
        return;
      }
      outbox_.push_back(std::move(bytes));
      if (outbox_.size() == 1) write();
    }
    void close() {
      boost::system::error_code ignored;
      socket_.shutdown(Protocol::socket::shutdown_both, ignored);
      socket_.close(ignored);
      server_.forget(this->shared_from_this());
    }
    [[nodiscard]] bool open() const { return socket_.is_open(); }

   private:
    friend class StreamServer;
    static constexpr std::size_t kOutboxBytesMax = 1 << 20;

    void read() {
      socket_.async_read_some(boost::asio::buffer(buffer_),
                              [self = this->shared_from_this()](
                                  const boost::system::error_code& error, std::size_t size) {
                                if (error) {
                                  self->close();
                                  return;
                                }
                                self->on_bytes_(*self, {self->buffer_.data(), size});
                                if (self->open()) self->read();
                              });
    }
    void write() {
      boost::asio::async_write(
          socket_, boost::asio::buffer(outbox_.front()),
          [self = this->shared_from_this()](const boost::system::error_code& error, std::size_t) {
            if (error) {
              self->close();
              return;
            }
            self->outbox_bytes_ -= self->outbox_.front().size();
            self->outbox_.pop_front();
            if (!self->outbox_.empty()) self->write();
          });
    }

    typename Protocol::socket socket_;
    StreamServer& server_;
    OnBytes on_bytes_;
    std::array<char, 4096> buffer_{};
    std::deque<std::string> outbox_;
    std::size_t outbox_bytes_ = 0;
  };
  using SessionPtr = std::shared_ptr<Session>;
  /// Makes the handler of a new client.
  using Welcome = std::function<typename Session::OnBytes()>;

  explicit StreamServer(boost::asio::io_context& io) : acceptor_(io) {}

  /// Binds and listens; the error says why not.
  boost::system::error_code listen(const typename Protocol::endpoint& endpoint, Welcome welcome) {
    welcome_ = std::move(welcome);
    boost::system::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (error) return error;
    if constexpr (std::is_same_v<Protocol, boost::asio::ip::tcp>) {
      // A restarted simulator takes its ports back at once.
      acceptor_.set_option(typename Protocol::acceptor::reuse_address(true), error);
    }
    acceptor_.bind(endpoint, error);
    if (error) return error;
    acceptor_.listen(16, error);
    if (!error) accept();
    return error;
  }
  [[nodiscard]] typename Protocol::endpoint endpoint() const {
    boost::system::error_code ignored;
    return acceptor_.local_endpoint(ignored);
  }
  void send_all(const std::string& bytes) {
    const auto sessions = sessions_;
    for (const SessionPtr& session : sessions) session->send(bytes);
  }
  [[nodiscard]] std::size_t clients() const { return sessions_.size(); }

 private:
  static constexpr std::size_t kClientsMax = 32;

  void forget(const SessionPtr& session) { sessions_.erase(session); }
  void accept() {
    acceptor_.async_accept(
        [this](const boost::system::error_code& error, typename Protocol::socket socket) {
          if (error == boost::asio::error::operation_aborted) return;
          if (!error && sessions_.size() < kClientsMax) {
            if constexpr (std::is_same_v<Protocol, boost::asio::ip::tcp>) {
              boost::system::error_code ignored;
              socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
            }
            auto session = std::make_shared<Session>(std::move(socket), *this);
            session->set_handler(welcome_());
            sessions_.insert(session);
            session->read();
          }
          accept();
        });
  }

  typename Protocol::acceptor acceptor_;
  Welcome welcome_;
  std::unordered_set<SessionPtr> sessions_;
};

using TcpServer = StreamServer<boost::asio::ip::tcp>;
using UnixServer = StreamServer<boost::asio::local::stream_protocol>;

}  // namespace portcullis::simulator
