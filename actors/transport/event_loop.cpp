// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/event_loop.hpp"

#include "hlx/actors/transport/failure_words.hpp"
#include "hlx/actors/transport/lws_parts.hpp"

#include <openssl/crypto.h>

#include <fstream>
#include <stdexcept>
#include <utility>

namespace hlx::transport {

namespace {

/// Large enough that a frame of the user stream arrives in one piece.
constexpr unsigned read_buffer_size = 64 * 1024;
constexpr unsigned sockets_max = 1024;
/// More than a server of ours takes, so that it can answer that.
constexpr unsigned header_bytes_max = 64 * 1024 - 1;

constexpr unsigned connect_timeout_secs = 3;

/// Lines that nobody took are forgotten beyond this.
constexpr std::size_t log_bytes_max = 1000;

thread_local std::string log_lines;

void keep_log_line(int, const char* line) {
  std::string_view text{line};
  while (!text.empty() && text.back() == '\n')
    text.remove_suffix(1);
  if (log_lines.size() + text.size() > log_bytes_max)
    log_lines.clear();
  if (!log_lines.empty())
    log_lines += "; ";
  log_lines += text.substr(0, log_bytes_max);
}

int on_client(lws* wsi, lws_callback_reasons why, void*, void* in,
              std::size_t size) {
  // Also broadcast with a wsi that is no connection: only its context counts.
  if (why == LWS_CALLBACK_EVENT_WAIT_CANCELLED || !wsi)
    return 0;
  auto* socket = static_cast<client_socket*>(lws_get_opaque_user_data(wsi));
  auto* context = lws_get_context(wsi);
  auto* loop = static_cast<event_loop*>(lws_context_user(context));
  if (!socket || !loop)
    return 0;
  int result = 0;
  loop->internals().guarded([&] { result = socket->on(wsi, why, in, size); });
  return result;
}

const lws_protocols client_protocols[] = {
  {client_protocol_name, on_client, 0, 0, 0, nullptr, 0},
  {nullptr, nullptr, 0, 0, 0, nullptr, 0},
};

void on_timer(lws_sorted_usec_list_t* sul) {
  auto* timer = reinterpret_cast<loop_timer::parts*>(sul);
  auto& loop = timer->loop->internals();
  timer->running = false;
  // Due timers run before the wait: without this the owner of the loop would
  // not see what they did until something else ended the wait.
  lws_cancel_service(loop.context);
  loop.guarded([&] { timer->on_due(); });
}

/// What is global in libwebsockets, once. Each context that initialises TLS
/// again changes, for all threads, the keys by which the others find their
/// sockets and what they have to free: so only the first one does, which is
/// never used and never destroyed.
void init_once() {
  // Volatile, or the compiler sees that nobody reads it, and a leak checker
  // that nobody has it.
  static lws_context* volatile first = nullptr;
  static std::once_flag done;
  std::call_once(done, [] {
    lws_set_log_level(LLL_ERR | LLL_WARN, keep_log_line);
    lws_context_creation_info info{};
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.options =
      LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.gid = -1;
    info.uid = -1;
    info.fd_limit_per_thread = 1;
    first = lws_create_context(&info);
    if (!first)
      throw std::runtime_error("libwebsockets: " + take_log_lines());
  });
}

} // namespace

event_loop::event_loop() : parts_(std::make_unique<parts>()) {
  // nop
}

event_loop::~event_loop() {
  close();
}

void event_loop::open() {
  init_once();
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
  info.gid = -1;
  info.uid = -1;
  info.fd_limit_per_thread = sockets_max;
  info.pt_serv_buf_size = read_buffer_size;
  info.max_http_header_data = header_bytes_max;
  info.user = this;
  auto* context = lws_create_context(&info);
  if (!context)
    throw std::runtime_error("libwebsockets: " + take_log_lines());
  // Finishes the start-up before wake() can come from another thread.
  lws_service(context, -1);
  std::lock_guard guard{parts_->mutex};
  parts_->context = context;
}

bool event_loop::is_open() const noexcept {
  return parts_->context != nullptr;
}

void event_loop::wake() noexcept {
  if (parts_->wake_pending.exchange(true))
    return;
  std::lock_guard guard{parts_->mutex};
  if (parts_->context)
    lws_cancel_service(parts_->context);
  else
    parts_->wake_pending = false; // Nothing was written: the next one counts.
}

void event_loop::clear_wake() noexcept {
  parts_->wake_pending.exchange(false);
}

bool event_loop::service(bool may_wait) {
  return lws_service(parts_->context, may_wait ? 0 : -1) >= 0;
}

void event_loop::close() noexcept {
  lws_context* context = nullptr;
  {
    std::lock_guard guard{parts_->mutex};
    context = std::exchange(parts_->context, nullptr);
  }
  for (auto* timer : std::exchange(parts_->timers, {}))
    timer->stop();
  if (!context)
    return;
  // Lets closes finish that were asked for: else their sockets leak.
  constexpr int closing_turns = 8;
  for (int i = 0; i < closing_turns; ++i)
    lws_service(context, -1);
  lws_context_destroy(context);
}

void event_loop::end_thread() noexcept {
  OPENSSL_thread_stop();
}

std::exception_ptr event_loop::take_failure() noexcept {
  return std::exchange(parts_->failure, nullptr);
}

void loop_timer::parts::stop() noexcept {
  if (running)
    lws_sul_schedule(nullptr, 0, &sul, nullptr, LWS_SET_TIMER_USEC_CANCEL);
  running = false;
}

loop_timer::loop_timer(event_loop& loop, std::function<void()> on_due)
  : parts_(std::make_unique<parts>()) {
  parts_->loop = &loop;
  parts_->on_due = std::move(on_due);
}

loop_timer::~loop_timer() {
  stop();
}

void loop_timer::start(std::int64_t delay_ms) {
  stop();
  auto& loop = parts_->loop->internals();
  if (!loop.context)
    return;
  loop.timers.insert(parts_.get());
  parts_->running = true;
  lws_sul_schedule(loop.context, 0, &parts_->sul, on_timer,
                   std::max<std::int64_t>(delay_ms, 0) * LWS_US_PER_MS);
}

void loop_timer::stop() noexcept {
  parts_->stop();
  parts_->loop->internals().timers.erase(parts_.get());
}

bool loop_timer::is_running() const noexcept {
  return parts_->running;
}

lws_vhost* make_vhost(event_loop& loop, lws_context_creation_info& info) {
  auto* context = loop.internals().context;
  if (!context)
    throw std::logic_error("the event loop is not open");
  take_log_lines();
  auto* vhost = lws_create_vhost(context, &info);
  if (!vhost)
    throw std::runtime_error(failure_words(take_log_lines()));
  return vhost;
}

lws_vhost* make_client_vhost(event_loop& loop, const endpoint& to,
                             const char* name, unsigned timeout_secs) {
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.protocols = client_protocols;
  info.vhost_name = name;
  info.timeout_secs = timeout_secs;
  info.connect_timeout_secs = connect_timeout_secs;
  if (to.tls) {
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    if (!to.ca_file.empty()) {
      if (!std::ifstream{to.ca_file})
        throw std::runtime_error("cannot read the CA file " + to.ca_file);
      info.client_ssl_ca_filepath = to.ca_file.c_str();
    }
  }
  return make_vhost(loop, info);
}

lws_client_connect_info connect_info(event_loop& loop, lws_vhost* vhost,
                                     const endpoint& to) {
  lws_client_connect_info info{};
  info.context = loop.internals().context;
  info.vhost = vhost;
  // The same string in both, or keep-alive connections are not found again.
  info.address = to.host.c_str();
  info.host = to.host.c_str();
  info.origin = to.host.c_str();
  info.port = to.port;
  info.alpn = "http/1.1";
  info.local_protocol_name = client_protocol_name;
  if (to.tls)
    info.ssl_connection = LCCSCF_USE_SSL;
  return info;
}

void kill(lws* wsi) noexcept {
  lws_set_timeout(wsi, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
}

std::string take_log_lines() {
  return std::exchange(log_lines, {});
}

std::string failure_text(const char* what, const void* in, std::size_t size) {
  std::string details;
  if (in && size > 0)
    details.append(static_cast<const char*>(in), size);
  if (auto lines = take_log_lines(); !lines.empty())
    details += details.empty() ? lines : " (" + lines + ")";
  if (details.empty())
    return what;
  return what + (": " + failure_words(details));
}

} // namespace hlx::transport
