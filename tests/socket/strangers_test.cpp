// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/tls_context.hpp"
#include "hlx/actors/transport/file_descriptor.hpp"
#include "hlx/actors/transport/tls_doorman.hpp"
#include "hlx/actors/transport/tls_listener.hpp"
#include "tests/socket/client_process.hpp"
#include "tests/socket/loopback.hpp"
#include "tests/socket/strategy_node.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/io/basp/header.hpp>
#include <caf/openssl/manager.hpp>

#include <boost/test/unit_test.hpp>
#include <poll.h>
#include <sys/socket.h>

#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

using namespace hlx;
using namespace hlx::test;

namespace {

/// A connection of somebody who knows nothing of BASP, or wants no good.
file_descriptor connect_to(std::uint16_t port) {
  file_descriptor result{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const auto to = loopback(port);
  BOOST_REQUIRE(::connect(result.number(),
                          reinterpret_cast<const ::sockaddr*>(&to), sizeof(to))
                == 0);
  return result;
}

void say(const file_descriptor& to, const std::string& bytes) {
  BOOST_TEST(::send(to.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0);
}

/// What a TLS client says first.
std::string client_hello() {
  const tls_context context{SSL_CTX_new(TLS_method())};
  const tls_session session{SSL_new(context.get())};
  SSL_set_bio(session.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_connect_state(session.get());
  SSL_do_handshake(session.get());
  std::string result(4'096, '\0');
  const int size = BIO_read(SSL_get_wbio(session.get()), result.data(),
                            static_cast<int>(result.size()));
  BOOST_REQUIRE(size > 100);
  result.resize(static_cast<std::size_t>(size));
  return result;
}

/// Says nothing, garbage, the beginning of a handshake, or half of one.
void misbehave(const file_descriptor& at, std::size_t kind) {
  static const auto hello = client_hello();
  switch (kind % 4) {
    case 0:
      return;
    case 1:
      return say(at, std::string(1 + 10 * (kind % 50), '\x07'));
    case 2:
      return say(at, hello.substr(0, hello.size() / 2));
    default:
      return say(at, hello);
  }
}

/// Whether the other side closes, at the latest after so long.
bool is_closed(const file_descriptor& x, std::int64_t limit_ms) {
  ::pollfd closed{x.number(), POLLIN, 0};
  char byte = 0;
  return ::poll(&closed, 1, static_cast<int>(limit_ms)) == 1
         && ::recv(x.number(), &byte, 1, 0) <= 0;
}

linked_log::predicate have_come(std::size_t count) {
  return [count](const linked_log& x) { return x.events.size() >= count; };
}

linked_log::predicate is_up() {
  return [](const linked_log& x) { return !x.ups.empty(); };
}

/// A node that publishes an actor which does nothing.
class publishing_node {
public:
  publishing_node() {
    add_message_types(config_);
    BOOST_TEST_REQUIRE(load_nodes(config_, {secured_by(certificates())}) == "");
    system_.emplace(config_);
    published_ = system_->spawn(
      []() -> caf::behavior { return {[](caf::close_atom) {}}; });
  }

  publishing_node(const publishing_node&) = delete;
  publishing_node& operator=(const publishing_node&) = delete;

  ~publishing_node() {
    caf::anon_send_exit(published_, caf::exit_reason::user_shutdown);
  }

  std::uint16_t publish() {
    auto context = load_tls_context(secured_by(certificates()));
    BOOST_REQUIRE(context.ok());
    const auto port = publish_by_tls(
      *system_, caf::actor_cast<caf::strong_actor_ptr>(published_), {},
      {"127.0.0.1", 0}, std::move(*context));
    BOOST_REQUIRE(port);
    return *port;
  }

  void unpublish(std::uint16_t port) {
    caf::anon_send(system_->openssl_manager().actor_handle(),
                   caf::unpublish_atom_v, published_.address(), port);
  }

private:
  caf::actor_system_config config_;
  std::optional<caf::actor_system> system_;
  caf::actor published_;
};

/// How many files and sockets this process has open.
auto open_descriptors() {
  const std::filesystem::directory_iterator all{"/proc/self/fd"};
  return std::distance(begin(all), end(all));
}

} // namespace

BOOST_AUTO_TEST_SUITE(strangers_suite)

BOOST_AUTO_TEST_CASE(a_thousand_strangers_at_the_port_disturb_no_strategy) {
  constexpr std::size_t strangers = 1'000;
  constexpr std::size_t group = 50;
  const client_process client{secured_by(certificates())};
  strategy_node strategy{secured_by(certificates()), strategy_at(client.port)};
  BOOST_REQUIRE(strategy.log->wait(is_up(), patience_ms) >= 0);
  std::vector<file_descriptor> sockets;
  std::size_t events = 0;
  const auto trade = [&] {
    strategy.submit("O-" + std::to_string(++events));
    BOOST_TEST(strategy.log->wait(have_come(events), notice_max_ms) >= 0);
  };
  for (std::size_t i = 0; i < strangers; ++i) {
    sockets.push_back(connect_to(client.port));
    misbehave(sockets.back(), i);
    if (i % group == 0)
      trade();
  }
  auto options = strategy_at(client.port);
  options.receiver.strategy.value = "S-2";
  const strategy_node late{secured_by(certificates()), options};
  BOOST_TEST(late.log->wait(is_up(), patience_ms) >= 0);
  sockets.clear();
  trade();
  BOOST_TEST(strategy.log->ups.size() == 1u);
  BOOST_TEST(strategy.log->last_down() == "");
}

BOOST_AUTO_TEST_CASE(who_shows_no_certificate_is_closed) {
  const auto handshake_max_ms = tls_listener_options{}.patience_ms;
  const client_process client{secured_by(certificates())};
  const auto silent = connect_to(client.port);
  const auto half = connect_to(client.port);
  say(half, client_hello().substr(0, 50));
  const auto garbage = connect_to(client.port);
  say(garbage, "GET / HTTP/1.1\r\n\r\n");
  ::shutdown(garbage.number(), SHUT_WR);
  std::string answer(100, '\0');
  while (::recv(garbage.number(), answer.data(), answer.size(), 0) > 0) {
    // An alert, perhaps.
  }
  BOOST_TEST(is_closed(silent, handshake_max_ms + notice_max_ms));
  BOOST_TEST(is_closed(half, notice_max_ms));
}

BOOST_AUTO_TEST_CASE(a_message_announced_without_encryption_takes_no_memory) {
  const client_process client{plaintext()};
  strategy_node strategy{plaintext(), strategy_at(client.port)};
  BOOST_REQUIRE(strategy.log->wait(is_up(), patience_ms) >= 0);
  const auto before_kib = client.memory_peak_kib();
  const auto stranger = connect_to(client.port);
  std::string header(caf::io::basp::header_size, '\0');
  header[0] = 1;                         // A client's greeting,
  header.replace(4, 4, "\x40\0\0\0", 4); // of a gigabyte.
  say(stranger, header);
  std::string greeting(4'096, '\0');
  while (::recv(stranger.number(), greeting.data(), greeting.size(), 0) > 0) {
    // The node's own.
  }
  strategy.submit("O-1");
  BOOST_TEST(strategy.log->wait(have_come(1), notice_max_ms) >= 0);
  BOOST_TEST(client.memory_peak_kib() < before_kib + 100'000);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_not_published_any_more_is_closed) {
  publishing_node node;
  const auto port = node.publish();
  const auto waiting = connect_to(port);
  node.unpublish(port);
  BOOST_TEST(is_closed(waiting, tls_listener_options{}.patience_ms / 2));
  const file_descriptor late{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const auto to = loopback(port);
  BOOST_TEST(::connect(late.number(), reinterpret_cast<const ::sockaddr*>(&to),
                       sizeof(to))
             != 0);
}

BOOST_AUTO_TEST_CASE(a_port_given_up_at_once_leaves_no_socket_open) {
  publishing_node{}.publish();
  const auto before = open_descriptors();
  {
    publishing_node node;
    for (int i = 0; i < 20; ++i)
      node.unpublish(node.publish());
  }
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()
