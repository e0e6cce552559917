// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/start_up.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

constexpr std::int64_t now_ms = 1'700'000'000'000;
const address signer{{0x51}};
const address account{{0xac}};

std::string role(std::string_view word) {
  return R"({"role":")" + std::string{word} + R"("})";
}

std::string role_of(std::string_view word, std::string_view key,
                    const address& master) {
  return R"({"role":")" + std::string{word} + R"(","data":{")"
         + std::string{key} + R"(":")" + to_string(master) + R"("}})";
}

/// Asks and answers; the questions are kept.
struct start_up_fixture {
  start_up_options options;
  std::vector<std::string> asked;
  std::string time = std::to_string(now_ms);
  std::string signer_role = role("user");
  std::string account_role = role("user");
  std::string meta = R"({"universe":[{"name":"BTC","szDecimals":5,)"
                     R"("maxLeverage":40}]})";
  std::string vault = "null";
  std::string outcomes = R"({"outcomes":[],"questions":[]})";
  std::string error;
  start_up_result result;

  start_up_fixture() { options.signer = signer; }

  std::string answer_to(const std::string& query) const {
    const auto is = [&](std::string_view word) {
      return query.find('"' + std::string{word} + '"') != std::string::npos;
    };
    if (is("exchangeStatus"))
      return R"({"time":)" + time + R"(,"specialStatuses":null})";
    if (is("userRole"))
      return is(to_string(signer)) ? signer_role : account_role;
    if (is("vaultDetails"))
      return vault;
    if (is("spotMeta"))
      return R"({"tokens":[],"universe":[]})";
    if (is("outcomeMeta"))
      return outcomes;
    if (is("perpDexs"))
      return R"([null,{"name":"xyz"}])";
    return meta;
  }

  void run() {
    start_up_state state{options};
    while (const auto query = state.next_query()) {
      asked.push_back(*query);
      state.answer(200, answer_to(*query), now_ms, now_ms + 10);
    }
    error = state.error();
    if (error.empty())
      result = state.take_result();
  }

  bool fails_with(std::string_view text) {
    run();
    return error.find(text) != std::string::npos;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(start_up_suite, start_up_fixture)

BOOST_AUTO_TEST_CASE(an_accounts_own_key_trades_for_it) {
  run();
  BOOST_TEST(error == "");
  BOOST_CHECK(result.account == signer);
  BOOST_CHECK(!result.vault);
  BOOST_TEST(result.instruments.all().size() == 1u);
  BOOST_TEST(asked.size() == 5u);
  BOOST_TEST(result.clock_offset_ms == -5);
}

BOOST_AUTO_TEST_CASE(an_agent_trades_for_its_account) {
  signer_role = role_of("agent", "user", account);
  run();
  BOOST_TEST(error == "");
  BOOST_CHECK(result.account == account);
  options.account = account;
  run();
  BOOST_TEST(error == "");
  BOOST_CHECK(result.account == account);
}

BOOST_AUTO_TEST_CASE(an_agent_of_another_account_is_refused_with_both_names) {
  const address other{{0x0e}};
  signer_role = role_of("agent", "user", other);
  options.account = account;
  run();
  for (const auto& x : {signer, other, account})
    BOOST_TEST(error.find(to_string(x)) != std::string::npos, error);
}

BOOST_AUTO_TEST_CASE(a_sub_account_is_traded_for_as_a_vault) {
  options.account = account;
  account_role = role_of("subAccount", "master", signer);
  run();
  BOOST_TEST(error == "");
  BOOST_CHECK(result.account == account);
  BOOST_CHECK(result.vault == account);
}

BOOST_AUTO_TEST_CASE(a_vault_is_traded_for_by_its_leader_and_nobody_else) {
  options.account = account;
  account_role = role("vault");
  vault = R"({"name":"v","leader":")" + to_string(signer) + R"("})";
  run();
  BOOST_TEST(error == "");
  BOOST_CHECK(result.account == account);
  BOOST_CHECK(result.vault == account);
  BOOST_TEST(!result.is_sub_account);
  const address other{{0x0e}};
  vault = R"({"name":"v","leader":")" + to_string(other) + R"("})";
  BOOST_TEST(fails_with("is neither the account " + to_string(other)));
  signer_role = role_of("agent", "user", other);
  run();
  BOOST_TEST(error == "");
  vault = "null";
  BOOST_TEST(
    fails_with("does not say who leads the vault " + to_string(account)));
  vault = R"({"name":"v"})";
  BOOST_TEST(fails_with("no leader in it"));
}

BOOST_AUTO_TEST_CASE(other_roles_are_refused) {
  signer_role = role("missing");
  BOOST_TEST(fails_with("does not know the key's address"));
  signer_role = role("user");
  options.account = account;
  account_role = role("missing");
  BOOST_TEST(fails_with("was never funded"));
  account_role = role_of("agent", "user", signer);
  BOOST_TEST(fails_with("is an agent, which holds nothing"));
  account_role = role("martian");
  BOOST_TEST(!fails_with("is neither"));
  BOOST_TEST(!error.empty());
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_off_is_refused_beyond_thirty_seconds) {
  time = std::to_string(now_ms + 30'005);
  run();
  BOOST_TEST(error == "");
  time = std::to_string(now_ms + 30'006);
  BOOST_TEST(fails_with("differ by 30001 ms"));
  BOOST_TEST(asked.size() == 6u); // Nothing else was asked.
  time = std::to_string(now_ms - 30'000);
  BOOST_TEST(fails_with("differ by 30005 ms"));
}

BOOST_AUTO_TEST_CASE(outcomes_are_listed_and_do_not_stop_a_start) {
  outcomes = R"({"outcomes":[{"outcome":7,"name":"Rain","sideSpecs":)"
             R"([{"name":"Yes"},{"name":"No"}]}],"questions":[]})";
  run();
  BOOST_TEST(error == "");
  const auto* no = result.instruments.find("#71");
  BOOST_REQUIRE(no != nullptr);
  BOOST_TEST(no->asset == 100'000'071u);
  outcomes = "null";
  run();
  BOOST_TEST(error == "");
  BOOST_TEST(result.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(given_instruments_are_not_asked_for) {
  options.fetch_instruments = false;
  run();
  BOOST_TEST(asked.size() == 2u);
}

BOOST_AUTO_TEST_CASE(dexes_are_found_by_name) {
  options.dexes = {"xyz"};
  run();
  BOOST_TEST(error == "");
  BOOST_TEST(asked.back() == R"({"type":"meta","dex":"xyz"})");
  options.dexes = {"abc"};
  BOOST_TEST(fails_with("no dex named 'abc'"));
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_says_which) {
  meta = "[]";
  BOOST_TEST(fails_with("the venue's answer to meta cannot be read"));
  signer_role = "{}";
  BOOST_TEST(fails_with("the venue's answer to userRole cannot be read"));
  time = "\"x\"";
  BOOST_TEST(fails_with("the venue's answer to exchangeStatus cannot be read"));
}

BOOST_AUTO_TEST_SUITE_END()
