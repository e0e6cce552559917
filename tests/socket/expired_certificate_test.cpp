// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/client_process.hpp"
#include "tests/socket/strategy_node.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/io/middleman.hpp>
#include <caf/openssl/all.hpp>

#include <memory>

using namespace hlx;
using namespace hlx::test;

namespace {

/// A process that does not look at its own certificate, as load_nodes would.
class careless_node {
public:
  explicit careless_node(const std::string& certificate_file) {
    add_message_types(config_);
    config_.load<caf::io::middleman>();
    config_.openssl_certificate = certificate_file;
    config_.openssl_key = certificates().key_file();
    config_.openssl_cafile = certificates().ca_file();
    config_.load<caf::openssl::manager>();
    system_ = std::make_unique<caf::actor_system>(config_);
    something_ = system_->spawn(
      []() -> caf::behavior { return {[](caf::close_atom) {}}; });
  }

  ~careless_node() {
    caf::anon_send_exit(something_, caf::exit_reason::user_shutdown);
  }

  careless_node(const careless_node&) = delete;
  careless_node& operator=(const careless_node&) = delete;

  bool can_connect(std::uint16_t port) {
    return caf::openssl::remote_actor<reception_actor>(*system_, "127.0.0.1",
                                                       port)
      .engaged();
  }

  std::uint16_t publish_something() {
    const auto port = caf::openssl::publish(something_, 0, "127.0.0.1");
    BOOST_REQUIRE(port);
    return *port;
  }

private:
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  caf::actor something_;
};

/// What a strategy is told first that connects to a node with that certificate.
std::string complaint_about(const std::string& certificate_file) {
  careless_node node{certificate_file};
  const strategy_node strategy{secured_by(certificates()),
                               strategy_at(node.publish_something())};
  BOOST_TEST(
    strategy.log->wait([](const linked_log& x) { return !x.downs.empty(); },
                       notice_max_ms)
    >= 0);
  return strategy.log->last_down();
}

} // namespace

BOOST_AUTO_TEST_SUITE(expired_certificate_suite)

BOOST_AUTO_TEST_CASE(a_strategy_with_an_expired_certificate_is_not_let_in) {
  const client_process client{secured_by(certificates())};
  BOOST_TEST(
    careless_node{certificates().certificate_file()}.can_connect(client.port));
  BOOST_TEST(
    !careless_node{certificates().expired_certificate_file()}.can_connect(
      client.port));
}

BOOST_AUTO_TEST_CASE(a_client_with_an_expired_certificate_is_not_believed) {
  const auto valid = complaint_about(certificates().certificate_file());
  BOOST_TEST(valid.find("something else") != std::string::npos, valid);
  const auto expired =
    complaint_about(certificates().expired_certificate_file());
  BOOST_TEST(expired.find("its certificate is refused (ca_file): certificate "
                          "has expired")
               != std::string::npos,
             expired);
}

BOOST_AUTO_TEST_SUITE_END()
