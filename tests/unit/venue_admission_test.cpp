// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

constexpr std::int64_t day_ms = 86'400'000;

struct admission_desk : desk {
  const address agent = address_of(0x51);
  const address other_agent = address_of(0x52);

  std::string approve(const address& which, std::string name = {}) {
    approve_agent_action action{.agent = which};
    if (!name.empty())
      action.agent_name = std::move(name);
    return act(alice, user_signed_action{std::move(action)});
  }

  std::string noop_with(const address& signer, std::uint64_t with_nonce) {
    return act(
      {.action = noop_action{}, .nonce = with_nonce, .signer = signer});
  }
};

constexpr auto unknown_agent =
  "err User or API Wallet 0xaa00000000000000000000000000000000000051 does not "
  "exist.";

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_admission_suite, admission_desk)

BOOST_AUTO_TEST_CASE(an_agent_trades_for_its_master) {
  BOOST_TEST(place(agent, buy("0.01", "59000")) == unknown_agent);
  BOOST_TEST(approve(agent) == "done");
  BOOST_TEST(place(agent, buy("0.01", "59000")) == "resting 1001");
  BOOST_TEST(open(alice) == "1001 0.01/0.01");
  BOOST_TEST((v.role(agent).role == account_role::agent));
  BOOST_TEST((v.role(agent).master == alice));
  BOOST_TEST((v.role(alice).role == account_role::user));
  BOOST_TEST((v.role(other_agent).role == account_role::missing));
}

BOOST_AUTO_TEST_CASE(an_agent_signs_no_user_signed_action) {
  approve(agent);
  const user_signed_action action =
    usd_class_transfer_action{.sum = "1", .to_perp = false};
  BOOST_TEST(act(agent, action)
             == "err Must deposit before performing actions. User: "
                "0xaa00000000000000000000000000000000000051");
}

BOOST_AUTO_TEST_CASE(who_never_deposited_must_do_so) {
  const user_signed_action action = approve_agent_action{.agent = agent};
  BOOST_TEST(act(address_of(0x77), action)
             == "err Must deposit before performing actions. User: "
                "0xaa00000000000000000000000000000000000077");
}

BOOST_AUTO_TEST_CASE(an_agent_replaces_the_one_of_the_same_name) {
  approve(agent, "bot");
  BOOST_TEST(approve(other_agent, "bot") == "done");
  BOOST_TEST(place(agent, buy("0.01", "59000"))
             == "err Must deposit before performing actions. User: "
                "0xaa00000000000000000000000000000000000051");
  BOOST_TEST(place(other_agent, buy("0.01", "59000")) == "resting 1001");
  BOOST_TEST(v.agents(alice).size() == 1u);
  BOOST_TEST(v.agents(alice).at(0).name == "bot");
  BOOST_TEST(approve(agent, "again") == "err Extra agent already used.");
}

BOOST_AUTO_TEST_CASE(a_removed_agent_is_unknown_and_another_waits) {
  approve(agent, "bot");
  BOOST_TEST(approve(address{}, "bot") == "done");
  BOOST_TEST(place(agent, buy("0.01", "59000")) == unknown_agent);
  BOOST_TEST(approve(other_agent) == "err User has pending agent removal");
  run(5000);
  BOOST_TEST(approve(other_agent) == "done");
}

BOOST_AUTO_TEST_CASE(agents_are_limited_and_expire) {
  for (std::uint8_t i = 0; i < 3; ++i)
    BOOST_TEST(approve(address_of(0x60 + i), "bot" + std::to_string(i))
               == "done");
  BOOST_TEST(approve(agent, "bot3")
             == "err Too many extra agents for cumulative volume traded. "
                "Current limit is 3");
  BOOST_TEST(approve(agent, "bot2 valid_until 1700000000000")
             == "err Agent valid_until already expired.");
  BOOST_TEST(approve(agent, "bot2 valid_until 1700000005000") == "done");
  BOOST_TEST(place(agent, buy("0.01", "59000")) == "resting 1001");
  run(5000);
  BOOST_TEST(place(agent, buy("0.01", "59000")) == unknown_agent);
}

