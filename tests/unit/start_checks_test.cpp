// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/start_checks.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

address account(char digit) {
  return *parse_bytes<address>("0x" + std::string(40, digit));
}

const auto master = account('a');
const auto agent = account('b');
const auto other = account('c');

/// The vault address, "" for none, or the error.
std::string verdict(const user_role_answer& account_role, const address& signer,
                    const user_role_answer& signer_role) {
  const auto result = daemon::judge_roles({.account = master,
                                           .account_role = account_role,
                                           .signer = signer,
                                           .signer_role = signer_role});
  if (!result)
    return result.error().text;
  return *result ? to_string(**result) : "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(start_checks_suite)

BOOST_AUTO_TEST_CASE(the_account_itself_and_its_agents_may_sign) {
  BOOST_TEST(verdict({.role = "user"}, master, {.role = "user"}) == "");
  BOOST_TEST(
    verdict({.role = "user"}, agent, {.role = "agent", .master = master})
    == "");
}

BOOST_AUTO_TEST_CASE(an_agent_of_another_account_is_named_with_both_addresses) {
  BOOST_TEST(
    verdict({.role = "user"}, agent, {.role = "agent", .master = other})
    == "the key's address " + to_string(agent) + " is an agent of "
         + to_string(other) + ", not of " + to_string(master));
  BOOST_TEST(verdict({.role = "user"}, agent, {.role = "missing"})
             == "the key's address " + to_string(agent)
                  + " is neither the account " + to_string(master)
                  + " nor an agent of it (the venue calls it: missing)");
}

BOOST_AUTO_TEST_CASE(a_sub_account_trades_as_a_vault_of_its_master) {
  const user_role_answer part{.role = "subAccount", .master = other};
  BOOST_TEST(verdict(part, other, {.role = "user"}) == to_string(master));
  BOOST_TEST(verdict(part, agent, {.role = "agent", .master = other})
             == to_string(master));
  BOOST_TEST(verdict(part, agent, {.role = "agent", .master = master})
               .starts_with("the key's address "));
  BOOST_TEST(verdict({.role = "vault"}, agent, {.role = "user"})
             == to_string(master));
}

BOOST_AUTO_TEST_CASE(an_account_that_holds_nothing_is_refused) {
  BOOST_TEST(verdict({.role = "agent", .master = other}, master,
                     {.role = "agent", .master = other})
             == to_string(master)
                  + " is an agent, which holds nothing; the account is "
                  + to_string(other));
  BOOST_TEST(verdict({.role = "missing"}, master, {.role = "missing"})
               .starts_with("the venue does not know the account "));
  BOOST_TEST(verdict({.role = "moon"}, master, {.role = "user"})
               .ends_with("an unknown role: moon"));
}

BOOST_AUTO_TEST_CASE(clocks_may_differ_by_half_a_minute) {
  BOOST_TEST(daemon::objection_to_clock(100'000, 130'000) == "");
  BOOST_TEST(daemon::objection_to_clock(130'000, 100'000) == "");
  BOOST_TEST(daemon::objection_to_clock(100'000, 130'001)
             == "this machine's clock differs from the venue's by 30001 ms, "
                "more than 30000");
  BOOST_TEST(!daemon::objection_to_clock(130'001, 100'000).empty());
}

BOOST_AUTO_TEST_SUITE_END()
