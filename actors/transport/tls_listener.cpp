// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/tls_listener.hpp"

#include "hlx/actors/transport/broken_pipes.hpp"

#include <openssl/err.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace hlx {

namespace {

/// How long no connection is accepted when there is no room for its number.
constexpr std::int64_t exhausted_ms = 100;

/// Most connections that are accepted before others get their turn.
constexpr int accepts_max = 64;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch())
    .count();
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error{errno, std::generic_category(), what};
}

} // namespace

tls_listener::tls_listener(file_descriptor listening, tls_context context,
                           const tls_listener_options& options)
  : listening_(std::move(listening)),
    context_(std::move(context)),
    options_(options),
    room_(options.places, options.patience_ms),
    alarm_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  std::array<int, 2> ends{};
  if (!alarm_.is_open()
      || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
                      ends.data())
           != 0)
    fail("a listener for TLS");
  bell_ = file_descriptor{ends[0]};
  rope_ = file_descriptor{ends[1]};
  thread_ = std::thread{[this] { work(); }};
}

tls_listener::~tls_listener() {
  close();
}

void tls_listener::close() {
  if (!thread_.joinable())
    return;
  over_ = true;
  ::eventfd_write(alarm_.number(), 1);
  thread_.join();
  listening_.close();
  guests_.clear();
  const std::lock_guard guard{mutex_};
  ready_.clear();
}

std::optional<tls_connection> tls_listener::take() {
  const std::lock_guard guard{mutex_};
  if (ready_.empty())
    return std::nullopt;
  std::optional<tls_connection> result{std::move(ready_.front())};
  ready_.pop_front();
  char ring = 0;
  if (ready_.empty())
    ::recv(bell_.number(), &ring, 1, MSG_DONTWAIT);
  return result;
}

void tls_listener::work() {
  block_broken_pipes();
  while (!over_) {
    std::vector<::pollfd> sockets{{alarm_.number(), POLLIN, 0}};
    for (const auto& [number, x] : guests_)
      sockets.push_back({number, x.wanted, 0});
    if (no_accept_until_ms_ <= now_ms())
      sockets.push_back({listening_.number(), POLLIN, 0});
    if (::poll(sockets.data(), sockets.size(), wait()) < 0)
      continue; // A signal.
    std::vector<int> awake;
    for (const auto& x : sockets)
      if (x.revents != 0)
        awake.push_back(x.fd);
    handle(awake);
  }
}

/// Until when, as poll() takes it.
int tls_listener::wait() {
  auto until = room_.next_deadline_ms();
  if (no_accept_until_ms_ > now_ms())
    until = until ? std::min(*until, no_accept_until_ms_) : no_accept_until_ms_;
  if (!until)
    return -1;
  return static_cast<int>(std::max<std::int64_t>(*until - now_ms(), 0)) + 1;
}

/// Those that have something to say come before those that make them leave.
void tls_listener::handle(const std::vector<int>& awake) {
  for (const int number : awake)
    if (const auto found = guests_.find(number);
        found != guests_.end() && !advance(found->second))
      send_away(number);
  for (const int number : room_.take_overdue(now_ms()))
    guests_.erase(number);
  if (std::find(awake.begin(), awake.end(), listening_.number()) != awake.end())
    accept_some();
}

void tls_listener::accept_some() {
  for (int i = 0; i < accepts_max; ++i) {
    file_descriptor socket{::accept4(listening_.number(), nullptr, nullptr,
                                     SOCK_CLOEXEC | SOCK_NONBLOCK)};
    if (!socket.is_open()) {
      if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS
          && errno != ENOMEM)
        return;
      if (const auto oldest = room_.take_oldest())
        guests_.erase(*oldest);
      else
        no_accept_until_ms_ = now_ms() + exhausted_ms;
      return;
    }
    tls_session session{SSL_new(context_.get())};
    const int number = socket.number();
    if (!session || SSL_set_fd(session.get(), number) != 1)
      continue;
    SSL_set_accept_state(session.get());
    guests_[number] = {{std::move(socket), std::move(session)}, POLLIN};
    if (const auto oldest = room_.enter(number, now_ms()))
      guests_.erase(*oldest);
  }
}

/// False when it has to leave, for good or bad.
bool tls_listener::advance(guest& x) {
  auto* session = x.connection.session.get();
  ERR_clear_error();
  const int result = SSL_accept(session);
  if (result == 1) {
    hand_over(std::move(x.connection));
    return false;
  }
  switch (SSL_get_error(session, result)) {
    case SSL_ERROR_WANT_READ:
      x.wanted = POLLIN;
      return true;
    case SSL_ERROR_WANT_WRITE:
      x.wanted = POLLOUT;
      return true;
    default:
      return false;
  }
}

void tls_listener::hand_over(tls_connection&& x) {
  const std::lock_guard guard{mutex_};
  if (ready_.size() >= options_.places)
    return;
  ready_.push_back(std::move(x));
  if (ready_.size() == 1)
    ::send(rope_.number(), "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void tls_listener::send_away(int number) {
  room_.leave(number);
  guests_.erase(number);
}

} // namespace hlx
