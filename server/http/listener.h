// Listener: accepts connections on one address and deals them out to the loops. Internal to
// server/http.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "engine/base/result.h"
#include "server/http/io_loop.h"
#include "server/http/server_context.h"

namespace kyujin::http {

// Thread rule: Confined to one thread, that of the first loop, once started.
class Listener {
 public:
  // `loops` is not empty and outlives the listener, as `server` does.
  Listener(const std::vector<std::unique_ptr<IoLoop>>& loops, ServerContext& server);

  // Opens `address`. Errors: as HttpServer::Listen. Called by the owner of the server.
  [[nodiscard]] Status Open(std::string_view address);
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const { return endpoint_; }

  void Start();
  // Takes what waits in the backlog, so that no client that is already connected is turned away,
  // then closes.
  void Close();

 private:
  void Accept();
  void OnAccepted(const boost::system::error_code& error, boost::asio::ip::tcp::socket socket);
  void HandOver(boost::asio::ip::tcp::socket socket);
  IoLoop& NextLoop();

  const std::vector<std::unique_ptr<IoLoop>>& loops_;
  ServerContext& server_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::endpoint endpoint_;
  boost::asio::steady_timer retry_;
  size_t next_loop_ = 0;
};

}  // namespace kyujin::http
