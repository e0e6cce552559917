// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/account_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

const address account{{0xaa}};
const address agent{{0xbb}};
const address other{{0xcc}};
constexpr auto other_text = "0xcc00000000000000000000000000000000000000";

amount sum_of(const char* text) {
  return parse<amount>(text).value();
}

/// A master account that signs by its own key, unless something else is said.
struct desk_fixture {
  account_holder holder{account, {}, account, {}, false};
  instrument_table instruments = default_instruments();
  std::optional<account_desk> made;

  desk_fixture() {
    instruments.add({.name = "xyz:AAPL",
                     .asset = 110'000,
                     .kind = market_kind::builder_perp,
                     .max_leverage = 10,
                     .only_isolated = true,
                     .dex = "xyz"});
    instruments.add(
      {.name = "PURR/USDC", .asset = 10'000, .kind = market_kind::spot});
  }

  account_desk& desk() {
    if (!made)
      made.emplace(holder);
    return *made;
  }

  account_desk::decision decide(account_command_body body) {
    return desk().decide({std::move(body)}, instruments, 5'000);
  }

  template <class Action>
  Action l1(account_command_body body) {
    auto x = decide(std::move(body));
    const auto* request = std::get_if<exchange_request>(&x);
    BOOST_REQUIRE_MESSAGE(request, reason(x));
    BOOST_TEST(account_desk::owns(request->request));
    BOOST_TEST(request->deadline_ms == 5'000);
    return std::get<Action>(request->action);
  }

  template <class Action>
  Action user_signed(account_command_body body) {
    auto x = decide(std::move(body));
    const auto* request = std::get_if<user_signed_request>(&x);
    BOOST_REQUIRE_MESSAGE(request, reason(x));
    return std::get<Action>(request->action);
  }

  static std::string reason(const account_desk::decision& x) {
    const auto* result = std::get_if<account_result>(&x);
    return result
             ? std::string{to_string(result->outcome)} + ": " + result->reason
             : "not denied";
  }

  std::string denial(account_command_body body) {
    return reason(decide(std::move(body)));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(account_desk_suite, desk_fixture)

BOOST_AUTO_TEST_CASE(leverage_is_set_by_asset) {
  const auto x = l1<update_leverage_action>(set_leverage{"ETH", 25, false});
  BOOST_CHECK((x == update_leverage_action{1, false, 25}));
}

BOOST_AUTO_TEST_CASE(leverage_that_the_venue_refuses_is_denied) {
  BOOST_TEST(denial(set_leverage{"ETH", 26, true})
             == "denied: the leverage of ETH must be 1 to 25, not 26");
  BOOST_TEST(denial(set_leverage{"ETH", 0, true})
             == "denied: the leverage of ETH must be 1 to 25, not 0");
  BOOST_TEST(denial(set_leverage{"xyz:AAPL", 5, true})
             == "denied: xyz:AAPL can only be traded with isolated margin");
  BOOST_TEST(denial(set_leverage{"NEW", 5, true})
             == "denied: unknown instrument NEW");
  BOOST_TEST(denial(set_leverage{"PURR/USDC", 5, true})
             == "denied: PURR/USDC is no perpetual: it has no leverage and no "
                "margin");
  BOOST_TEST(desk().open() == 0u);
}

BOOST_AUTO_TEST_CASE(margin_goes_in_and_out_in_millionths) {
  auto x = l1<update_isolated_margin_action>(
    move_isolated_margin{"BTC", sum_of("1.5")});
  BOOST_CHECK((x == update_isolated_margin_action{0, true, 1'500'000}));
  x = l1<update_isolated_margin_action>(
    move_isolated_margin{"BTC", sum_of("-0.000001")});
  BOOST_TEST(x.micro_usdc == -1);
  BOOST_TEST(denial(move_isolated_margin{"BTC", sum_of("0.0000001")})
             == "denied: the sum 0.0000001 has more than 6 decimals");
  BOOST_TEST(denial(move_isolated_margin{"BTC", {}})
             == "denied: the sum must not be 0");
}

BOOST_AUTO_TEST_CASE(transfers_name_the_other_side) {
  const auto sub = l1<sub_account_transfer_action>(
    transfer_to_sub_account{other, sum_of("2"), false});
  BOOST_CHECK((sub == sub_account_transfer_action{other, false, 2'000'000}));
  const auto vault =
    l1<vault_transfer_action>(transfer_to_vault{other, sum_of("3"), true});
  BOOST_CHECK((vault == vault_transfer_action{other, true, 3'000'000}));
  const auto usd = user_signed<usd_send_action>(send_usd{other, sum_of("4.5")});
  BOOST_TEST(usd.destination == other_text);
  BOOST_TEST(usd.sum == "4.5");
  const auto wallets = user_signed<usd_class_transfer_action>(
    transfer_between_wallets{sum_of("1"), false});
  BOOST_TEST(wallets.sum == "1");
  BOOST_TEST(!wallets.to_perp);
  BOOST_TEST(denial(transfer_to_vault{other, sum_of("-3"), true})
             == "denied: the sum must be above 0, not -3");
}

BOOST_AUTO_TEST_CASE(an_agent_is_approved_by_name_or_without) {
  const auto named =
    user_signed<approve_agent_action>(approve_agent{other, "sixteen letters!"});
  BOOST_CHECK(named.agent == other);
  BOOST_TEST(named.agent_name.value() == "sixteen letters!");
  const auto unnamed =
    user_signed<approve_agent_action>(approve_agent{other, ""});
  BOOST_TEST(!unnamed.agent_name);
  const auto timed = user_signed<approve_agent_action>(
    approve_agent{other, "bot valid_until 1790000000000"});
  BOOST_TEST(timed.agent_name.value() == "bot valid_until 1790000000000");
  BOOST_TEST(denial(approve_agent{other, "seventeen letters"})
             == "denied: the name of an agent may have 16 characters, not 17");
}

BOOST_AUTO_TEST_CASE(a_builder_fee_is_a_percentage) {
  const auto x = user_signed<approve_builder_fee_action>(
    approve_builder_fee{other, sum_of("0.001")});
  BOOST_TEST(x.max_fee_rate == "0.001%");
  BOOST_CHECK(x.builder == other);
}

BOOST_AUTO_TEST_CASE(an_agent_cannot_do_what_only_the_account_may) {
  holder.signer = agent;
  holder.agent_of = account;
  const auto why =
    "denied: only the account's own key may sign this; the key in use, "
    "0xbb00000000000000000000000000000000000000, is an agent of "
    "0xaa00000000000000000000000000000000000000";
  BOOST_TEST(denial(approve_agent{other, ""}) == why);
  BOOST_TEST(denial(approve_builder_fee{other, sum_of("1")}) == why);
  BOOST_TEST(denial(send_usd{other, sum_of("1")}) == why);
  BOOST_TEST(denial(transfer_between_wallets{sum_of("1"), true}) == why);
  l1<update_leverage_action>(set_leverage{"ETH", 25, true});
}

BOOST_AUTO_TEST_CASE(a_sub_account_names_itself) {
  holder = {other, other, account, {}, true};
  BOOST_TEST(user_signed<usd_class_transfer_action>(
               transfer_between_wallets{sum_of("1"), true})
               .sum
             == std::string{"1 subaccount:"} + other_text);
  BOOST_TEST(denial(transfer_to_vault{account, sum_of("1"), true})
             == std::string{"denied: only a master account can do this, and "}
                  + other_text + " is a sub-account or a vault");
}

BOOST_AUTO_TEST_CASE(every_outcome_is_told_once) {
  const auto outcome_of = [&](request_outcome outcome) {
    auto x = decide(set_leverage{"ETH", 25, true});
    outcome.request = std::get<exchange_request>(x).request;
    const auto result = desk().result_of(outcome);
    BOOST_REQUIRE(result);
    BOOST_TEST(!desk().result_of(outcome));
    return std::string{to_string(result->outcome)} + ": " + result->reason;
  };
  request_outcome x;
  x.delivery = request_delivery::answered;
  x.reply.kind = reply_kind::done;
  BOOST_TEST(outcome_of(x) == "done: ");
  x.reply.kind = reply_kind::refused;
  x.reply.text = "Cannot switch leverage type with open position.";
  BOOST_TEST(outcome_of(x)
             == "refused: Cannot switch leverage type with open position.");
  x.reply.kind = reply_kind::statuses;
  x.reply.elements = {{.status = element_status::error, .error = "no"}};
  BOOST_TEST(outcome_of(x) == "refused: no");
  x = {};
  x.failure = "no answer in time";
  BOOST_TEST(outcome_of(x) == "unknown: no answer in time");
  x.delivery = request_delivery::not_sent;
  BOOST_TEST(outcome_of(x) == "denied: not sent: no answer in time");
  BOOST_TEST(desk().open() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
