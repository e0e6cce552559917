// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/options.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace hlx;

namespace {

daemon::raw_options example() {
  daemon::raw_options result;
  result.key_file = "key";
  result.account = "0x14791697260e4c9a71f18484c9f997b308e59325";
  return result;
}

std::string error_of(const daemon::raw_options& raw) {
  const auto result = daemon::validate(raw);
  return result.ok() ? "" : result.error().text;
}

std::string file_error(std::string_view text) {
  return daemon::objection_to_config(std::string{text});
}

} // namespace

BOOST_AUTO_TEST_SUITE(run_options_suite)

BOOST_AUTO_TEST_CASE(arguments_are_refused_in_sentences) {
  const auto what = [](std::string text) {
    return daemon::objection_to_arguments({std::move(text)});
  };
  BOOST_TEST(what("--bogus").starts_with(
    "no option \"--bogus\" is known (allowed: --config-file F, --mainnet, "
    "--help, and --SECTION.KEY=VALUE with the sections hlx, node, threads, "
    "quoter, or of CAF's own scheduler, "));
  BOOST_TEST(what("--bogus=1").starts_with("no option \"--bogus\" is known"));
  BOOST_TEST(what("--x.y=1").starts_with("no option \"--x.y\" is known"));
  BOOST_TEST(what("-x").starts_with("no argument \"-x\" is known"));
  BOOST_TEST(what("stray").starts_with("no argument \"stray\" is known"));
  BOOST_TEST(
    what("--quoter.size=1")
      .starts_with(
        "--quoter.size: unknown; [quoter] has: off, instrument, quote_size, "));
  BOOST_TEST(what("--quoter.spread_bps=ten")
             == "--quoter.spread_bps: expected an integer, got \"ten\"");
  BOOST_TEST(what("--quoter.spread_bps")
             == "--quoter.spread_bps: needs a value, as in "
                "--quoter.spread_bps=VALUE");
  BOOST_TEST(what("--hlx.url=")
             == "--hlx.url: is empty; leave it out for its default");
  BOOST_TEST(what("--node.plaintext=yes")
             == "--node.plaintext: takes no value but true, got \"yes\"; "
                "leave it out for false");
  BOOST_TEST(what("--mainnet=yes")
             == "--mainnet takes no value but true, got \"yes\"");
}

BOOST_AUTO_TEST_CASE(good_arguments_pass) {
  BOOST_TEST(daemon::objection_to_arguments(
               {"--mainnet=true", "--mainnet=false", "--mainnet",
                "--node.plaintext=true", "--quoter.off=false",
                "--quoter.spread_bps=20", "--node.plaintext",
                "--hlx.url=https://127.0.0.1:1", "--scheduler.max-threads=2"})
             == "");
}

BOOST_AUTO_TEST_CASE(testnet_is_the_default) {
  const auto options = daemon::validate(example());
  BOOST_REQUIRE(options.ok());
  BOOST_TEST((options->net == signing::network::testnet));
  BOOST_TEST(options->venue.host == "api.hyperliquid-testnet.xyz");
  BOOST_TEST(options->venue.port == 443);
  BOOST_TEST(options->venue.tls);
  BOOST_TEST(to_string(options->quoter.quote_size) == "0.001");
}

