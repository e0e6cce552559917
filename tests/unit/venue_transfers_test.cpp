// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

struct transfers_desk : desk {
  const user_signed_domain domain{"Testnet", "0x66eee"};

  std::string send(const address& to, std::string source,
                   std::string destination, std::string token, std::string sum,
                   std::string sub_account = {}) {
    return act(alice, user_signed_action{send_asset_action{
                        domain, to_string(to), std::move(source),
                        std::move(destination), std::move(token),
                        std::move(sum), std::move(sub_account), nonce + 1}});
  }

  /// By an agent of alice.
  std::string agent_send(const address& to, std::string source,
                         std::string destination, std::string token,
                         std::string_view sum, std::string sub_account = {}) {
    const auto agent = address_of(77);
    if (v.role(agent).role != account_role::agent)
      v.approve_agent(alice, agent, "");
    return act(
      agent, l1_action{agent_send_asset_action{
               to, std::move(source), std::move(destination), std::move(token),
               decimal<amount>(sum), std::move(sub_account), nonce + 1}});
  }

  std::string vault_transfer(const address& who, const address& vault,
                             bool is_deposit, std::uint64_t usdc) {
    return act(who, l1_action{vault_transfer_action{vault, is_deposit,
                                                    usdc * 1'000'000}});
  }

  std::string balance(const address& user, std::string_view coin) const {
    for (const auto& x : v.spot_balances(user))
      if (x.coin == coin)
        return to_string(x.total);
    return "none";
  }

  std::string cash(const address& user) const {
    return to_string(v.clearinghouse(user).cross.total_raw_usd);
  }

