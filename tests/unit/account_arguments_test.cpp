// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/account.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using daemon::read_account_command;

namespace {

constexpr auto other = "0xcc00000000000000000000000000000000000000";

template <class Body>
Body read(std::string_view verb, const std::vector<std::string>& arguments) {
  const auto x = read_account_command(verb, arguments);
  if (!x)
    BOOST_FAIL(x.error().text);
  return std::get<Body>(x->body);
}

std::string complaint(std::string_view verb,
                      const std::vector<std::string>& arguments) {
  const auto x = read_account_command(verb, arguments);
  return x ? "" : x.error().text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(account_arguments_suite)

BOOST_AUTO_TEST_CASE(leverage_is_cross_unless_it_is_said) {
  BOOST_CHECK((read<set_leverage>("leverage", {"ETH", "25"})
               == set_leverage{"ETH", 25, true}));
  BOOST_CHECK((read<set_leverage>("leverage", {"ETH", "25", "isolated"})
               == set_leverage{"ETH", 25, false}));
}

BOOST_AUTO_TEST_CASE(a_sum_may_be_taken_out) {
  BOOST_CHECK((read<move_isolated_margin>("margin", {"BTC", "-1.5"})
               == move_isolated_margin{"BTC", amount{-150'000'000}}));
}

BOOST_AUTO_TEST_CASE(a_transfer_says_from_where_to_where) {
  const amount one{100'000'000};
  const auto there = *parse_bytes<address>(other);
  BOOST_CHECK((read<transfer_between_wallets>("transfer", {"to-spot", "1"})
               == transfer_between_wallets{one, false}));
  BOOST_CHECK(
    (read<transfer_to_sub_account>("transfer", {"from-sub-account", other, "1"})
     == transfer_to_sub_account{there, one, false}));
  BOOST_CHECK((read<transfer_to_vault>("transfer", {"to-vault", other, "1"})
               == transfer_to_vault{there, one, true}));
  BOOST_CHECK((read<send_usd>("transfer", {"to-account", other, "1"})
               == send_usd{there, one}));
}

BOOST_AUTO_TEST_CASE(approvals_name_an_address) {
  const auto there = *parse_bytes<address>(other);
  BOOST_CHECK((read<approve_agent>("approve-agent", {other, "bot"})
               == approve_agent{there, "bot"}));
  BOOST_CHECK((read<approve_agent>("approve-agent", {other})
               == approve_agent{there, ""}));
  BOOST_CHECK(
    (read<approve_builder_fee>("approve-builder-fee", {other, "0.001%"})
     == approve_builder_fee{there, amount{100'000}}));
}

BOOST_AUTO_TEST_CASE(a_bad_argument_is_named_with_what_is_allowed) {
  BOOST_TEST(complaint("leverage", {"ETH"})
             == "arguments are missing: 1 of 2 are given");
  BOOST_TEST(complaint("leverage", {"ETH", "2", "cross", "x"})
             == "no argument \"x\" is known");
  BOOST_TEST(complaint("leverage", {"ETH", "2.5"})
             == "LEVERAGE: \"2.5\" is not an integer like \"10\"");
  BOOST_TEST(complaint("leverage", {"ETH", "-2"})
             == "LEVERAGE: \"-2\" is not an integer like \"10\"");
  BOOST_TEST(complaint("leverage", {"ETH", "2", "both"})
             == "MARGIN: \"both\" is not cross or isolated");
  BOOST_TEST(complaint("margin", {"ETH", "1.123456789"})
             == "SUM: \"1.123456789\" is not a decimal like \"12.5\"");
  BOOST_TEST(complaint("transfer", {"to-mars", other, "1"})
             == "WHERE: \"to-mars\" is not to-perp, to-spot, to-sub-account, "
                "from-sub-account, to-vault, from-vault or to-account");
  BOOST_TEST(complaint("transfer", {"foo", "5"})
             == "WHERE: \"foo\" is not to-perp, to-spot, to-sub-account, "
                "from-sub-account, to-vault, from-vault or to-account");
  BOOST_TEST(complaint("transfer", {"to-vault", "5"})
             == "arguments are missing: 2 of 3 are given");
  BOOST_TEST(complaint("transfer", {"to-vault", "0x1", "1"})
             == "ADDRESS: \"0x1\" is not 0x and 40 hex digits");
  BOOST_TEST(complaint("approve-builder-fee", {other, "x%"})
             == "PERCENT: \"x\" is not a decimal like \"0.001\"");
}

BOOST_AUTO_TEST_SUITE_END()