BOOST_AUTO_TEST_CASE(a_dead_man_switch_and_a_builder_are_options) {
  auto raw = example();
  BOOST_TEST(daemon::validate(raw)->dead_man_switch_ms == 0);
  BOOST_TEST(!daemon::validate(raw)->builder.has_value());
  raw.dead_man_switch_ms = 14'999;
  BOOST_TEST(error_of(raw)
             == "hlx.dead_man_switch_ms: 14999 is not between 15000 and "
                "86400000");
  raw.dead_man_switch_ms = 60'000;
  raw.builder_fee = 10;
  BOOST_TEST(error_of(raw) == "hlx.builder_fee: needs a builder");
  raw.builder = "0xnobody";
  BOOST_TEST(error_of(raw)
             == "hlx.builder: \"0xnobody\" is not 0x and 40 hex digits");
  raw.builder = "0x00000000000000000000000000000000000000bb";
  raw.builder_fee = 101;
  BOOST_TEST(error_of(raw) == "hlx.builder_fee: 101 is not between 0 and 100");
  raw.builder_fee = 10;
  const auto options = daemon::validate(raw);
  BOOST_REQUIRE(options.ok());
  BOOST_TEST(options->dead_man_switch_ms == 60'000);
  BOOST_TEST(options->builder->fee == 10U);
}

BOOST_AUTO_TEST_CASE(nobody_may_come_unless_it_is_said_where_and_how) {
  auto raw = example();
  BOOST_TEST(!daemon::validate(raw)->listen);
  raw.plaintext = true;
  BOOST_TEST(error_of(raw)
             == "node.listen: missing, though other keys of [node] are given");
  raw.listen = "127.0.0.1:0";
  raw.strategies = "alpha, beta";
  const auto options = daemon::validate(raw);
  BOOST_REQUIRE(options.ok());
  BOOST_TEST(options->listen->host == "127.0.0.1");
  BOOST_REQUIRE(options->strategies.size() == 2);
  BOOST_TEST(options->strategies[1].value == "beta");
  raw.strategies = "alpha, quoter";
  BOOST_TEST(error_of(raw)
             == "node.strategies: strategy quoter is this program's own");
  raw.strategies = std::string(201, 'x');
  BOOST_TEST(error_of(raw)
             == "node.strategies: a name is longer than 200 bytes");
  raw.strategies = "";
  raw.listen = "0.0.0.0:0";
  BOOST_TEST(error_of(raw).starts_with("node.plaintext: only on this machine"));
  raw.listen = "127.0.0.1";
  BOOST_TEST(error_of(raw).starts_with("node.listen: \"127.0.0.1\" is not"));
  raw.listen = "127.0.0.1:4242";
  raw.plaintext = false;
  BOOST_TEST(error_of(raw).starts_with("node.certificate_file: missing"));
  BOOST_TEST(file_error("[node]\nplaintext = 1\n")
             == "node.plaintext: expected true or false, got 1");
}

BOOST_AUTO_TEST_CASE(links_beat_as_often_as_their_options_say) {
  auto raw = example();
  raw.heartbeat_ms = 2'000;
  BOOST_TEST(error_of(raw)
             == "node.listen: missing, though other keys of [node] are given");
  raw.listen = "127.0.0.1:0";
  raw.plaintext = true;
  raw.give_up_ms = 5'000;
  const auto options = daemon::validate(raw);
  BOOST_REQUIRE(options.ok());
  BOOST_TEST(options->node.heartbeat_ms == 2'000);
  BOOST_TEST(options->node.give_up_ms == 5'000);
  raw.heartbeat_ms = -1;
  BOOST_TEST(error_of(raw)
             == "node.heartbeat_ms: -1 is not between 0 and 600000");
}

BOOST_AUTO_TEST_CASE(mainnet_takes_its_own_option) {
  auto raw = example();
  raw.url = "https://api.hyperliquid.xyz/";
  BOOST_TEST(error_of(raw)
             == "hlx.url: this is mainnet, which takes --mainnet");
  raw.mainnet = true;
  BOOST_TEST(error_of(raw) == "");
  raw.url = "";
  BOOST_TEST(daemon::validate(raw)->venue.host == "api.hyperliquid.xyz");
  raw.url = "https://api.hyperliquid-testnet.xyz";
  BOOST_TEST(error_of(raw)
             == "hlx.url: this is testnet, but --mainnet is given");
}

BOOST_AUTO_TEST_CASE(without_tls_only_this_machine_is_allowed) {
  auto raw = example();
  raw.url = "http://127.0.0.1:8080";
  BOOST_TEST(error_of(raw) == "");
  BOOST_TEST(daemon::validate(raw)->venue.port == 8080);
  raw.url = "http://venue.example";
  BOOST_TEST(error_of(raw)
             == "hlx.url: without TLS only this machine is allowed");
  raw.url = "venue";
  BOOST_TEST(error_of(raw).starts_with("hlx.url: the address 'venue'"));
}

BOOST_AUTO_TEST_CASE(exactly_one_source_of_the_key) {
  auto raw = example();
  raw.key_environment = "HLX_KEY";
  BOOST_TEST(error_of(raw)
             == "hlx.key_file: give either key_file or key_environment");
  raw.key_file = "";
  BOOST_TEST(error_of(raw) == "");
  raw.key_environment = "";
  BOOST_TEST(error_of(raw)
             == "hlx.key_file: give either key_file or key_environment");
}

BOOST_AUTO_TEST_CASE(every_number_has_its_bounds) {
  auto raw = example();
  raw.quote_size = "0";
  BOOST_TEST(error_of(raw)
             == "quoter.quote_size: \"0\" is not a positive decimal like "
                "\"0.001\"");
  raw.quote_size = "0.0000000001";
  BOOST_TEST(error_of(raw)
             == "quoter.quote_size: at most 8 decimals are allowed, got "
                "\"0.0000000001\"");
  raw = example();
  raw.position_max = "0.0005";
  BOOST_TEST(error_of(raw).starts_with("quoter.position_max: is below"));
  raw = example();
  raw.loss_max = "1e3";
  BOOST_TEST(error_of(raw).starts_with("quoter.loss_max: \"1e3\""));
  raw = example();
  raw.spread_bps = -1;
  BOOST_TEST(error_of(raw)
             == "quoter.spread_bps: -1 is not between 1 and 1000");
  raw = example();
  raw.refresh_ms = 10;
  BOOST_TEST(error_of(raw)
             == "quoter.refresh_ms: 10 is not between 200 and 60000");
  raw = example();
  raw.account = "0x1";
  BOOST_TEST(error_of(raw)
             == "hlx.account: \"0x1\" is not 0x and 40 hex digits");
  raw = example();
  raw.instrument = "PURR/USDC";
  BOOST_TEST(error_of(raw).starts_with("quoter.instrument: "));
}

BOOST_AUTO_TEST_CASE(threads_are_kept_on_processors_that_there_are) {
  auto raw = example();
  BOOST_TEST(!daemon::validate(raw)->threads.client.has_value());
  raw.client_processor = ::sched_getcpu();
  BOOST_TEST((daemon::validate(raw)->threads.client
              == static_cast<unsigned>(raw.client_processor)));
  raw.reader_processor = 1'023;
  BOOST_TEST(error_of(raw).starts_with(
    "threads: the thread of the reader cannot run on processor 1023; "
    "allowed: "));
  raw.reader_processor = 1'024;
  BOOST_TEST(error_of(raw)
             == "threads.reader: 1024 is not between -1 and 1023");
}

BOOST_AUTO_TEST_CASE(a_file_with_nothing_wrong_passes) {
  BOOST_TEST(file_error("") == "");
  BOOST_TEST(file_error("; c\n[hlx]\nurl = \"https://x\"\n\n[quoter]\n"
                        "spread_bps=10\n[scheduler]\nmax-threads=2\n")
             == "");
}

BOOST_AUTO_TEST_CASE(what_the_reader_would_swallow_is_refused) {
  BOOST_TEST(file_error("[hlx]\nurll=\"x\"\n")
             == "hlx.urll: unknown; [hlx] has: url, ca_file, key_file, "
                "key_environment, account, submit, dead_man_switch_ms, "
                "builder, builder_fee");
  BOOST_TEST(file_error("[hlx]\nmainnet=true\n").starts_with("hlx.mainnet: "));
  BOOST_TEST(file_error("[hlx]\nurl=5\n")
             == "hlx.url: expected a string in double quotes, got 5");
  BOOST_TEST(file_error("[hlx]\nurl=\"\"\n")
             == "hlx.url: is empty; leave it out for its default");
  BOOST_TEST(file_error("[hlx]\nkey_file=\"0x" + std::string(64, '7') + "\"\n")
             == "hlx.key_file: is a private key itself; name a file that holds "
                "it");
  BOOST_TEST(file_error("[node]\nstrategies=\"\"\n")
             == "node.strategies: is empty; leave it out for its default");
  BOOST_TEST(file_error("[quoter]\nspread_bps=\"10\"\n")
               .starts_with("quoter.spread_bps: expected an integer"));
  BOOST_TEST(file_error("[quoter]\nquote_size=0.1\n")
               .starts_with("quoter.quote_size: expected a string"));
  BOOST_TEST(file_error("[hxl]\nurl=\"x\"\n").starts_with("\"hxl\": unknown"));
  BOOST_TEST(file_error("url=\"x\"\n").starts_with("\"url\": unknown"));
  BOOST_TEST(file_error("[hlx.more]\nurl=\"x\"\n").starts_with("hlx.more: "));
  BOOST_TEST(file_error("[hlx]\nurl=\"a\"\n\nurl=\"b\"\n")
             == "line 4: hlx.url comes twice");
  BOOST_TEST(file_error("[hlx]\nurl=\"a\n").starts_with("not INI: "));
  BOOST_TEST(
    file_error("[hlx]\nurl=99999999999999999999\n").starts_with("not INI: "));
}

BOOST_AUTO_TEST_CASE(hostile_files_are_errors) {
  const std::string brackets(60'000, '[');
  BOOST_TEST(file_error("[hlx]\nurl=" + brackets)
             == "nested deeper than 8 levels");
  const std::string braces(60'000, '{');
  BOOST_TEST(file_error("[hlx]\nurl=" + braces)
             == "nested deeper than 8 levels");
  BOOST_TEST(file_error(std::string(1U << 20U, 'x'))
             == "larger than 65536 bytes");
  BOOST_TEST(!file_error(std::string(1000, '\0')).empty());
}

BOOST_AUTO_TEST_CASE(orders_leave_by_http_unless_it_is_said) {
  BOOST_CHECK(daemon::validate(example())->path == submit_path::http);
  auto raw = example();
  raw.submit = "websocket";
  BOOST_CHECK(daemon::validate(raw)->path == submit_path::websocket);
  raw.submit = "pigeon";
  BOOST_TEST(error_of(raw)
             == "hlx.submit: \"pigeon\" is not \"http\" or \"websocket\"");
}

BOOST_AUTO_TEST_SUITE_END()
