// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/socket_server.hpp"

#include "hlx/actors/transport/lws_parts.hpp"
#include "hlx/actors/transport/request_head.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hlx::transport {

namespace {

/// An idle keep-alive connection is the client's to close.
constexpr int keep_alive_secs = 3600;
/// A reply may be as late as a test wants it.
constexpr unsigned reply_timeout_secs = 600;
constexpr std::size_t reply_header_bytes_max = 2048;

struct close_request {
  std::uint16_t code;
  std::string reason;
};

struct http_answer {
  unsigned status = 0;
  std::string content_type;
  std::string body;
};

/// One accepted socket.
struct session {
  connection_id id = 0;
  lws* wsi = nullptr;
  bool is_ws = false;
  bool doomed = false;
  bool is_deaf = false; ///< Until the request that it sent is answered.
  http_request request; ///< The one that is read or answered; its id may be 0.
  std::optional<http_answer> response;
  std::string received;
  std::deque<write_buffer> queue;
  std::size_t queued_bytes = 0;
  std::optional<close_request> closing;

  void doom() {
    doomed = true;
    kill(wsi);
  }
};

} // namespace

struct socket_server::parts {
  event_loop* loop = nullptr;
  socket_server_options options;
  socket_server_callbacks callbacks;
  lws_vhost* vhost = nullptr;
  std::uint16_t port = 0;
  std::uint64_t accepted = 0;
  http_request_id last_request = 0;
  std::unordered_map<connection_id, std::unique_ptr<session>> sessions;
  std::unordered_map<http_request_id, session*> requests;
  std::vector<connection_id> answered; ///< Of deaf connections.
  std::optional<loop_timer> answers_leave;

  static int callback(lws* wsi, lws_callback_reasons why, void* user, void* in,
                      std::size_t size);

  session* find(connection_id id) {
    const auto i = sessions.find(id);
    return i == sessions.end() || i->second->doomed ? nullptr : i->second.get();
  }

  session* accept(lws* wsi) {
    auto made = std::make_unique<session>();
    made->id = ++accepted;
    made->wsi = wsi;
    auto* result = made.get();
    lws_set_opaque_user_data(wsi, result);
    sessions.emplace(result->id, std::move(made));
    return result;
  }

  /// Forgets a request that is read, answered, or never will be.
  void end_request(session& x) {
    requests.erase(x.request.id);
    x.request = {};
    x.response.reset();
  }

  void gone(session& x) {
    const auto id = x.id;
    const bool was_ws = x.is_ws;
    lws_set_opaque_user_data(x.wsi, nullptr);
    end_request(x);
    sessions.erase(id);
    if (was_ws && callbacks.on_ws_close)
      callbacks.on_ws_close(id);
  }

  int on(session& x, lws_callback_reasons why, void* in, std::size_t size);
  int on_http_start(session& x, std::string_view path);
  int refuse(session& x, unsigned status, std::string_view text);
  int refuse_garbage(session& x);
  int on_http_body(session& x, std::string_view bytes);
  int on_http_complete(session& x);
  static bool write_answer(session& x, const http_answer& answer, bool closes);
  void answer_deaf();
  int on_http_writable(session& x, bool closes);
  int on_text(session& x, std::string_view bytes);
  int on_ws_writable(session& x);
};

int socket_server::parts::on_http_start(session& x, std::string_view path) {
  end_request(x);
  x.request.method = method_of(x.wsi);
  x.request.path = path;
  x.request.content_type = header_of(x.wsi, WSI_TOKEN_HTTP_CONTENT_TYPE);
  if (const auto no = check_head(x.wsi, path); no.status != 0)
    return refuse(x, no.status, no.text);
  if (!has_body(x.request))
    return on_http_complete(x);
  const auto no = check_length(x.wsi, options.message_bytes_max);
  return no.status == 0 ? 0 : refuse(x, no.status, no.text);
}

/// Answers at once and closes: what follows on the connection is not read.
int socket_server::parts::refuse(session& x, unsigned status,
                                 std::string_view text) {
  write_answer(x, {status, "text/plain", std::string{text}}, true);
  return -1;
}

/// Only in a callback of the session, once for each request. False when the
/// connection is broken.
bool socket_server::parts::write_answer(session& x, const http_answer& answer,
                                        bool closes) {
  std::array<unsigned char, LWS_PRE + reply_header_bytes_max> header;
  auto* const start = header.data() + LWS_PRE;
  auto* p = start;
  auto* const end = header.data() + header.size();
  constexpr std::string_view close = "close";
  if (lws_add_http_common_headers(x.wsi, answer.status,
                                  answer.content_type.c_str(),
                                  answer.body.size(), &p, end))
    return false;
  if (closes
      && lws_add_http_header_by_token(
        x.wsi, WSI_TOKEN_CONNECTION,
        reinterpret_cast<const unsigned char*>(close.data()),
        static_cast<int>(close.size()), &p, end))
    return false;
  if (lws_finalize_http_header(x.wsi, &p, end))
    return false;
  // One write for both: one packet, one TLS record.
  write_buffer bytes{std::string_view{reinterpret_cast<const char*>(start),
                                      static_cast<std::size_t>(p - start)}};
  bytes.append(answer.body);
  return bytes.write(x.wsi, LWS_WRITE_HTTP_FINAL);
}

