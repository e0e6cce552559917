// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_info.hpp"

#include "hlx/messages/wire/decode_elements.hpp"
#include "hlx/messages/wire/decode_instruments.hpp"
#include "hlx/messages/wire/encode_query.hpp"
#include "hlx/messages/wire/json.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <algorithm>
#include <limits>

namespace hlx::wire {

namespace {

/// A text of the object's member, or nothing when it has none.
std::optional<std::string> text_of(const json* object, std::string_view name) {
  const auto* value = object == nullptr ? nullptr : object->find(name);
  if (value == nullptr || !value->is_string())
    return std::nullopt;
  return value->text();
}

/// Reads a sum or position that may carry any number of digits.
std::optional<venue_number<amount>> read_amount(std::string_view text) {
  venue_number<amount> result;
  bool exact = true;
  const auto error = parse_decimal_rounded(text, decimal_rounding::nearest,
                                           result.value.raw, exact);
  if (error == decimal_error::malformed)
    return std::nullopt;
  if (error == decimal_error::out_of_range) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    result.value.raw = text.starts_with('-') ? -most : most;
    exact = false;
  }
  if (!exact)
    result.text = text;
  return result;
}

std::optional<price> read_price(std::string_view text) {
  price result;
  bool exact = true;
  const auto error =
    parse_decimal_rounded(text, decimal_rounding::nearest, result.raw, exact);
  if (error != decimal_error::none || result.raw < 0)
    return std::nullopt;
  return result;
}

std::string warning(std::string_view what, const json& value) {
  std::string result{what};
  result += ": ";
  result += excerpt(value.dump());
  return result;
}

failed_answer not_understood(std::string reason) {
  return {.reason = std::move(reason), .not_understood = true};
}

/// Reads an answer that parsed as JSON. Says nothing when its shape is not
/// that of an answer to the query.
struct answer_reader {
  const json& body;

  using answer = std::optional<info_answer_body>;

  answer operator()(const open_orders_query&) const {
    if (!body.is_array())
      return std::nullopt;
    open_orders_answer result;
    decode_open_orders(body, "frontendOpenOrders", result.orders,
                       result.warnings);
    return result;
  }

  answer operator()(const fills_query&) const {
    if (!body.is_array())
      return std::nullopt;
    fills_answer result;
    decode_fills(body, "userFillsByTime", result.fills, result.warnings);
    sort_by_time(result.fills);
    return result;
  }

  answer operator()(const order_status_query&) const {
    const auto status = text_of(&body, "status");
    order_status_answer result;
    if (status == "unknownOid")
      return result;
    const auto* record = body.find("order");
    if (status != "order" || record == nullptr)
      return std::nullopt;
    result.order = decode_order_record(*record, "orderStatus", result.warnings);
    if (!result.order)
      return not_understood(std::move(result.warnings.front()));
    return result;
  }

  answer operator()(const book_query& query) const {
    if (body.is_null())
      return failed_answer{"the venue has no book of " + query.instrument};
    const auto* levels = body.find("levels");
    if (levels == nullptr || levels->items().size() != 2)
      return std::nullopt;
    book_answer result;
    result.instrument = text_of(&body, "coin").value_or(query.instrument);
    if (const auto* time = body.find("time"))
      result.time_ms = time->as_i64();
    return read_best(levels->items()[0], result.best_bid)
               && read_best(levels->items()[1], result.best_ask)
             ? answer{std::move(result)}
             : std::nullopt;
  }

  answer operator()(const mids_query&) const {
    if (!body.is_object())
      return std::nullopt;
    mids_answer result;
    for (const auto& [name, value] : body.members()) {
      const auto mid =
        value.is_string() ? read_price(value.text()) : std::nullopt;
      if (mid)
        result.mids.emplace_back(name, *mid);
      else
        result.warnings.push_back(
          warning("allMids: no price of " + excerpt(name), value));
    }
    std::sort(result.mids.begin(), result.mids.end());
    return result;
  }

  answer operator()(const exchange_status_query&) const {
    const auto* time = body.find("time");
    if (time == nullptr || !time->as_i64())
      return std::nullopt;
    return exchange_status_answer{*time->as_i64()};
  }

