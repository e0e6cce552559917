// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/event_loop.hpp"
#include "hlx/actors/transport/socket_server.hpp"

#include <boost/test/unit_test.hpp>

#include <exception>
#include <memory>
#include <string>

namespace hlx::transport {

/// Client and server on one event loop and one thread, so that every test is a
/// plain sequence.
struct loop_fixture {
  event_loop loop;

  loop_fixture() { loop.open(); }

  /// Runs the loop until `done()`; a test that waits for ever fails.
  template <class Predicate>
  void run_until(Predicate done) {
    bool late = false;
    loop_timer limit{loop, [&] { late = true; }};
    limit.start(10'000);
    while (!done() && !late) {
      BOOST_REQUIRE(loop.service(true));
      if (auto failure = loop.take_failure())
        std::rethrow_exception(failure);
    }
    BOOST_REQUIRE_MESSAGE(!late, "what was waited for did not come");
  }

  /// Lets what has been asked for happen, for a while.
  void run_for(std::int64_t duration_ms) {
    bool over = false;
    loop_timer limit{loop, [&] { over = true; }};
    limit.start(duration_ms);
    run_until([&] { return over; });
  }
};

/// A server that says what it got, and answers as the test says.
struct echo_server {
  std::unique_ptr<socket_server> server;
  std::vector<http_request> requests;
  std::vector<std::string> texts;
  std::vector<connection_id> ws_open;
  std::vector<connection_id> ws_closed;
  bool answers = true;
  int status = 200;

  explicit echo_server(event_loop& loop, socket_server_options options = {}) {
    socket_server_callbacks callbacks;
    callbacks.on_http = [this](http_request request) {
      requests.push_back(request);
      if (answers)
        server->respond(request.id, status, "application/json", request.body);
    };
    callbacks.on_ws_open = [this](connection_id id) { ws_open.push_back(id); };
    callbacks.on_ws_text = [this](connection_id id, std::string_view text) {
      texts.emplace_back(text);
      if (answers)
        server->ws_send(id, text);
    };
    callbacks.on_ws_close = [this](connection_id id) {
      ws_closed.push_back(id);
    };
    server = std::make_unique<socket_server>(loop, std::move(options),
                                             std::move(callbacks));
  }

  endpoint plain() const { return {"127.0.0.1", server->port(), false, {}}; }
};

} // namespace hlx::transport