/// What came is no HTTP, or of no known method.
int socket_server::parts::refuse_garbage(session& x) {
  constexpr std::string_view answer =
    "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\n"
    "content-length: 8\r\nconnection: close\r\n\r\nnot HTTP";
  write_buffer{answer}.write(x.wsi, LWS_WRITE_RAW);
  return -1;
}

int socket_server::parts::on_http_body(session& x, std::string_view bytes) {
  if (x.request.body.size() + bytes.size() > options.message_bytes_max)
    return -1;
  x.request.body.append(bytes);
  return 0;
}

int socket_server::parts::on_http_complete(session& x) {
  // A request that came in one piece with the one before it is said to be
  // complete again and again, and no other socket gets its turn meanwhile.
  if (x.request.id != 0) {
    on_http_writable(x, true);
    return -1;
  }
  x.request.id = ++last_request;
  x.request.connection = x.id;
  requests.emplace(x.request.id, &x);
  auto request = x.request;
  if (!callbacks.on_http)
    return -1;
  // The end of what a client sends, which it may tell before it is answered,
  // would end the connection while a body belongs to the request.
  x.is_deaf = has_body(request);
  if (x.is_deaf)
    lws_rx_flow_control(x.wsi, 0);
  callbacks.on_http(std::move(request));
  return 0;
}

/// A connection that does not listen is not told to be writable either.
void socket_server::parts::answer_deaf() {
  for (const auto id : std::exchange(answered, {}))
    if (auto* x = find(id); x && on_http_writable(*x, false) != 0)
      x->doom();
}

/// `closes`: the connection ends with this answer.
int socket_server::parts::on_http_writable(session& x, bool closes) {
  if (!x.response)
    return 0;
  const auto response = std::move(*x.response);
  end_request(x);
  if (!write_answer(x, response, closes)
      || lws_http_transaction_completed(x.wsi))
    return -1;
  if (std::exchange(x.is_deaf, false))
    lws_rx_flow_control(x.wsi, 1);
  return 0;
}

int socket_server::parts::on_text(session& x, std::string_view bytes) {
  if (x.doomed)
    return 0;
  if (lws_is_first_fragment(x.wsi))
    x.received.clear();
  if (x.received.size() + bytes.size() > options.message_bytes_max) {
    x.doom();
    return 0;
  }
  x.received.append(bytes);
  if (lws_remaining_packet_payload(x.wsi) || !lws_is_final_fragment(x.wsi))
    return 0;
  const auto text = std::exchange(x.received, {});
  if (callbacks.on_ws_text)
    callbacks.on_ws_text(x.id, text);
  return 0;
}

int socket_server::parts::on_ws_writable(session& x) {
  if (!x.queue.empty()) {
    auto message = std::move(x.queue.front());
    x.queue.pop_front();
    x.queued_bytes -= message.size();
    if (!message.write(x.wsi, LWS_WRITE_TEXT))
      return -1;
    if (!x.queue.empty() || x.closing)
      lws_callback_on_writable(x.wsi);
    return 0;
  }
  if (!x.closing)
    return 0;
  auto reason = x.closing->reason;
  lws_close_reason(x.wsi, static_cast<lws_close_status>(x.closing->code),
                   reinterpret_cast<unsigned char*>(reason.data()),
                   reason.size());
  return -1;
}

int socket_server::parts::on(session& x, lws_callback_reasons why, void* in,
                             std::size_t size) {
  const auto bytes = [&] {
    return std::string_view{static_cast<const char*>(in), in ? size : 0};
  };
  switch (static_cast<int>(why)) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
      return header_of(x.wsi, WSI_TOKEN_GET_URI) == options.ws_path ? 0 : 1;
    case LWS_CALLBACK_HTTP:
      return on_http_start(x, bytes());
    case LWS_CALLBACK_HTTP_BODY:
      return on_http_body(x, bytes());
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
      return on_http_complete(x);
    case LWS_CALLBACK_HTTP_WRITEABLE:
      return on_http_writable(x, false);
    case LWS_CALLBACK_RAW_RX:
      return refuse_garbage(x);
    case LWS_CALLBACK_ESTABLISHED:
      x.is_ws = true;
      if (callbacks.on_ws_open)
        callbacks.on_ws_open(x.id);
      return 0;
    case LWS_CALLBACK_RECEIVE:
      return on_text(x, bytes());
    case LWS_CALLBACK_SERVER_WRITEABLE:
      return on_ws_writable(x);
    case LWS_CALLBACK_WSI_DESTROY:
      gone(x);
      return 0;
    default:
      return 0;
  }
}

