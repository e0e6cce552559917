// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/event_loop.hpp"

#include <libwebsockets.h>

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

/// The libwebsockets side of this folder: for its .cpp files only.
namespace hlx::transport {

struct event_loop::parts {
  std::mutex mutex; ///< Guards `context` against wake() from other threads.
  lws_context* context = nullptr;
  std::atomic<bool> wake_pending{false};
  std::exception_ptr failure;
  std::set<loop_timer::parts*> timers;

  /// Runs code that libwebsockets called; no exception may pass through C.
  template <class F>
  void guarded(F f) noexcept {
    try {
      f();
    } catch (...) {
      if (!failure)
        failure = std::current_exception();
    }
  }
};

struct loop_timer::parts {
  lws_sorted_usec_list_t sul{}; // First: libwebsockets hands back its address.
  event_loop* loop = nullptr;
  std::function<void()> on_due;
  bool running = false;

  void stop() noexcept;
};

/// One client socket; the opaque user data of its wsi. Callbacks reach it on
/// the loop's thread until WSI_DESTROY or until it detaches itself.
class client_socket {
public:
  virtual ~client_socket() = default;

  /// Returns what the callback of libwebsockets is to return.
  virtual int on(lws* wsi, lws_callback_reasons why, void* in,
                 std::size_t size) = 0;
};

/// Bytes with the room in front that lws_write needs. Written once: lws_write
/// scribbles over them.
class write_buffer {
public:
  explicit write_buffer(std::string_view text) : bytes_(LWS_PRE, '\0') {
    append(text);
  }

  void append(std::string_view text) { bytes_.append(text); }

  std::size_t size() const { return bytes_.size() - LWS_PRE; }

  /// Only in a WRITEABLE callback, once. False when the connection is broken.
  bool write(lws* wsi, lws_write_protocol kind) {
    auto* data = reinterpret_cast<unsigned char*>(bytes_.data()) + LWS_PRE;
    const auto written = lws_write(wsi, data, size(), kind);
    return written >= 0 && static_cast<std::size_t>(written) >= size();
  }

private:
  std::string bytes_;
};

/// Creates a vhost for clients to one endpoint: connections are reused within
/// a vhost, one at a time. `timeout_secs` bounds handshakes and the wait for
/// the head of a reply. Throws std::runtime_error, also when the endpoint's
/// CA file cannot be read.
lws_vhost* make_client_vhost(event_loop& loop, const endpoint& to,
                             const char* name, unsigned timeout_secs);

/// What is common to every connection to `to`.
lws_client_connect_info connect_info(event_loop& loop, lws_vhost* vhost,
                                     const endpoint& to);

/// The name of the protocol of client vhosts.
inline constexpr const char* client_protocol_name = "hlx";

/// Creates a vhost that listens. Throws std::runtime_error.
lws_vhost* make_vhost(event_loop& loop, lws_context_creation_info& info);

/// Closes the socket soon, from whatever callback. Never sends a close frame.
void kill(lws* wsi) noexcept;

/// What libwebsockets logged as error on this thread, and forgets it: the only
/// place where it says why a certificate is not accepted.
std::string take_log_lines();

/// The texts of a failed connection: what the callback says and the log.
std::string failure_text(const char* what, const void* in, std::size_t size);

} // namespace hlx::transport
