#include "server/http/listener.h"

#include <charconv>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

namespace kyujin::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Written without a session, so it must be small enough for any socket buffer.
constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
    "Connection: close\r\n\r\n";

constexpr std::chrono::milliseconds kAcceptRetry{100};

Result<tcp::endpoint> ParseAddress(std::string_view text) {
  const Error invalid = InvalidArgument(
      "listen address \"" + std::string(text) +
      "\": write an IP address or localhost, a colon and a port, as 127.0.0.1:8080 or [::1]:8080");
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return invalid;
  }
  std::string_view host = text.substr(0, colon);
  const std::string_view port_text = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return invalid;
  }
  uint16_t port = 0;
  const auto [end, error] =
      std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (error != std::errc() || end != port_text.data() + port_text.size()) {
    return invalid;
  }
  error_code address_error;
  const auto address =
      asio::ip::make_address(host == "localhost" ? "127.0.0.1" : std::string(host), address_error);
  if (address_error) {
    return invalid;
  }
  return tcp::endpoint(address, port);
}

}  // namespace

Listener::Listener(const std::vector<std::unique_ptr<IoLoop>>& loops, ServerContext& server)
    : loops_(loops), server_(server), acceptor_(loops[0]->io()), retry_(loops[0]->io()) {}

Status Listener::Open(std::string_view address) {
  KYUJIN_ASSIGN_OR_RETURN(const tcp::endpoint wanted, ParseAddress(address));
  const auto failed = [&](const error_code& error) {
    return Unavailable("cannot listen on " + std::string(address) + ": " + error.message() +
                       "; stop the program that uses it or choose another address or port");
  };
  error_code error;
  if (acceptor_.open(wanted.protocol(), error); error) {
    return failed(error);
  }
  // Lets a restarted server take its port back while old connections are in TIME_WAIT.
  if (acceptor_.set_option(tcp::acceptor::reuse_address(true), error); error) {
    return failed(error);
  }
  if (acceptor_.bind(wanted, error); error) {
    return failed(error);
  }
  if (acceptor_.listen(asio::socket_base::max_listen_connections, error); error) {
    return failed(error);
  }
  if (acceptor_.non_blocking(true, error); error) {
    return failed(error);
  }
  endpoint_ = acceptor_.local_endpoint(error);
  if (error) {
    return failed(error);
  }
  return {};
}

void Listener::Start() {
  Accept();
}

IoLoop& Listener::NextLoop() {
  return *loops_[next_loop_++ % loops_.size()];
}

void Listener::Accept() {
  // The loop that is next gets the socket; its sessions live on that loop's context.
  acceptor_.async_accept(loops_[next_loop_ % loops_.size()]->io(),
                         [this](const error_code& error, tcp::socket socket) {
                           OnAccepted(error, std::move(socket));
                         });
}

void Listener::OnAccepted(const error_code& error, tcp::socket socket) {
  if (!acceptor_.is_open()) {
    return;
  }
  if (!error) {
    try {
      HandOver(std::move(socket));
    } catch (const std::exception& exception) {
      // Costs this client its connection, not the others their server.
      server_.observer.OnFailure("accept", exception.what());
    }
    Accept();
    return;
  }
  if (error == asio::error::connection_aborted) {
    Accept();
    return;
  }
  // Out of descriptors or memory: trying again at once would only burn the processor.
  server_.observer.OnFailure("accept", error.message());
  retry_.expires_after(kAcceptRetry);
  retry_.async_wait([this](const error_code& wait_error) {
    if (!wait_error && acceptor_.is_open()) {
      Accept();
    }
  });
}

void Listener::HandOver(tcp::socket socket) {
  IoLoop& loop = NextLoop();
  if (server_.open_connections >= server_.limits.max_connections) {
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(kTooManyConnections.data(), kTooManyConnections.size()),
                      ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    return;
  }
  if (&loop == loops_[0].get()) {
    loop.AddSession(std::move(socket));
  } else {
    asio::post(loop.io(), [&loop, accepted = std::move(socket)]() mutable {
      loop.AddSession(std::move(accepted));
    });
  }
}

void Listener::Close() {
  error_code error;
  while (true) {
    tcp::socket socket = acceptor_.accept(loops_[next_loop_ % loops_.size()]->io(), error);
    if (error) {
      break;
    }
    HandOver(std::move(socket));
  }
  acceptor_.close(error);
  retry_.cancel();
}

}  // namespace kyujin::http