BOOST_AUTO_TEST_CASE(a_revoked_agent_loses_what_is_in_flight) {
  v.approve_agent(alice, agent, "");
  const auto sent = send(agent, order_action{.orders = {buy("0.01", "59000")}});
  BOOST_TEST(v.revoke_agent(agent));
  run();
  BOOST_TEST(reply_of(sent) == unknown_agent);
}

BOOST_AUTO_TEST_CASE(a_vault_is_traded_by_its_leader) {
  const auto vault = v.create_vault(alice, "high water", now);
  v.fund(vault, *parse<amount>("5000"), now);
  exchange_submission order{.action =
                              order_action{.orders = {buy("0.01", "59000")}},
                            .nonce = ++nonce,
                            .vault = vault,
                            .signer = alice};
  BOOST_TEST(act(order).starts_with("resting "));
  order.nonce = ++nonce;
  order.signer = bob;
  BOOST_TEST(act(order) == "err Vault not registered: " + to_string(vault));
  BOOST_TEST((v.role(vault).role == account_role::vault));
  BOOST_TEST((v.role(vault).master == alice));
  BOOST_TEST(v.vault_name(vault).value_or("") == "high water");
  BOOST_TEST(v.sub_accounts(alice).empty());
}

BOOST_AUTO_TEST_CASE(a_sub_account_is_reached_through_its_master) {
  const auto sub = v.create_sub_account(alice, "desk", now);
  exchange_submission order{.action =
                              order_action{.orders = {buy("0.01", "59000")}},
                            .nonce = ++nonce,
                            .vault = sub,
                            .signer = alice};
  BOOST_TEST(act(order) == "error Insufficient margin to place order. asset=0");
  BOOST_TEST(
    act(alice, sub_account_transfer_action{.sub_account = sub,
                                           .is_deposit = true,
                                           .micro_usdc = 5'000'000'000})
    == "done");
  order.nonce = ++nonce;
  BOOST_TEST(act(order) == "resting 1002");
  BOOST_TEST(open(sub) == "1002 0.01/0.01");
  order.nonce = ++nonce;
  order.signer = bob;
  BOOST_TEST(act(order) == "err Vault not registered: " + to_string(sub));
  BOOST_TEST((v.role(sub).role == account_role::sub_account));
  BOOST_TEST(v.sub_accounts(alice).at(0).second == "desk");
}

BOOST_AUTO_TEST_CASE(nonces_live_in_a_window) {
  const auto base = static_cast<std::uint64_t>(now + 100);
  const auto low = base - 2 * day_ms + 120'000;
  const auto high = base + day_ms - 120'000;
  BOOST_TEST(noop_with(alice, low - 1)
             == "err Invalid nonce: nonce too low " + std::to_string(low - 1)
                  + " < " + std::to_string(low));
  const auto later = high + 100; // One block on.
  BOOST_TEST(noop_with(alice, later + 1)
             == "err Invalid nonce: nonce too high " + std::to_string(later + 1)
                  + " > " + std::to_string(later));
  BOOST_TEST(noop_with(alice, later) == "done");
}

BOOST_AUTO_TEST_CASE(the_hundred_highest_nonces_are_a_floor) {
  const auto base = static_cast<std::uint64_t>(now);
  BOOST_TEST(noop_with(alice, base + 1) == "done");
  for (std::uint64_t i = 0; i < 100; ++i)
    BOOST_TEST(noop_with(alice, base + 1000 + i) == "done");
  BOOST_TEST(noop_with(alice, base + 2)
             == "err Invalid nonce: nonce too low " + std::to_string(base + 2)
                  + " < " + std::to_string(base + 1000));
  BOOST_TEST(noop_with(alice, base + 1)
             == "err Invalid nonce: duplicate nonce "
                  + std::to_string(base + 1));
  BOOST_TEST(noop_with(bob, base + 2) == "done");
}

BOOST_AUTO_TEST_CASE(a_refused_signer_consumes_no_nonce) {
  const auto with = static_cast<std::uint64_t>(now);
  noop_with(agent, with);
  approve(agent);
  BOOST_TEST(noop_with(agent, with) == "done");
}

BOOST_AUTO_TEST_CASE(the_nonce_of_a_user_signed_action_is_its_own) {
  const exchange_submission odd{
    .action = user_signed_action{usd_class_transfer_action{.nonce = 5}},
    .nonce = 6,
    .signer = alice};
  BOOST_TEST(act(odd)
             == "err Invalid nonce: the action says 5, its envelope 6");
}

BOOST_AUTO_TEST_CASE(over_the_address_budget_one_action_in_ten_seconds_goes) {
  v.set_address_budget(2);
  place(alice, {buy("0.001", "59000"), buy("0.001", "59000")});
  BOOST_TEST(place(alice, buy("0.001", "59000")) == "resting 1003");
  BOOST_TEST(place(alice, buy("0.001", "59000"))
             == "err Too many cumulative requests sent (4 > 2) for cumulative "
                "volume traded $0.00. Place taker orders to free up 1 request "
                "per USDC traded.");
  BOOST_TEST(v.rate_limit(alice).requests_used == 3u);
  run(10'000);
  BOOST_TEST(place(alice, buy("0.001", "59000")) == "resting 1004");
}

BOOST_AUTO_TEST_CASE(cancels_have_a_larger_budget) {
  v.set_address_budget(2);
  place(alice, {buy("0.001", "59000"), buy("0.001", "59000")});
  BOOST_TEST(cancel(alice, 1001) == "success");
  BOOST_TEST(cancel(alice, 1002) == "success");
}

BOOST_AUTO_TEST_CASE(volume_earns_requests) {
  place(bob, sell("0.01", "60000"));
  place(alice, buy("0.01", "60000"));
  BOOST_TEST(v.rate_limit(alice).requests_cap == 1'000'600u);
  BOOST_TEST(to_string(v.rate_limit(alice).cumulative_volume) == "600");
}

BOOST_AUTO_TEST_CASE(requests_can_be_bought) {
  BOOST_TEST(act(alice, reserve_request_weight_action{.weight = 1000})
             == "done");
  BOOST_TEST(v.rate_limit(alice).requests_cap == 1'001'000u);
  BOOST_TEST(to_string(v.clearinghouse(alice).withdrawable) == "99999.5");
  BOOST_TEST(act(alice, reserve_request_weight_action{.weight = 0})
             == "err Invalid weight.");
}

BOOST_AUTO_TEST_CASE(a_cancel_beats_a_taker_of_the_same_block) {
  place(bob, sell("0.01", "60000"));
  const auto taker =
    send(alice, order_action{.orders = {ioc(buy("0.01", "60000"))}});
  const auto canceler = send(bob, cancel_action{.cancels = {{btc, {1001}}}});
  run();
  BOOST_TEST(reply_of(canceler) == "success");
  BOOST_TEST(reply_of(taker)
             == "error Order could not immediately match against any resting "
                "orders. asset=0");
}

BOOST_AUTO_TEST_CASE(a_post_only_order_beats_a_cancel_of_the_same_block) {
  const auto canceler =
    send(alice, cancel_by_cloid_action{.cancels = {{btc, cloid_of(3)}}});
  const auto maker =
    send(alice, order_action{.orders = {named(alo(buy("0.01", "59000")), 3)}});
  run();
  BOOST_TEST(reply_of(maker) == "resting 1001");
  BOOST_TEST(reply_of(canceler) == "success");
}

BOOST_AUTO_TEST_CASE(a_plain_modify_goes_before_the_cancels) {
  place(alice, named(buy("0.01", "59000"), 3));
  const auto canceler = send(alice, cancel_action{.cancels = {{btc, {1001}}}});
  const auto modifier = send(
    alice, batch_modify_action{.modifies = {{venue_order_id{1001},
                                             named(buy("0.01", "58000"), 3)}}});
  run();
  BOOST_TEST(reply_of(modifier) == "resting 1002");
  BOOST_TEST(reply_of(canceler)
             == "error Order was never placed, already canceled, or filled. "
                "asset=0");
  BOOST_TEST(open(alice) == "1002 0.01/0.01");
}

BOOST_AUTO_TEST_CASE(a_cancel_can_overtake_its_order) {
  v.set_arrival_delay(action_class::order, 150);
  const auto order =
    send(alice, order_action{.orders = {named(buy("0.01", "59000"), 3)}});
  BOOST_TEST(cancel_named(alice, 3)
             == "error Order was never placed, already canceled, or filled. "
                "asset=0");
  BOOST_TEST(open(alice) == "");
  run();
  BOOST_TEST(reply_of(order) == "resting 1001");
  BOOST_TEST(open(alice) == "1001 0.01/0.01");
}

BOOST_AUTO_TEST_CASE(priority_goes_first_in_its_category) {
  place(bob, sell("0.01", "60000"));
  const auto plain =
    send(alice, order_action{.orders = {ioc(buy("0.01", "60000"))}});
  v.fund(address_of(3), decimal<amount>("1000"), now);
  const auto paid =
    send(address_of(3),
         order_action{.orders = {ioc(buy("0.01", "60000"))}, .priority = 100});
  run();
  BOOST_TEST(reply_of(paid) == "filled 0.01@60000 1002");
  BOOST_TEST(reply_of(plain)
             == "error Order could not immediately match against any resting "
                "orders. asset=0");
}

BOOST_AUTO_TEST_CASE(blocks_come_on_a_grid_and_empty_ones_are_left_out) {
  run(10'000);
  BOOST_TEST(blocks.empty());
  BOOST_TEST(!v.next_block_ms());
  now += 30;
  send(alice, noop_action{});
  BOOST_TEST(*v.next_block_ms() % 100 == 0);
  BOOST_TEST(*v.next_block_ms() - now == 70);
  run(69);
  BOOST_TEST(blocks.empty());
  run(1);
  BOOST_TEST(blocks.size() == 1u);
  BOOST_TEST(blocks.at(0).time_ms == now);
}

BOOST_AUTO_TEST_CASE(a_builder_must_be_approved) {
  quote(order_side::sell, "1", "60000");
  const order_action action{.orders = {buy("0.01", "60000")},
                            .builder = builder_fee{address_of(9), 10}};
  BOOST_TEST(act(alice, action) == "error Builder fee has not been approved");
  BOOST_TEST(act(alice, user_signed_action{approve_builder_fee_action{
                          .max_fee_rate = "0.01%", .builder = address_of(9)}})
             == "done");
  BOOST_TEST(v.max_builder_fee(alice, address_of(9)) == 10u);
  BOOST_TEST(act(alice, action) == "filled 0.01@60000 1002");
  const auto& fill = blocks.at(0).fills.at(0);
  BOOST_TEST(to_string(fill.fee) == "0.33");
  BOOST_TEST(to_string(*fill.builder_fee) == "0.06");
}

BOOST_AUTO_TEST_CASE(no_builder_is_approved_for_more_than_one_percent) {
  const auto approve = [&](const std::string& rate) {
    return act(alice, user_signed_action{approve_builder_fee_action{
                        .max_fee_rate = rate, .builder = address_of(9)}});
  };
  for (const auto* const rate : {"1.001%", "1.00000001%", "5%", "100%"})
    BOOST_TEST(approve(rate) == "err Max fee rate is too large. Max is 1%.");
  BOOST_TEST(v.max_builder_fee(alice, address_of(9)) == 0u);
  BOOST_TEST(approve("1%") == "done");
  BOOST_TEST(v.max_builder_fee(alice, address_of(9)) == 1000u);
}

BOOST_AUTO_TEST_CASE(a_builder_may_ask_more_of_spot_than_of_perps) {
  quote(order_side::sell, "1", "60000");
  quote(order_side::buy, "1000", "0.2", purr);
  v.fund_spot(alice, "PURR", decimal<amount>("1000"), now);
  act(alice, user_signed_action{approve_builder_fee_action{
               .max_fee_rate = "1%", .builder = address_of(9)}});
  const auto place_for = [&](const std::vector<wire_order>& orders,
                             std::uint64_t fee) {
    return act(alice, order_action{.orders = orders,
                                   .builder = builder_fee{address_of(9), fee}});
  };
  const auto perp = buy("0.01", "60000");
  const auto spot = ioc(sell("100", "0.2", purr));
  const std::string refused = "error Builder fee has not been approved";
  BOOST_TEST(place_for({perp}, 101) == refused);
  BOOST_TEST(place_for({spot, perp}, 101) == refused + "; " + refused);
  BOOST_TEST(place_for({perp}, 100) == "filled 0.01@60000 1003");
  BOOST_TEST(place_for({spot}, 1001) == refused);
  BOOST_TEST(place_for({spot}, 1000) == "filled 100@0.2 1004");
  BOOST_TEST(to_string(*blocks.back().fills.at(0).builder_fee) == "0.2");
}

BOOST_AUTO_TEST_SUITE_END()
