// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/ws_session.hpp"

#include "hlx/actors/transport/lws_parts.hpp"
#include "hlx/messages/assert.hpp"

#include <deque>
#include <utility>

namespace hlx::transport {

namespace {

/// More than the largest snapshot of the venue by far.
constexpr std::size_t message_bytes_max = 32 * 1024 * 1024;

constexpr unsigned handshake_timeout_secs = 5;

/// A half-open connection is noticed by pings of the protocol as well.
const lws_retry_bo_t validity = {nullptr, 0, 0, 20, 30, 0};

} // namespace

/// One attempt and the connection that it becomes; replaced as a whole.
struct ws_session::parts {
  struct attempt : client_socket {
    parts& owner;
    lws* wsi = nullptr;
    bool open = false;
    bool doomed = false;
    bool done = false;
    std::string failure;
    std::string received;
    std::deque<write_buffer> queue;

    explicit attempt(parts& x) : owner(x) {}

    ~attempt() override {
      if (wsi)
        lws_set_opaque_user_data(wsi, nullptr);
    }

    int on(lws* w, lws_callback_reasons why, void* in,
           std::size_t size) override;
    void on_bytes(std::string_view bytes);
    int on_writable();

    /// Every way to end comes here; the first reason counts.
    void end(std::string reason) {
      if (std::exchange(done, true))
        return;
      open = false;
      failure = std::move(reason);
      owner.ended.start(0);
    }
  };

  parts(event_loop& l, endpoint e, std::string p, ws_session_callbacks c)
    : loop(l),
      to(std::move(e)),
      path(std::move(p)),
      callbacks(std::move(c)),
      ended(l, [this] { report_end(); }) {
    vhost = make_client_vhost(loop, to, "ws", handshake_timeout_secs);
  }

  /// Outside the callbacks of the socket, so that a new attempt may follow.
  void report_end() {
    if (!current || !current->done)
      return;
    const auto finished = std::exchange(current, nullptr);
    unsent = finished->queue.size();
    callbacks.on_closed(finished->failure);
  }

  event_loop& loop;
  endpoint to;
  std::string path;
  ws_session_callbacks callbacks;
  lws_vhost* vhost = nullptr;
  std::unique_ptr<attempt> current;
  std::size_t unsent = 0; ///< Of the last connection.
  loop_timer ended;
};

void ws_session::parts::attempt::on_bytes(std::string_view bytes) {
  if (doomed)
    return;
  if (lws_is_first_fragment(wsi))
    received.clear();
  if (received.size() + bytes.size() > message_bytes_max) {
    // A close from inside this callback would leave lws with a broken buffer.
    doomed = true;
    failure = "a message is longer than " + std::to_string(message_bytes_max)
              + " bytes";
    kill(wsi);
    return;
  }
  received.append(bytes);
  if (lws_remaining_packet_payload(wsi) || !lws_is_final_fragment(wsi))
    return;
  owner.callbacks.on_text(received);
  received.clear();
}

int ws_session::parts::attempt::on_writable() {
  if (queue.empty())
    return 0;
  auto message = std::move(queue.front());
  queue.pop_front();
  if (!message.write(wsi, LWS_WRITE_TEXT))
    return -1;
  if (!queue.empty())
    lws_callback_on_writable(wsi);
  return 0;
}

int ws_session::parts::attempt::on(lws* w, lws_callback_reasons why, void* in,
                                   std::size_t size) {
  wsi = w;
  switch (static_cast<int>(why)) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
      open = true;
      take_log_lines();
      owner.callbacks.on_open();
      return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
      on_bytes({static_cast<const char*>(in), size});
      return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
      owner.callbacks.on_pong();
      return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
      return on_writable();
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      if (size >= 2) {
        const auto* code = static_cast<const unsigned char*>(in);
        failure = "closed by the venue with code "
                  + std::to_string(code[0] * 256 + code[1]);
      }
      return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      end(failure_text("cannot connect", in, size));
      return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
    case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
      end(!failure.empty() ? failure
          : open           ? "the connection was closed"
                 : failure_text("no answer to the handshake", nullptr, 0));
      return 0;
    case LWS_CALLBACK_WSI_DESTROY:
      end("the connection is gone");
      lws_set_opaque_user_data(wsi, nullptr);
      wsi = nullptr;
      return 0;
    default:
      return 0;
  }
}

ws_session::ws_session(event_loop& loop, endpoint to, std::string path,
                       ws_session_callbacks callbacks)
  : parts_(std::make_unique<parts>(loop, std::move(to), std::move(path),
                                   std::move(callbacks))) {
  // nop
}

ws_session::~ws_session() = default;

void ws_session::connect() {
  HLX_ASSERT(!parts_->current);
  auto& attempt = parts_->current;
  attempt = std::make_unique<parts::attempt>(*parts_);
  auto info = connect_info(parts_->loop, parts_->vhost, parts_->to);
  info.path = parts_->path.c_str();
  info.retry_and_idle_policy = &validity;
  info.opaque_user_data = attempt.get();
  info.pwsi = &attempt->wsi;
  take_log_lines();
  // Without a wsi, for one when the name is unknown, no callback tells.
  if (!lws_client_connect_via_info(&info)) {
    attempt->wsi = nullptr;
    attempt->end(failure_text("cannot connect", nullptr, 0));
  }
}

void ws_session::send(std::string_view text) {
  auto& attempt = parts_->current;
  if (!is_open())
    return;
  attempt->queue.emplace_back(text);
  lws_callback_on_writable(attempt->wsi);
}

void ws_session::close() {
  auto& attempt = parts_->current;
  if (!attempt || attempt->done)
    return;
  attempt->doomed = true;
  if (attempt->wsi)
    kill(attempt->wsi);
  attempt->end("closed by this side");
}

bool ws_session::is_open() const noexcept {
  const auto& attempt = parts_->current;
  return attempt && attempt->open && !attempt->doomed;
}

std::size_t ws_session::unsent() const noexcept {
  return parts_->current ? parts_->current->queue.size() : parts_->unsent;
}

} // namespace hlx::transport
