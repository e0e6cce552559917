// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/basp.hpp"
#include "hlx/actors/transport/file_descriptor.hpp"
#include "hlx/actors/transport/node_scribe.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/policy/tcp.hpp>

#include <boost/test/unit_test.hpp>
#include <sys/socket.h>

#include <array>

using namespace hlx;
using caf::io::receive_policy;

namespace {

/// Both ends of a connection, one of them a scribe's.
class connection {
public:
  explicit connection(const node_scribe_limits& limits) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(
      ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    other_end_ = file_descriptor{ends[1]};
    scribe = caf::make_counted<node_scribe<caf::policy::tcp>>(
      *socket_loop(system_), ends[0], /*has_input=*/false, limits);
  }

  bool is_closed() const {
    char byte = 0;
    return ::recv(other_end_.number(), &byte, 1, MSG_DONTWAIT) == 0;
  }

private:
  struct config : caf::actor_system_config {
    config() { load<caf::io::middleman>(); }
  };

  config config_;
  caf::actor_system system_{config_};
  file_descriptor other_end_;

public:
  caf::io::scribe_ptr scribe;
};

} // namespace

BOOST_AUTO_TEST_SUITE(node_scribe_suite)

BOOST_AUTO_TEST_CASE(a_connection_that_does_not_read_is_closed) {
  const connection x{{.unread_max = 100}};
  x.scribe->wr_buf().assign(100, 'x');
  BOOST_TEST(!x.is_closed());
  x.scribe->wr_buf().assign(101, 'x');
  x.scribe->flush();
  BOOST_TEST(x.is_closed());
  BOOST_TEST(x.scribe->wr_buf().empty());
}

BOOST_AUTO_TEST_CASE(a_message_that_is_announced_as_too_long_is_not_read) {
  const connection x{{.greeting_max = 100, .message_max = 1'000}};
  x.scribe->configure_read(receive_policy::exactly(100));
  x.scribe->configure_read(receive_policy::exactly(100));
  x.scribe->configure_read(receive_policy::exactly(1'000));
  BOOST_TEST(!x.is_closed());
  x.scribe->configure_read(receive_policy::exactly(1'001));
  BOOST_TEST(x.is_closed());
}

BOOST_AUTO_TEST_CASE(a_greeting_is_shorter_than_other_messages) {
  const connection x{{.greeting_max = 100, .message_max = 1'000}};
  x.scribe->configure_read(receive_policy::exactly(100));
  x.scribe->configure_read(receive_policy::exactly(101));
  BOOST_TEST(x.is_closed());
}

BOOST_AUTO_TEST_SUITE_END()