int socket_server::parts::callback(lws* wsi, lws_callback_reasons why, void*,
                                   void* in, std::size_t size) {
  if (!wsi || why == LWS_CALLBACK_EVENT_WAIT_CANCELLED)
    return 0;
  auto* vhost = lws_get_vhost(wsi);
  auto* self = vhost ? static_cast<parts*>(lws_vhost_user(vhost)) : nullptr;
  if (!self)
    return 0;
  auto* x = static_cast<session*>(lws_get_opaque_user_data(wsi));
  int result = 0;
  self->loop->internals().guarded([&] {
    if (!x && why == LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED)
      self->accept(wsi);
    else if (x)
      result = self->on(*x, why, in, size);
  });
  return result;
}

socket_server::socket_server(event_loop& loop, socket_server_options options,
                             socket_server_callbacks callbacks)
  : parts_(std::make_unique<parts>()) {
  parts_->loop = &loop;
  parts_->options = std::move(options);
  parts_->callbacks = std::move(callbacks);
  parts_->answers_leave.emplace(
    loop, [parts = parts_.get()] { parts->answer_deaf(); });
  static const lws_protocols protocols[] = {
    {"hlx-server", parts::callback, 0, 0, 0, nullptr, 0},
    {nullptr, nullptr, 0, 0, 0, nullptr, 0},
  };
  const auto& opts = parts_->options;
  lws_context_creation_info info{};
  info.port = opts.port;
  info.iface = opts.address.c_str();
  info.protocols = protocols;
  info.vhost_name = "server";
  info.options = LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND
                 | LWS_SERVER_OPTION_FALLBACK_TO_APPLY_LISTEN_ACCEPT_CONFIG;
  info.listen_accept_role = "raw-skt";
  info.listen_accept_protocol = "hlx-server";
  info.keepalive_timeout = keep_alive_secs;
  info.timeout_secs = reply_timeout_secs;
  info.user = parts_.get();
  if (!opts.certificate_file.empty()) {
    info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.ssl_cert_filepath = opts.certificate_file.c_str();
    info.ssl_private_key_filepath = opts.key_file.c_str();
    info.alpn = "http/1.1";
  }
  try {
    parts_->vhost = make_vhost(loop, info);
  } catch (const std::runtime_error& failure) {
    throw std::runtime_error("cannot listen on " + opts.address + ":"
                             + std::to_string(opts.port) + ": "
                             + failure.what());
  }
  const auto port = lws_get_vhost_listen_port(parts_->vhost);
  if (port <= 0)
    throw std::runtime_error("cannot listen on " + opts.address + ":"
                             + std::to_string(opts.port));
  parts_->port = static_cast<std::uint16_t>(port);
}

socket_server::~socket_server() {
  // The vhost points here; it cannot outlive this object.
  parts_->callbacks = {};
  parts_->loop->close();
}

std::uint16_t socket_server::port() const noexcept {
  return parts_->port;
}

bool socket_server::respond(http_request_id request, int status,
                            std::string_view content_type,
                            std::string_view body) {
  const auto i = parts_->requests.find(request);
  if (i == parts_->requests.end() || i->second->response)
    return false;
  auto& x = *i->second;
  x.response = http_answer{static_cast<unsigned>(status),
                           std::string{content_type}, std::string{body}};
  if (x.is_deaf) {
    parts_->answered.push_back(x.id);
    parts_->answers_leave->start(0);
  } else {
    lws_callback_on_writable(x.wsi);
  }
  return true;
}

bool socket_server::drop_request(http_request_id request) {
  const auto i = parts_->requests.find(request);
  return i != parts_->requests.end() && drop(i->second->id);
}

bool socket_server::ws_send(connection_id connection, std::string_view text) {
  auto* x = parts_->find(connection);
  if (!x || !x->is_ws || x->closing)
    return false;
  if (x->queued_bytes + text.size() > parts_->options.queue_bytes_max) {
    x->doom();
    return false;
  }
  x->queue.emplace_back(text);
  x->queued_bytes += text.size();
  lws_callback_on_writable(x->wsi);
  return true;
}

bool socket_server::ws_close(connection_id connection, std::uint16_t code,
                             std::string_view reason) {
  auto* x = parts_->find(connection);
  if (!x || !x->is_ws || x->closing)
    return false;
  x->closing = close_request{code, std::string{reason}};
  lws_callback_on_writable(x->wsi);
  return true;
}

bool socket_server::drop(connection_id connection) {
  auto* x = parts_->find(connection);
  if (!x)
    return false;
  x->doom();
  return true;
}

std::uint64_t socket_server::accepted() const noexcept {
  return parts_->accepted;
}

} // namespace hlx::transport
