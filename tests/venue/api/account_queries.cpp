// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/info_query.hpp"
#include "tests/venue/api/render.hpp"
#include "tests/venue/api/render_account.hpp"

#include <algorithm>
#include <array>

namespace hlx::venue {

namespace {

using context = info_query_context;

std::string clearinghouse_state(const context& x) {
  json_writer out;
  write_clearinghouse(out, clearinghouse_of(x.books, x.user(), x.dex()),
                      x.now_ms);
  return out.take();
}

std::string spot_clearinghouse_state(const context& x) {
  json_writer out;
  write_spot_balances(out, x.books.spot_balances(x.user()));
  return out.take();
}

std::string user_rate_limit(const context& x) {
  const auto limit = x.books.rate_limit(x.user());
  json_writer out;
  out.open_object()
    .member("cumVlm", limit.cumulative_volume)
    .member("nRequestsUsed", limit.requests_used)
    .member("nRequestsCap", limit.requests_cap)
    .member("nRequestsSurplus", 0)
    .close_object();
  return out.take();
}

std::string user_role(const context& x) {
  const auto role = x.books.role(x.user());
  json_writer out;
  out.open_object().member("role", to_string(role.role));
  if (role.role == account_role::agent)
    out.key("data").open_object().member("user", to_string(role.master));
  else if (role.role == account_role::sub_account)
    out.key("data").open_object().member("master", to_string(role.master));
  else
    return out.close_object().take();
  return out.close_object().close_object().take();
}

std::string extra_agents(const context& x) {
  json_writer out;
  out.open_array();
  for (const auto& agent : x.books.agents(x.user())) {
    if (agent.name.empty())
      continue;
    out.open_object()
      .member("address", to_string(agent.agent))
      .member("name", agent.name);
    if (agent.valid_until_ms)
      out.member("validUntil", *agent.valid_until_ms);
    else
      out.null_member("validUntil");
    out.close_object();
  }
  return out.close_array().take();
}

std::string sub_accounts(const context& x) {
  const auto master = x.user();
  const auto all = x.books.sub_accounts(master);
  if (all.empty())
    return "null";
  json_writer out;
  out.open_array();
  for (const auto& [user, name] : all) {
    out.open_object()
      .member("name", name)
      .member("subAccountUser", to_string(user))
      .member("master", to_string(master))
      .key("clearinghouseState");
    write_clearinghouse(out, x.books.clearinghouse(user), x.now_ms);
    out.key("spotState");
    write_spot_balances(out, x.books.spot_balances(user));
    out.close_object();
  }
  return out.close_array().take();
}

std::string user_fees(const context& x) {
  (void)x.user();
  json_writer out;
  write_fees(out, x.books.config().fees);
  return out.take();
}

std::string max_builder_fee(const context& x) {
  return std::to_string(x.books.max_builder_fee(x.user(), x.user("builder")));
}

std::string active_asset_data(const context& x) {
  const auto* coin = x.coin();
  if (!coin || coin->kind != market_kind::perp)
    throw bad_argument{};
  json_writer out;
  write_active_asset_data(out, x.books, x.user(), *coin);
  return out.take();
}

std::string user_abstraction(const context& x) {
  return '"' + x.books.abstraction(x.user()) + '"';
}

std::string no_rows(const context& x) {
  (void)x.user();
  return "[]";
}

std::string user_vault_equities(const context& x) {
  json_writer out;
  out.open_array();
  for (const auto& [vault, equity] : x.books.vault_equities(x.user()))
    out.open_object()
      .member("vaultAddress", to_string(vault))
      .member("equity", equity)
      .close_object();
  return out.close_array().take();
}

void write_follower(json_writer& out, const address& user, amount equity) {
  out.open_object()
    .member("user", to_string(user))
    .member("vaultEquity", equity)
    .close_object();
}

// What the vault holds of the user who asks, if one does.
void write_follower_state(json_writer& out, const context& x,
                          const address& vault) {
  if (x.field("user"))
    for (const auto& [user, equity] : x.books.vault_followers(vault))
      if (user == x.user()) {
        write_follower(out, user, equity);
        return;
      }
  out.null();
}

std::string vault_details(const context& x) {
  const auto vault = x.user("vaultAddress");
  const auto name = x.books.vault_name(vault);
  if (!name)
    return "null";
  json_writer out;
  out.open_object()
    .member("name", *name)
    .member("vaultAddress", to_string(vault))
    .member("leader", to_string(x.books.role(vault).master))
    .member("description", "")
    .key("portfolio")
    .raw("[]")
    .key("apr")
    .raw("0.0")
    .key("followerState");
  write_follower_state(out, x, vault);
  out.key("followers").open_array();
  for (const auto& [user, equity] : x.books.vault_followers(vault))
    write_follower(out, user, equity);
  out.close_array()
    .member("isClosed", false)
    .key("relationship")
    .raw(R"({"type":"normal"})")
    .member("allowDeposits", true)
    .close_object();
  return out.take();
}

std::string nothing(const context&) {
  return "null";
}

std::string referral(const context& x) {
  (void)x.user();
  return R"({"referredBy":null,"cumVlm":"0.0","unclaimedRewards":"0.0",)"
         R"("claimedRewards":"0.0","builderRewards":"0.0",)"
         R"("tokenToState":[],"referrerState":{"stage":"needToTrade",)"
         R"("data":{"required":"10000.0"}},"rewardHistory":[]})";
}

constexpr std::array<info_type, 17> types{{
  {"clearinghouseState", 2, "user,dex", clearinghouse_state},
  {"spotClearinghouseState", 2, "user", spot_clearinghouse_state},
  {"userRateLimit", 20, "user", user_rate_limit},
  {"userRole", 60, "user", user_role},
  {"extraAgents", 20, "user", extra_agents},
  {"subAccounts", 20, "user", sub_accounts},
  {"userFees", 20, "user", user_fees},
  {"maxBuilderFee", 20, "user,builder", max_builder_fee},
  {"activeAssetData", 20, "user,coin", active_asset_data},
  {"userAbstraction", 20, "user", user_abstraction},
  {"userDexAbstraction", 20, "user", nothing},
  {"referral", 20, "user", referral},
  {"userVaultEquities", 20, "user", user_vault_equities},
  {"portfolio", 20, "user", no_rows},
  {"delegations", 20, "user", no_rows},
  {"approvedBuilders", 20, "user", no_rows},
  {"vaultDetails", 20, "vaultAddress,user", vault_details},
}};

} // namespace

const info_type* find_account_query(std::string_view name) {
  const auto* const found = std::find_if(
    types.begin(), types.end(), [&](auto& x) { return x.name == name; });
  return found == types.end() ? nullptr : found;
}

} // namespace hlx::venue
