// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/http_lane.hpp"

#include "hlx/actors/transport/lws_parts.hpp"
#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace hlx::transport {

namespace {

constexpr std::size_t reply_bytes_max = 64 * 1024 * 1024;
constexpr int keep_warm_secs = 3600;
/// The deadline of each request is the lane's own.
constexpr unsigned reply_timeout_secs = 600;
constexpr std::size_t read_chunk = 16 * 1024;

} // namespace

struct http_lane::parts {
  /// One request. libwebsockets has a wsi for each, and hands the connection
  /// from one to the next; a completed one stands for the idle connection.
  struct request : client_socket {
    parts& lane;
    lws* wsi = nullptr;
    http_result result;
    write_buffer body;
    std::string body_size;
    bool doomed = false;
    bool done = false;

    request(parts& x, std::uint64_t id, std::string_view text)
      : lane(x), body(text), body_size(std::to_string(text.size())) {
      result.id = id;
    }

    ~request() override {
      if (wsi)
        lws_set_opaque_user_data(wsi, nullptr);
    }

    int on(lws* w, lws_callback_reasons why, void* in,
           std::size_t size) override;
    int add_headers(void* in, std::size_t size);
    int write_body();
    int read_some();

    /// Some, all or none of the callbacks for an end may come: the first
    /// counts.
    void finish(std::string failure) {
      if (std::exchange(done, true))
        return;
      result.failure = std::move(failure);
      lane.finished(*this);
    }
  };

  parts(event_loop& l, endpoint e, std::string n,
        std::function<void(http_result)> f)
    : loop(l),
      to(std::move(e)),
      name(std::move(n)),
      on_result(std::move(f)),
      deadline(l, [this] { abandon("no answer in time"); }),
      stillborn(l, [this] { bury_stillborn(); }) {
    vhost = make_client_vhost(loop, to, name.c_str(), reply_timeout_secs);
  }

  void finished(request& x) {
    if (current != &x)
      return;
    if (starting) {
      stillborn.start(0);
      return;
    }
    current = nullptr;
    deadline.stop();
    on_result(std::move(x.result));
  }

  /// What has not left by now never leaves.
  void abandon(std::string why) {
    if (!current)
      return;
    auto& x = *current;
    x.doomed = true;
    if (x.wsi)
      kill(x.wsi);
    x.finish(std::move(why));
  }

  /// Reports the request that ended while it was being started.
  void bury_stillborn() {
    if (current && current->done)
      finished(*current);
    std::erase_if(requests, [this](const auto& x) {
      return x.get() != current && !x->wsi;
    });
  }

  void destroyed(request& x) {
    if (!starting)
      std::erase_if(requests, [&](const auto& y) { return y.get() == &x; });
  }

  event_loop& loop;
  endpoint to;
  std::string name;
  std::function<void(http_result)> on_result;
  lws_vhost* vhost = nullptr;
  std::vector<std::unique_ptr<request>> requests;
  request* current = nullptr;
  bool starting = false; ///< Inside post().
  std::uint64_t connections = 0;
  std::string path;
  loop_timer deadline;
  loop_timer stillborn;
};

int http_lane::parts::request::add_headers(void* in, std::size_t size) {
  static constexpr std::string_view json = "application/json";
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  auto** p = static_cast<unsigned char**>(in);
  auto* const end = *p + size;
  if (lws_add_http_header_by_token(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE,
                                   bytes(json), static_cast<int>(json.size()),
                                   p, end)
      || lws_add_http_header_by_token(
        wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, bytes(body_size),
        static_cast<int>(body_size.size()), p, end))
    return -1;
  lws_client_http_body_pending(wsi, 1);
  lws_callback_on_writable(wsi);
  return 0;
}

int http_lane::parts::request::write_body() {
  if (doomed)
    return -1;
  if (std::exchange(result.written, true))
    return 0;
  lws_client_http_body_pending(wsi, 0);
  return body.write(wsi, LWS_WRITE_HTTP_FINAL) ? 0 : -1;
}

int http_lane::parts::request::read_some() {
  std::array<char, LWS_PRE + read_chunk> buffer;
  auto* p = buffer.data() + LWS_PRE;
  int size = read_chunk;
  return lws_http_client_read(wsi, &p, &size) < 0 ? -1 : 0;
}

int http_lane::parts::request::on(lws* w, lws_callback_reasons why, void* in,
                                  std::size_t size) {
  wsi = w;
  switch (static_cast<int>(why)) {
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
      return doomed ? -1 : add_headers(in, size);
    case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
      return write_body();
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
      result.status = static_cast<int>(lws_http_client_http_response(wsi));
      return 0;
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP:
      return read_some();
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
      if (result.body.size() + size > reply_bytes_max)
        return -1;
      result.body.append(static_cast<const char*>(in), size);
      return 0;
    case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
      result.complete = true;
      finish({});
      return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      finish(failure_text(
        result.written ? "the connection failed" : "cannot connect", in, size));
      return 0;
    case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
      finish(failure_text("the connection was closed", nullptr, 0));
      return 0;
    case LWS_CALLBACK_WSI_DESTROY:
      finish(failure_text("the connection is gone", nullptr, 0));
      lws_set_opaque_user_data(wsi, nullptr);
      wsi = nullptr;
      lane.destroyed(*this); // Ends this object.
      return 0;
    default:
      return 0;
  }
}

http_lane::http_lane(event_loop& loop, endpoint to, std::string name,
                     std::function<void(http_result)> on_result)
  : parts_(std::make_unique<parts>(loop, std::move(to), std::move(name),
                                   std::move(on_result))) {
  // nop
}

http_lane::~http_lane() = default;

bool http_lane::is_idle() const noexcept {
  // A connection that is being killed would take the next request with it.
  return !parts_->current
         && std::none_of(parts_->requests.begin(), parts_->requests.end(),
                         [](const auto& x) { return x->wsi && x->doomed; });
}

bool http_lane::is_warm() const noexcept {
  return std::any_of(
    parts_->requests.begin(), parts_->requests.end(),
    [](const auto& x) { return x->wsi && x->result.complete && !x->doomed; });
}

void http_lane::post(std::uint64_t id, std::string_view path,
                     std::string_view body, std::int64_t timeout_ms) {
  HLX_ASSERT(is_idle());
  if (!is_warm())
    ++parts_->connections;
  auto& x = *parts_->requests.emplace_back(
    std::make_unique<parts::request>(*parts_, id, body));
  parts_->current = &x;
  parts_->path = path;
  parts_->deadline.start(timeout_ms);
  auto info = connect_info(parts_->loop, parts_->vhost, parts_->to);
  info.method = "POST";
  info.path = parts_->path.c_str();
  info.keep_warm_secs = keep_warm_secs;
  info.ssl_connection |= LCCSCF_PIPELINE | LCCSCF_HTTP_NO_FOLLOW_REDIRECT;
  info.opaque_user_data = &x;
  info.pwsi = &x.wsi;
  take_log_lines();
  // Without a wsi, for one when the name is unknown, no callback tells.
  parts_->starting = true;
  if (!lws_client_connect_via_info(&info)) {
    x.wsi = nullptr;
    x.finish(failure_text("cannot connect", nullptr, 0));
  }
  parts_->starting = false;
}

void http_lane::abandon() {
  parts_->abandon("given up");
}

void http_lane::abandon_unwritten() {
  if (parts_->current && !parts_->current->result.written)
    parts_->abandon("no connection in time");
}

std::uint64_t http_lane::connections() const noexcept {
  return parts_->connections;
}

} // namespace hlx::transport
