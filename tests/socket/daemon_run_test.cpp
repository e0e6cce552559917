// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/info_client.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/socket/child_process.hpp"
#include "tests/socket/loopback.hpp"
#include "tests/socket/venue_process.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/io/middleman.hpp>
#include <caf/openssl/manager.hpp>
#include <caf/scoped_actor.hpp>

#include <boost/test/unit_test.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

using namespace hlx::test;

namespace {

hlx::node_security secured_by(const hlx::kit::test_certificates& x) {
  return {.certificate_file = x.certificate_file(),
          .key_file = x.key_file(),
          .ca_file = x.ca_file()};
}

/// Both sides wait so long for each other: a machine that is busy with other
/// tests may hold a process up for more than the second of the defaults.
constexpr std::int64_t patience_ms = 10'000;

/// `hlx run` where strategies may come.
struct node_process {
  explicit node_process(const venue_process& venue)
    : process(venue.run_command(
      {"--node.listen=127.0.0.1:0", "--node.strategies=S-1",
       "--node.give_up_ms=" + std::to_string(patience_ms),
       "--node.certificate_file=" + certificates.certificate_file(),
       "--node.key_file=" + certificates.key_file(),
       "--node.ca_file=" + certificates.ca_file()})) {
    const auto line = process.wait_for_error("listening for strategies at ");
    BOOST_REQUIRE_MESSAGE(line, process.errors());
    port = static_cast<std::uint16_t>(std::stoi(after_colon(*line)));
  }

  /// A socket that a stranger opens.
  int connect() const {
    const int result = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto to = hlx::test::loopback(port);
    BOOST_REQUIRE(
      ::connect(result, reinterpret_cast<const ::sockaddr*>(&to), sizeof(to))
      == 0);
    return result;
  }

  hlx::kit::test_certificates certificates;
  child_process process;
  std::uint16_t port = 0;
};

/// The strategies' side of a link, in this process.
class other_node {
public:
  explicit other_node(const hlx::node_security& security)
    : security_(security) {
    hlx::add_message_types(config_);
    BOOST_TEST_REQUIRE(hlx::load_nodes(config_, {.security = security,
                                                 .give_up_ms = patience_ms})
                       == "");
    system_ = std::make_unique<caf::actor_system>(config_);
  }