  /// What a depositor's part of the vault is worth.
  std::string equity(const address& vault, const address& user) const {
    for (const auto& [follower, sum] : v.vault_followers(vault))
      if (follower == user)
        return to_string(sum);
    return "none";
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_transfers_suite, transfers_desk)

BOOST_AUTO_TEST_CASE(an_asset_is_sent_between_dexes_and_users) {
  v.fund_spot(alice, "PURR", decimal<amount>("10"), now);
  BOOST_TEST(send(alice, "", "spot", "USDC", "40") == "done");
  BOOST_TEST(cash(alice) == "99960");
  BOOST_TEST(balance(alice, "USDC") == "40");
  BOOST_TEST(send(bob, "spot", "", "USDC:0x6d1e", "15") == "done");
  BOOST_TEST(balance(alice, "USDC") == "25");
  BOOST_TEST(cash(bob) == "100015");
  BOOST_TEST(send(bob, "spot", "spot", "PURR", "4") == "done");
  BOOST_TEST(balance(bob, "PURR") == "4");
  BOOST_TEST(to_string(v.ledger(bob).back().value) == "0.8");
  BOOST_TEST(send(bob, "", "", "USDC", "1") == "done");
  BOOST_TEST(cash(bob) == "100016");
  BOOST_TEST(v.ledger(bob).back().kind == "send");
  BOOST_TEST(v.ledger(alice).size() == v.ledger(bob).size() + 2U);
  v.check_invariants();
}

BOOST_AUTO_TEST_CASE(an_asset_that_cannot_be_sent_stays) {
  BOOST_TEST(send(bob, "spot", "spot", "NONE", "1") == "err Invalid token.");
  BOOST_TEST(send(bob, "xyz", "spot", "USDC", "1") == "err Invalid dex.");
  BOOST_TEST(send(bob, "spot", "", "PURR", "1")
             == "err Only the collateral token can be sent to or from a perp "
                "dex.");
  BOOST_TEST(send(bob, "", "", "USDC", "0") == "err Invalid amount.");
  BOOST_TEST(send(bob, "", "", "USDC", "x")
             == "err Invalid amount or destination.");
  BOOST_TEST(send(alice, "", "", "USDC", "1")
             == "err The asset is there already.");
  const auto nobody = address_of(99);
  BOOST_TEST(send(nobody, "", "", "USDC", "100001")
             == "err Insufficient balance for transfer.");
  BOOST_TEST((v.role(nobody).role == account_role::missing));
  BOOST_TEST(send(bob, "", "", "USDC", "1", to_string(bob))
             == "err Invalid sub-account.");
  BOOST_TEST(cash(alice) == "100000");
}

BOOST_AUTO_TEST_CASE(an_asset_of_a_sub_account_is_sent_by_its_master) {
  const auto sub = v.create_sub_account(alice, "desk", now);
  BOOST_TEST(send(sub, "", "spot", "USDC", "30") == "done");
  BOOST_TEST(send(bob, "spot", "", "USDC", "10", to_string(sub)) == "done");
  BOOST_TEST(balance(sub, "USDC") == "20");
  BOOST_TEST(cash(bob) == "100010");
}

BOOST_AUTO_TEST_CASE(an_agent_sends_assets_to_accounts_of_its_master_only) {
  const auto sub = v.create_sub_account(alice, "desk", now);
  const auto* const other =
    "err Agent can only send asset to same user or their "
    "sub-accounts.";
  BOOST_TEST(agent_send(alice, "", "spot", "USDC", "7") == "done");
  BOOST_TEST(balance(alice, "USDC") == "7");
  BOOST_TEST(agent_send(sub, "spot", "", "USDC", "7") == "done");
  BOOST_TEST(cash(sub) == "7");
  BOOST_TEST(agent_send(alice, "", "", "USDC", "2", to_string(sub)) == "done");
  BOOST_TEST(cash(sub) == "5");
  BOOST_TEST(agent_send(bob, "", "", "USDC", "1") == other);
  BOOST_TEST(agent_send(address_of(98), "", "", "USDC", "1") == other);
  BOOST_TEST(agent_send(v.create_vault(alice, "v", now), "", "", "USDC", "1")
             == other);
}

BOOST_AUTO_TEST_CASE(a_vault_is_worth_to_its_depositors_what_it_made) {
  const auto vault = v.create_vault(alice, "high water", now);
  BOOST_TEST(vault_transfer(alice, vault, true, 3000) == "done");
  BOOST_TEST(vault_transfer(bob, vault, true, 1000) == "done");
  BOOST_TEST(cash(vault) == "4000");
  BOOST_TEST(equity(vault, alice) == "3000");
  BOOST_TEST(equity(vault, bob) == "1000");
  // What comes in without a deposit is everybody's.
  v.fund(vault, decimal<amount>("400"), now);
  BOOST_TEST(equity(vault, bob) == "1100");
  BOOST_TEST(vault_transfer(bob, vault, false, 1101)
             == "err Insufficient vault equity.");
  BOOST_TEST(vault_transfer(bob, vault, false, 1100) == "done");
  BOOST_TEST(cash(bob) == "100100");
  BOOST_TEST(equity(vault, bob) == "none");
  BOOST_TEST(equity(vault, alice) == "3300");
  BOOST_TEST(v.ledger(bob).back().kind == "vaultWithdraw");
  BOOST_TEST(v.vault_equities(alice).size() == 1U);
  BOOST_TEST(v.vault_equities(bob).empty());
  v.check_invariants();
}

BOOST_AUTO_TEST_CASE(
  a_withdrawal_that_needs_the_margin_of_orders_cancels_them) {
  const auto vault = v.create_vault(alice, "high water", now);
  BOOST_TEST(vault_transfer(bob, vault, true, 1000) == "done");
  BOOST_TEST(
    act({.action = l1_action{order_action{.orders = {buy("0.2", "50000")}}},
         .nonce = ++nonce,
         .vault = vault,
         .signer = alice})
    == "resting 1001");
  BOOST_TEST(vault_transfer(bob, vault, false, 400) == "done");
  BOOST_TEST(!open(vault).empty());
  BOOST_TEST(vault_transfer(bob, vault, false, 200) == "done");
  BOOST_TEST(statuses(vault) == "vaultWithdrawalCanceled 1001 0.2");
  BOOST_TEST(equity(vault, bob) == "400");
}

BOOST_AUTO_TEST_CASE(only_a_vault_takes_deposits) {
  const auto sub = v.create_sub_account(alice, "desk", now);
  for (const auto& x : {sub, bob, address_of(98)})
    BOOST_TEST(vault_transfer(alice, x, true, 1)
               == "err Vault not registered: " + to_string(x));
  const auto vault = v.create_vault(alice, "high water", now);
  BOOST_TEST(vault_transfer(bob, vault, true, 100'001)
             == "err Insufficient balance for transfer.");
  BOOST_TEST(vault_transfer(bob, vault, true, 0) == "err Invalid amount.");
  BOOST_TEST(vault_transfer(bob, vault, false, 1)
             == "err Insufficient vault equity.");
}

BOOST_AUTO_TEST_SUITE_END()