  answer operator()(const user_role_query&) const {
    auto role = text_of(&body, "role");
    if (!role)
      return std::nullopt;
    user_role_answer result;
    result.role = std::move(*role);
    const auto* data = body.find("data");
    auto master = text_of(data, "user");
    if (!master)
      master = text_of(data, "master");
    if (master)
      result.master = parse_bytes<address>(*master);
    if (master && !result.master)
      return std::nullopt;
    return result;
  }

  answer operator()(const positions_query&) const {
    const auto* list = body.find("assetPositions");
    const auto* time = body.find("time");
    const auto value = text_of(body.find("marginSummary"), "accountValue");
    const auto account_value = value ? read_amount(*value) : std::nullopt;
    if (list == nullptr || !list->is_array() || !account_value)
      return std::nullopt;
    positions_answer result;
    result.account_value = *account_value;
    result.time_ms =
      time == nullptr ? 0 : time->as_i64().value_or(result.time_ms);
    for (const auto& item : list->items()) {
      const auto* position = item.find("position");
      auto coin = text_of(position, "coin");
      const auto text = text_of(position, "szi");
      auto size = text ? read_amount(*text) : std::nullopt;
      if (coin && size)
        result.positions.push_back({std::move(*coin), std::move(*size)});
      else
        result.warnings.push_back(
          warning("clearinghouseState: no position", item));
    }
    return result;
  }

  answer operator()(const rate_limit_query&) const {
    const auto* used = body.find("nRequestsUsed");
    const auto* cap = body.find("nRequestsCap");
    if (used == nullptr || cap == nullptr || !used->as_u64() || !cap->as_u64())
      return std::nullopt;
    return rate_limit_answer{*used->as_u64(), *cap->as_u64()};
  }

  // Read as a whole, before this is asked.
  answer operator()(const listing_query&) const { return std::nullopt; }
  answer operator()(const dexes_query&) const { return std::nullopt; }

  /// False when the side of the book cannot be read; an empty one can.
  static bool read_best(const json& side, std::optional<price>& out) {
    if (!side.is_array())
      return false;
    if (side.items().empty())
      return true;
    const auto text = text_of(&side.items().front(), "px");
    if (text)
      out = read_price(*text);
    return out.has_value();
  }
};

std::string failure(const info_query_body& query, std::string_view why,
                    std::string_view body) {
  std::string reason{info_query_name(query)};
  reason += ": ";
  reason += why;
  reason += ": ";
  reason += excerpt(body);
  return reason;
}

info_answer_body decode_listing(const listing_query& query,
                                std::string_view body) {
  auto read = query.kind == listing_kind::spot ? decode_spot_meta(200, body)
              : query.kind == listing_kind::outcomes
                ? decode_outcome_meta(200, body)
                : decode_meta(200, body, query.dex, query.dex_index);
  if (!read.error.empty())
    return not_understood(std::move(read.error));
  return listing_answer{std::move(read.instruments), std::move(read.warnings)};
}

info_answer_body decode_dex_names(std::string_view body) {
  auto read = decode_perp_dexs(200, body);
  if (!read.error.empty())
    return not_understood(std::move(read.error));
  return dex_names_answer{std::move(read.names)};
}

} // namespace

info_answer_body decode_info(const info_query_body& query, int http_status,
                             std::string_view body) {
  if (http_status != 200)
    return failed_answer{
      .reason = failure(query, "HTTP " + std::to_string(http_status), body),
      .throttled = http_status == 429};
  if (const auto* listing = std::get_if<listing_query>(&query))
    return decode_listing(*listing, body);
  if (std::holds_alternative<dexes_query>(query))
    return decode_dex_names(body);
  const auto parsed = parse_json(body);
  if (!parsed.value)
    return not_understood(failure(query, "not JSON, " + parsed.error, body));
  auto answer = std::visit(answer_reader{*parsed.value}, query);
  return answer ? std::move(*answer)
                : not_understood(
                  failure(query, "the answer has no known shape", body));
}

} // namespace hlx::wire