  /// Asks for the handle of a strategy; how that failed, or nothing.
  std::string enter(std::uint16_t port, const std::string& strategy) {
    constexpr std::chrono::milliseconds answer_max{patience_ms};
    caf::scoped_actor self{*system_};
    const auto middleman = security_.plaintext
                             ? system_->middleman().actor_handle()
                             : system_->openssl_manager().actor_handle();
    std::string result;
    const auto failed = [&](const caf::error& e) {
      result = caf::to_string(e);
    };
    caf::strong_actor_ptr published;
    self
      ->request(middleman, answer_max, caf::connect_atom_v,
                std::string{"127.0.0.1"}, port)
      .receive([&](const caf::node_id&, const caf::strong_actor_ptr& x,
                   const std::set<std::string>&) { published = x; },
               failed);
    if (!published)
      return result.empty() ? "nothing is published" : result;
    self
      ->request(caf::actor_cast<hlx::reception_actor>(published), answer_max,
                hlx::order_entry_request{{strategy}})
      .receive(
        [](const hlx::strategy_entry_actor& x) { BOOST_TEST((x != nullptr)); },
        failed);
    return result;
  }

private:
  hlx::node_security security_;
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
};

/// Runs to the end; checks the status and that the errors contain a text.
void check_failure(const std::vector<std::string>& command, int status,
                   const std::string& part) {
  child_process program{command};
  BOOST_TEST((program.wait_for_end() == status));
  BOOST_TEST(program.errors().find(part) != std::string::npos,
             "\"" << part << "\" is not in: " << program.errors());
}

/// The command as the arguments of a line of the shell. A line that takes the
/// standard output away keeps it as another descriptor: its end would look like
/// the end of the program.
std::vector<std::string> in_shell(const std::string& line,
                                  const std::vector<std::string>& command) {
  std::vector<std::string> result{"/bin/sh", "-c", line, "sh"};
  result.insert(result.end(), command.begin(), command.end());
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(daemon_run_suite)

BOOST_AUTO_TEST_CASE(it_quotes_over_tls_and_a_signal_cancels_everything) {
  const venue_process venue;
  venue.quote_both_sides();
  child_process program{venue.run_command({})};
  for (int i = 0; i < 2; ++i)
    BOOST_REQUIRE_MESSAGE(program.wait_for_line("\"order_accepted\""),
                          program.output() << program.errors());
  venue.control(R"({"book":{"coin":"BTC","side":"buy","px":"60100",)"
                R"("sz":"2"}})");
  BOOST_REQUIRE_MESSAGE(program.wait_for_line("\"order_filled\""),
                        program.output() << program.errors());
  program.send_signal(SIGTERM);
  program.send_signal(SIGINT); // as a terminal's process group gets it too
  BOOST_TEST((program.wait_for_end() == 0));
  BOOST_TEST(program.output().find("\"order_canceled\"") != std::string::npos);
  BOOST_TEST(program.errors().find("canceling all orders")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_terminal_that_hangs_up_cancels_everything) {
  const venue_process venue;
  child_process program{venue.run_command({})};
  BOOST_REQUIRE_MESSAGE(program.wait_for_line("\"order_accepted\""),
                        program.output() << program.errors());
  program.send_signal(SIGHUP);
  BOOST_TEST((program.wait_for_end() == 0));
  const auto book = venue.book();
  BOOST_TEST((!book.best_bid && !book.best_ask));
}

BOOST_AUTO_TEST_CASE(events_that_cannot_be_written_fail_the_run) {
  const venue_process venue;
  child_process program{
    in_shell(R"(exec "$@" > /dev/full)", venue.run_command({}))};
  BOOST_REQUIRE_MESSAGE(
    program.wait_for_error("standard output cannot be written"),
    program.errors());
  program.send_signal(SIGTERM);
  BOOST_TEST((program.wait_for_end() == 1));
  const auto book = venue.book();
  BOOST_TEST((!book.best_bid && !book.best_ask));
}

BOOST_AUTO_TEST_CASE(closed_standard_streams_are_no_sockets) {
  const venue_process venue;
  child_process program{
    in_shell(R"(exec "$@" <&- >&-)", venue.run_command({}))};
  BOOST_REQUIRE_MESSAGE(program.wait_for_error("trading for the account "),
                        program.errors());
  program.send_signal(SIGTERM);
  BOOST_TEST((program.wait_for_end() == 0));
}

BOOST_AUTO_TEST_CASE(the_shipped_example_quotes_on_a_fresh_venue) {
  const venue_process venue;
  venue.write_shipped_config();
  child_process program{venue.run_command({})};
  for (int i = 0; i < 2; ++i)
    BOOST_REQUIRE_MESSAGE(program.wait_for_line("\"order_accepted\""),
                          program.output() << program.errors());
  const auto book = venue.book();
  BOOST_REQUIRE((book.best_bid && book.best_ask));
  BOOST_TEST(to_string(*book.best_bid) == "59940");
  BOOST_TEST(to_string(*book.best_ask) == "60060");
  BOOST_TEST(
    program.errors().find(std::string{"trading for the account "} + account)
    != std::string::npos);
  program.send_signal(SIGTERM);
  BOOST_TEST((program.wait_for_end() == 0));
  BOOST_TEST(!venue.book().best_bid.has_value());
}

BOOST_AUTO_TEST_CASE(an_agents_key_needs_no_account_either) {
  const venue_process venue;
  venue.write_shipped_config();
  const std::string agents_key(64, '7');
  venue.write("agent.key", agents_key);
  check_failure(venue.run_command({}), 1, "it was never funded or approved");
  auto secret = hlx::signing::secret_key::from_hex(agents_key);
  BOOST_REQUIRE(secret.ok());
  const hlx::signing::signer agent{std::move(*secret)};
  venue.control(std::string{R"({"agent":{"user":")"} + account
                + R"(","agent":")" + to_string(agent.signer_address())
                + R"("}})");
  child_process program{venue.run_command({})};
  BOOST_REQUIRE_MESSAGE(program.wait_for_line("\"order_accepted\""),
                        program.output() << program.errors());
  BOOST_TEST(
    program.errors().find(std::string{"trading for the account "} + account)
    != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wrong_name_in_the_certificate_stops_it) {
  const venue_process venue{"elsewhere.example"};
  check_failure(venue.run_command({}), 1,
                "the certificate is for another host (hostname mismatch)");
}

BOOST_AUTO_TEST_CASE(a_certificate_that_nobody_vouches_for_stops_it) {
  const venue_process venue;
  venue.write_config("");
  check_failure(venue.run_command({}), 1,
                "no trusted authority vouches for the certificate");
}

BOOST_AUTO_TEST_CASE(a_venue_that_is_not_there_stops_it) {
  const venue_process venue;
  check_failure(venue.run_command({"--hlx.url=https://127.0.0.1:1"}), 1,
                "the venue at https://127.0.0.1:1 cannot be reached");
}

BOOST_AUTO_TEST_CASE(a_strangers_key_stops_it_with_both_addresses) {
  const venue_process venue;
  venue.write("agent.key", std::string(64, '7'));
  check_failure(venue.run_command({}), 1, account);
  check_failure(venue.run_command({}), 1, "the key's address 0x");
}

BOOST_AUTO_TEST_CASE(the_account_is_changed_from_the_command_line) {
  const venue_process venue;
  const auto command = [&](std::vector<std::string> words) {
    words.insert(words.begin(), HLX_PROGRAM);
    words.push_back("--url=https://localhost:" + venue.port);
    words.push_back("--ca_file=" + venue.certificates.ca_file());
    words.push_back("--key_file=" + venue.file("agent.key"));
    return words;
  };
  const auto* const agent = "0xbb00000000000000000000000000000000000000";
  for (const auto& words : std::vector<std::vector<std::string>>{
         {"leverage", "BTC", "7"},
         {"approve-agent", agent, "bot"},
         {"approve-builder-fee", agent, "0.001"},
         {"transfer", "to-spot", "1"},
         {"transfer", "to-account", agent, "1"}}) {
    child_process program{command(words)};
    BOOST_TEST((program.wait_for_end() == 0), program.errors());
    BOOST_TEST(program.output() == "done\n");
  }
  check_failure(command({"leverage", "BTC", "41"}), 1,
                "denied: the leverage of BTC must be 1 to 40, not 41");
  check_failure(command({"margin", "BTC", "1"}), 1,
                "refused: Position does not use isolated margin.");
  check_failure(command({"leverage", "BTC"}), 2, "arguments are missing");
  auto strange = command({"leverage", "BTC", "7"});
  strange.emplace_back("--ca_file=/none.pem");
  check_failure(strange, 2, "hlx.ca_file: cannot read");
  for (const auto* verb : {"leverage", "margin", "transfer", "approve-agent",
                           "approve-builder-fee"}) {
    child_process help{{HLX_PROGRAM, verb, "--help"}};
    BOOST_TEST((help.wait_for_end() == 0));
    BOOST_TEST(help.output().find(std::string{"usage: hlx "} + verb)
               != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(strategies_elsewhere_come_in_by_mutual_tls) {
  const venue_process venue;
  venue.quote_both_sides();
  node_process node{venue};
  other_node strategies{secured_by(node.certificates)};
  BOOST_TEST(strategies.enter(node.port, "S-1") == "");
  const auto refusal = strategies.enter(node.port, "S-9");
  BOOST_TEST(refusal.find("there is no strategy S-9 here") != std::string::npos,
             refusal);
  BOOST_TEST(other_node{{.plaintext = true}}.enter(node.port, "S-1") != "");
  const hlx::kit::test_certificates foreign;
  BOOST_TEST(other_node{secured_by(foreign)}.enter(node.port, "S-1") != "");
  node.process.send_signal(SIGTERM);
  BOOST_TEST((node.process.wait_for_end() == 0));
}

BOOST_AUTO_TEST_CASE(strangers_at_the_port_keep_no_strategy_out) {
  constexpr std::size_t idle = 150;
  const venue_process venue;
  venue.quote_both_sides();
  node_process node{venue};
  other_node strategies{secured_by(node.certificates)};
  BOOST_TEST(strategies.enter(node.port, "S-1") == "");
  std::vector<int> sockets;
  for (std::size_t i = 0; i < idle; ++i) {
    sockets.push_back(node.connect());
    const std::string half{"\x16\x03\x01\x02"};
    const std::string garbage(1 + 100 * (i % 50), static_cast<char>(i));
    if (i % 3 == 1)
      BOOST_TEST(
        ::send(sockets.back(), garbage.data(), garbage.size(), MSG_NOSIGNAL)
        > 0);
    if (i % 3 == 2)
      BOOST_TEST(::send(sockets.back(), half.data(), half.size(), MSG_NOSIGNAL)
                 > 0);
  }
  BOOST_TEST(strategies.enter(node.port, "S-1") == "");
  for (const int x : sockets)
    ::close(x);
  BOOST_TEST(strategies.enter(node.port, "S-1") == "");
  other_node late{secured_by(node.certificates)};
  BOOST_TEST(late.enter(node.port, "S-1") == "");
  node.process.send_signal(SIGTERM);
  BOOST_TEST((node.process.wait_for_end() == 0));
}

BOOST_AUTO_TEST_CASE(with_the_quoter_off_only_strategies_elsewhere_trade) {
  const venue_process venue;
  venue.quote_both_sides();
  child_process program{
    venue.run_command({"--quoter.off=false", "--quoter.off=true",
                       "--node.listen=127.0.0.1:0", "--node.plaintext=true"})};
  const auto line = program.wait_for_error("listening for strategies at ");
  BOOST_REQUIRE_MESSAGE(line, program.errors());
  BOOST_REQUIRE_MESSAGE(program.wait_for_error("for the account 0x"),
                        program.errors());
  other_node node{{.plaintext = true}};
  const auto port = static_cast<std::uint16_t>(std::stoi(after_colon(*line)));
  BOOST_TEST(node.enter(port, "S-1") == "");
  program.send_signal(SIGTERM);
  BOOST_TEST((program.wait_for_end() == 0));
  BOOST_TEST(program.output().find("order_submitted") == std::string::npos);
  check_failure(venue.run_command({"--quoter.off=true"}), 2,
                "quoter.off: nobody would trade: there is no node.listen");
}

BOOST_AUTO_TEST_CASE(a_node_that_is_not_secured_does_not_start) {
  const venue_process venue;
  check_failure(venue.run_command({"--node.listen=127.0.0.1:0"}), 2,
                "node.certificate_file: missing");
  check_failure(
    venue.run_command({"--node.listen=0.0.0.0:0", "--node.plaintext"}), 2,
    "node.plaintext: only on this machine");
  const hlx::kit::test_certificates expired{"localhost", -10};
  check_failure(
    venue.run_command({"--node.listen=127.0.0.1:0",
                       "--node.certificate_file=" + expired.certificate_file(),
                       "--node.key_file=" + expired.key_file(),
                       "--node.ca_file=" + expired.ca_file()}),
    2, "has expired");
  check_failure(venue.run_command({"--node.listen=127.0.0.1:" + venue.port,
                                   "--node.plaintext"}),
                1, "node.listen: cannot listen at 127.0.0.1:" + venue.port);
}

BOOST_AUTO_TEST_CASE(wrong_options_are_told_apart_from_failures) {
  const venue_process venue;
  check_failure(venue.run_command({"--quoter.spread_bps=0"}), 2,
                "quoter.spread_bps: 0 is not between 1 and 1000");
  check_failure(venue.run_command({"--no-such-option"}), 2,
                "no option \"--no-such-option\" is known (allowed: ");
  check_failure(venue.run_command({"--quoter.quote_size=0.000001"}), 2,
                "quoter.quote_size: 0.000001 is no multiple of 0.00001");
  venue.quote_both_sides();
  check_failure(venue.run_command({"--quoter.quote_size=0.00001"}), 2,
                "worth less than the venue's minimum of 10 USDC");
  check_failure({HLX_PROGRAM, "run"}, 2, "--config-file is missing");
  check_failure(venue.run_command({"--hlx.url="}), 2, "hlx.url: is empty");
  check_failure({HLX_PROGRAM, "leverage", "BTC", "5", "--url="}, 2,
                "--url needs a value");
  check_failure({HLX_PROGRAM, "sign", "--private-key=0x12"}, 2,
                "no option \"--private-key\"; it reads standard input");
  check_failure({HLX_PROGRAM, "walk"}, 2, "no subcommand \"walk\"");
  check_failure(venue.run_command({"--hlx.ca_file=/none.pem"}), 2,
                "hlx.ca_file: cannot read");
  check_failure(venue.run_command({"--hlx.ca_file=" + venue.file("agent.key")}),
                2, "hlx.ca_file: cannot read");
  ::chmod(venue.file("agent.key").c_str(), S_IRUSR | S_IRGRP);
  check_failure(venue.run_command({}), 2, "hlx.key_file: ");
  check_failure(venue.run_command({}), 2, "0600 or stricter");
  venue.write("hlx.conf", "[hlx]\nurrl = \"x\"\n");
  check_failure(venue.run_command({}), 2, "hlx.urrl: unknown");
}

BOOST_AUTO_TEST_CASE(a_key_in_the_wrong_place_is_never_shown) {
  const venue_process venue;
  const std::string digits(64, '7');
  const auto secret = "0x" + digits;
  for (const auto& command : std::vector<std::vector<std::string>>{
         {HLX_PROGRAM, secret},
         {HLX_PROGRAM, "sign", "--private-key=" + secret},
         {HLX_PROGRAM, "sign", secret},
         {HLX_PROGRAM, "run", "--config-file", secret},
         {HLX_PROGRAM, "run", secret},
         venue.run_command({secret}),
         venue.run_command({"--private-key=" + secret}),
         venue.run_command({"--quoter.spread_bps=" + secret}),
         venue.run_command({"--quoter.instrument=" + secret}),
         venue.run_command({"--hlx.key_file=" + secret, "--dump-config"}),
         venue.run_command({"--hlx.key_environment=" + secret}),
         venue.run_command({"--hlx.account=" + secret}),
         venue.run_command({"--hlx.url=https://" + digits}),
         venue.run_command({"--scheduler.max-threads=" + secret}),
         {HLX_PROGRAM, "leverage", "BTC", secret, "--key_file=" + secret},
         {HLX_PROGRAM, "leverage", "BTC", "5", "--key_file=" + secret},
         {HLX_PROGRAM, "transfer", secret, "5"},
         {HLX_PROGRAM, "approve-agent", secret},
         {HLX_SIM_PROGRAM, secret},
         {HLX_SIM_PROGRAM, "venue", secret},
         {HLX_SIM_PROGRAM, "venue", "--fund", secret + "=5"},
         {HLX_SIM_PROGRAM, "venue", "--seed", secret},
         {HLX_SIM_PROGRAM, "venue", "--tls-key", secret},
         {HLX_SIM_PROGRAM, "replay", secret},
         {HLX_SIM_PROGRAM, "replay", "-", secret}}) {
    child_process program{command};
    const auto status = program.wait_for_end();
    BOOST_TEST((status == 1 || status == 2));
    const auto said = program.errors() + program.output();
    BOOST_TEST(said.find(digits) == std::string::npos, said);
  }
}

BOOST_AUTO_TEST_CASE(a_port_that_is_in_use_is_said_to_be) {
  const venue_process venue;
  check_failure({HLX_SIM_PROGRAM, "venue", "--port", venue.port}, 1,
                "cannot listen on 127.0.0.1:" + venue.port
                  + ": the port is in use\n");
  check_failure({HLX_SIM_PROGRAM, "venue", "--control-port", venue.port}, 1,
                ": the port is in use\n");
}

BOOST_AUTO_TEST_CASE(the_simulator_names_the_option_that_is_wrong) {
  check_failure(
    {HLX_SIM_PROGRAM, "venue", "--port", "34567", "--control-port", "34567"}, 2,
    "--control-port: the venue itself is at port 34567");
  check_failure({HLX_SIM_PROGRAM, "replay", "--foo"}, 2,
                "no option \"--foo\"; there is --help");
  check_failure({HLX_SIM_PROGRAM, "replay", "a", "b"}, 2,
                "no argument \"b\" is known");
  check_failure({HLX_SIM_PROGRAM, "replay"}, 2, "FILE is missing");
  check_failure({HLX_SIM_PROGRAM, "demo", "--record="}, 2,
                "--record needs FILE");
  check_failure({HLX_SIM_PROGRAM, "demo", "--kill-strategies", "2"}, 2,
                "--kill-strategies needs --nodes");
  check_failure({HLX_SIM_PROGRAM, "venue", "--tls-certificate", "/none",
                 "--tls-key", "/none"},
                2, "--tls-certificate: cannot read \"/none\"");
}

BOOST_AUTO_TEST_SUITE_END()
