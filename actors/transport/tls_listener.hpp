// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/tls_context.hpp"
#include "hlx/actors/transport/file_descriptor.hpp"
#include "hlx/actors/transport/waiting_room.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace hlx {

/// A connection whose other side has shown its certificate.
struct tls_connection {
  file_descriptor socket; ///< Does not block. Outlives the session.
  tls_session session;
};

struct tls_listener_options {
  /// Most connections that have not shown their certificate, and most that have
  /// and are not taken.
  std::size_t places = 200;
  /// How long the first may take for it.
  std::int64_t patience_ms = 2'000;
};

/// Accepts connections and sees them through TLS's handshake, on a thread of
/// its own: strangers at the port cost those no time who are connected. Who
/// says nothing or something wrong is closed; when there are too many, those
/// that wait for longest.
class tls_listener {
public:
  /// `listening`: a socket that listens. Throws std::system_error.
  tls_listener(file_descriptor listening, tls_context context,
               const tls_listener_options& options = {});
  ~tls_listener();
  tls_listener(const tls_listener&) = delete;
  tls_listener& operator=(const tls_listener&) = delete;

  /// The next connection that is through, if any.
  std::optional<tls_connection> take();

  /// A socket that can be read from while there is one. Nobody reads from it
  /// but take().
  int bell() const { return bell_.number(); }

  /// Stops listening; what is not taken is closed.
  void close();

private:
  struct guest {
    tls_connection connection;
    short wanted = 0; ///< What it waits for, as poll() calls it.
  };

  void work();
  int wait();
  void handle(const std::vector<int>& awake);
  void accept_some();
  bool advance(guest& x);
  void hand_over(tls_connection&& x);
  void send_away(int number);

  file_descriptor listening_;
  tls_context context_;
  tls_listener_options options_;
  waiting_room room_;
  std::map<int, guest> guests_; ///< By socket.
  std::int64_t no_accept_until_ms_ = 0;

  file_descriptor alarm_; ///< Wakes the thread for its end.
  std::atomic<bool> over_{false};

  std::mutex mutex_; ///< Of the rest.
  std::deque<tls_connection> ready_;
  file_descriptor bell_;
  file_descriptor rope_; ///< The other end of the bell.

  std::thread thread_;
};

} // namespace hlx
