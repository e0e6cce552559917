// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/scripted_venue.hpp"

#include "hlx/messages/wire/encode_query.hpp"

namespace hlx::simulate {

namespace {

constexpr auto no_orders = "[]";

constexpr auto flat_and_funded =
  R"({"marginSummary":{"accountValue":"1000000.0","totalNtlPos":"0.0",)"
  R"("totalRawUsd":"1000000.0","totalMarginUsed":"0.0"},)"
  R"("crossMarginSummary":{"accountValue":"1000000.0","totalNtlPos":"0.0",)"
  R"("totalRawUsd":"1000000.0","totalMarginUsed":"0.0"},)"
  R"("crossMaintenanceMarginUsed":"0.0","withdrawable":"1000000.0",)"
  R"("assetPositions":[],"time":0})";

constexpr auto untouched_budget =
  R"({"cumVlm":"0.0","nRequestsUsed":0,"nRequestsCap":10000,)"
  R"("nRequestsSurplus":0})";

// What `default_instruments` has.
constexpr auto default_meta =
  R"({"universe":[{"name":"BTC","szDecimals":5,"maxLeverage":40},)"
  R"({"name":"ETH","szDecimals":4,"maxLeverage":25},)"
  R"({"name":"SOL","szDecimals":2,"maxLeverage":20}]})";

constexpr auto no_tokens = R"({"universe":[],"tokens":[]})";

constexpr auto no_outcomes = R"({"outcomes":[],"questions":[]})";

constexpr auto no_builders_dex = "[null]";

constexpr auto unknown_oid = R"({"status":"unknownOid"})";

} // namespace

scripted_venue::scripted_venue(const address& account)
  : account_(account),
    answers_{{"frontendOpenOrders", no_orders},
             {"userFillsByTime", no_orders},
             {"clearinghouseState", flat_and_funded},
             {"userRateLimit", untouched_budget},
             {"perpDexs", no_builders_dex}},
    listings_{default_meta, no_tokens, no_outcomes} {
}

void scripted_venue::set(const info_step& step) {
  for (const auto& [type, answer] : step.answers)
    answers_[type] = answer;
  if (step.order_status)
    order_status_ = *step.order_status;
}

void scripted_venue::set(const meta_step& step) {
  answers_.erase(std::string{wire::info_query_name(listing_query{step.kind})});
  listings_[static_cast<std::size_t>(step.kind)] = step.body;
}

std::optional<std::string> scripted_venue::answer_to(
  const info_query_body& query, std::int64_t now_ms) const {
  if (const auto* by_id = std::get_if<order_status_query>(&query))
    return answer_to(*by_id);
  const auto found = answers_.find(wire::info_query_name(query));
  if (found != answers_.end())
    return found->second;
  if (const auto* listing = std::get_if<listing_query>(&query);
      listing != nullptr && listing->dex.empty())
    return listings_[static_cast<std::size_t>(listing->kind)];
  if (std::holds_alternative<exchange_status_query>(query))
    return R"({"time":)" + std::to_string(now_ms)
           + R"(,"specialStatuses":null})";
  if (const auto* role = std::get_if<user_role_query>(&query)) {
    if (role->user == account_)
      return R"({"role":"user"})";
    return R"({"role":"agent","data":{"user":")" + to_string(account_)
           + R"("}})";
  }
  return std::nullopt;
}

std::string scripted_venue::answer_to(const order_status_query& query) const {
  if (order_status_.every)
    return *order_status_.every;
  const auto key =
    std::visit([](const auto& id) { return to_string(id); }, query.target);
  const auto found = order_status_.by_id.find(key);
  return found == order_status_.by_id.end() ? unknown_oid : found->second;
}

} // namespace hlx::simulate
