// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/dial.hpp"

#include "hlx/actors/transport/broken_pipes.hpp"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace hlx {

namespace {

using clock = std::chrono::steady_clock;

constexpr auto silent = "it does not answer";
constexpr auto mute = "it accepts connections and says nothing: one side may "
                      "speak plaintext and the other one TLS, or the process "
                      "there is stuck";

/// Waits until the socket can be used so; false when the time is over.
bool wait_for(int socket, short wanted, clock::time_point until) {
  for (;;) {
    const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(until - clock::now());
    if (left.count() <= 0)
      return false;
    ::pollfd x{socket, wanted, 0};
    const int ready = ::poll(&x, 1, static_cast<int>(left.count()));
    if (ready > 0)
      return true;
    if (ready == 0 || errno != EINTR)
      return false;
  }
}

std::string words_of(int error) {
  if (error == ECONNREFUSED)
    return "nobody listens there";
  return std::generic_category().message(error);
}

using address_list = std::unique_ptr<::addrinfo, void (*)(::addrinfo*)>;

/// What is wrong, or nothing.
std::string look_up(const node_address& at, address_list& result) {
  ::addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  ::addrinfo* found = nullptr;
  const int error = ::getaddrinfo(
    at.host.c_str(), std::to_string(at.port).c_str(), &wanted, &found);
  if (error != 0)
    return std::string{"the host is not known ("} + ::gai_strerror(error) + ")";
  result.reset(found);
  return {};
}

/// What is wrong, or nothing.
std::string connect_to(const ::addrinfo& address, file_descriptor& result,
                       clock::time_point until) {
  result = file_descriptor{
    ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (!result.is_open())
    return words_of(errno);
  if (::connect(result.number(), address.ai_addr, address.ai_addrlen) == 0)
    return {};
  if (errno != EINPROGRESS)
    return words_of(errno);
  if (!wait_for(result.number(), POLLOUT, until))
    return silent;
  int error = 0;
  ::socklen_t size = sizeof(error);
  ::getsockopt(result.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error == 0 ? std::string{} : words_of(error);
}

/// Of several addresses each gets an equal part of the time that is left.
std::string connect_to_any(const ::addrinfo* addresses, file_descriptor& result,
                           clock::time_point until) {
  std::vector<const ::addrinfo*> rest;
  for (const auto* x = addresses; x != nullptr; x = x->ai_next)
    rest.insert(rest.begin(), x);
  std::string what = "the host has no address";
  for (; !rest.empty(); rest.pop_back()) {
    const auto now = clock::now();
    const auto part = (until - now) / static_cast<std::int64_t>(rest.size());
    what = connect_to(*rest.back(), result, now + part);
    if (what.empty())
      return what;
  }
  return what;
}

/// Why a step of TLS has failed.
std::string words_of_tls(SSL* session, int error) {
  const auto code = ERR_peek_last_error();
  const char* said = ERR_reason_error_string(code);
  const std::string words = said ? said : "no reason given";
  ERR_clear_error();
  if (const auto verdict = SSL_get_verify_result(session); verdict != X509_V_OK)
    return std::string{"its certificate is refused (ca_file): "}
           + X509_verify_cert_error_string(verdict);
  if (ERR_GET_LIB(code) == ERR_LIB_SSL
      && ERR_GET_REASON(code) > SSL_AD_REASON_OFFSET)
    return "it refuses this side's certificate (certificate_file): " + words;
  if (error == SSL_ERROR_SSL)
    return "it speaks plaintext, or something else than TLS: " + words;
  return "it closed the connection: it may speak plaintext, or refuse this "
         "side's certificate (certificate_file)";
}

/// Repeats a step of TLS until it is done. What is wrong, or nothing.
template <class Step>
std::string drive(const dialed_connection& x, clock::time_point until,
                  Step step) {
  for (;;) {
    ERR_clear_error();
    const int result = step(x.session.get());
    if (result > 0)
      return {};
    const int error = SSL_get_error(x.session.get(), result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
      return words_of_tls(x.session.get(), error);
    if (!wait_for(x.socket.number(),
                  error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, until))
      return mute;
  }
}

std::string shake_hands(dialed_connection& x, SSL_CTX* context,
                        clock::time_point until) {
  block_broken_pipes();
  x.session.reset(SSL_new(context));
  if (!x.session || SSL_set_fd(x.session.get(), x.socket.number()) != 1)
    return "OpenSSL does not start a session";
  if (auto what = drive(x, until, SSL_connect); !what.empty())
    return what;
  return drive(x, until, [](SSL* session) {
    char first = 0;
    return SSL_peek(session, &first, 1);
  });
}

std::string listen_for_a_word(const dialed_connection& x,
                              clock::time_point until) {
  if (!wait_for(x.socket.number(), POLLIN, until))
    return mute;
  char first = 0;
  const auto size = ::recv(x.socket.number(), &first, 1, MSG_PEEK);
  return size > 0 ? std::string{} : "it closed the connection at once";
}

} // namespace

wire::decode_result<dialed_connection> dial(
  const node_address& at, SSL_CTX* context,
  std::chrono::milliseconds patience) {
  const auto until = clock::now() + patience;
  address_list addresses{nullptr, ::freeaddrinfo};
  dialed_connection result;
  auto what = look_up(at, addresses);
  if (what.empty())
    what = connect_to_any(addresses.get(), result.socket, until);
  if (what.empty())
    what = context != nullptr ? shake_hands(result, context, until)
                              : listen_for_a_word(result, until);
  if (!what.empty())
    return wire::decode_error{wire::decode_error::reason::shape,
                              std::move(what)};
  return result;
}

} // namespace hlx
