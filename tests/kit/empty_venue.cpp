// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/empty_venue.hpp"

#include <optional>
#include <variant>

namespace hlx::kit {

namespace {

struct empty_venue {
  std::int64_t now_ms;

  info_answer_body operator()(const open_orders_query&) const {
    return open_orders_answer{};
  }
  info_answer_body operator()(const fills_query&) const {
    return fills_answer{};
  }
  info_answer_body operator()(const order_status_query&) const {
    return order_status_answer{};
  }
  info_answer_body operator()(const book_query& x) const {
    return book_answer{.instrument = x.instrument};
  }
  info_answer_body operator()(const mids_query&) const { return mids_answer{}; }
  info_answer_body operator()(const exchange_status_query&) const {
    return exchange_status_answer{now_ms};
  }
  info_answer_body operator()(const user_role_query&) const {
    return user_role_answer{"user", std::nullopt};
  }
  info_answer_body operator()(const positions_query&) const {
    positions_answer x;
    x.time_ms = now_ms;
    return x;
  }
  info_answer_body operator()(const rate_limit_query&) const {
    return rate_limit_answer{0, 1'000'000};
  }
  info_answer_body operator()(const listing_query&) const {
    return listing_answer{};
  }
  info_answer_body operator()(const dexes_query&) const {
    return dex_names_answer{};
  }
};

} // namespace

info_answer_body empty_answer(const info_query& query, std::int64_t now_ms) {
  return std::visit(empty_venue{now_ms}, query.body);
}

std::string empty_reply(const info_query_body& query, std::int64_t now_ms) {
  if (std::holds_alternative<open_orders_query>(query)
      || std::holds_alternative<fills_query>(query))
    return "[]";
  if (std::holds_alternative<positions_query>(query))
    return R"({"marginSummary":{"accountValue":"0.0"},"assetPositions":[],)"
           R"("time":1})";
  if (std::holds_alternative<order_status_query>(query))
    return R"({"status":"unknownOid"})";
  return R"({"time":)" + std::to_string(now_ms) + "}";
}

} // namespace hlx::kit
