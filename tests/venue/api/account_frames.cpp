// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/account_frames.hpp"

#include "tests/venue/api/frame_parts.hpp"
#include "tests/venue/api/render_account.hpp"
#include "tests/venue/api/render_market.hpp"

#include <algorithm>
#include <iterator>

namespace hlx::venue {

namespace {

template <class Record>
std::vector<Record> of_user(const std::vector<Record>& all,
                            const address& user) {
  std::vector<Record> result;
  std::copy_if(all.begin(), all.end(), std::back_inserter(result),
               [&](const auto& row) { return row.user == user; });
  return result;
}

std::vector<twap_event> of_user(const std::vector<twap_event>& all,
                                const address& user) {
  std::vector<twap_event> result;
  std::copy_if(all.begin(), all.end(), std::back_inserter(result),
               [&](const auto& row) { return row.state.user == user; });
  return result;
}

std::vector<fill_record> slices_among(std::span<const fill_record> fills) {
  std::vector<fill_record> result;
  std::copy_if(fills.begin(), fills.end(), std::back_inserter(result),
               [](const auto& fill) { return fill.twap_id.has_value(); });
  return result;
}

std::string twap_states(const subscription& x, const venue& books) {
  auto out = opened(x.channel);
  out.open_object().member("dex", x.dex).member("user", to_string(*x.user));
  out.key("states").open_array();
  if (x.dex.empty())
    for (const auto& twap : books.twaps(*x.user))
      write_twap_state(out, twap);
  out.close_array().close_object();
  return closed(out);
}

std::string all_dexs_clearinghouse(const subscription& x, const venue& books,
                                   std::int64_t now_ms) {
  auto out = opened(x.channel);
  out.open_object()
    .member("user", to_string(*x.user))
    .key("clearinghouseStates")
    .open_array();
  for (const auto& dex : venue_dexes(books.instruments())) {
    out.open_array().value(dex);
    write_clearinghouse(out, clearinghouse_of(books, *x.user, dex), now_ms);
    out.close_array();
  }
  out.close_array().close_object();
  return closed(out);
}

// The unnamed agent, and what the account is.
void write_identity(json_writer& out, const subscription& x, const venue& books,
                    std::int64_t now_ms) {
  const auto agents = books.agents(*x.user);
  const auto agent =
    std::find_if(agents.begin(), agents.end(),
                 [](const auto& known) { return known.name.empty(); });
  if (agent == agents.end())
    out.null_member("agentAddress").null_member("agentValidUntil");
  else if (out.member("agentAddress", to_string(agent->agent));
           agent->valid_until_ms)
    out.member("agentValidUntil", *agent->valid_until_ms);
  else
    out.null_member("agentValidUntil");
  out.member("cumLedger", "0.0")
    .member("serverTime", now_ms)
    .member("isVault", books.role(*x.user).role == account_role::vault)
    .member("user", to_string(*x.user));
}

// What the user has in vaults, and those that the user leads.
void write_vaults(json_writer& out, const address& user, const venue& books) {
  amount equity;
  for (const auto& [vault, part] : books.vault_equities(user))
    equity += part;
  out.member("totalVaultEquity", equity).key("leadingVaults").open_array();
  for (const auto& [vault, name] : books.led_vaults(user))
    out.open_object()
      .member("address", to_string(vault))
      .member("name", name)
      .close_object();
  out.close_array();
}

void write_web_data2(json_writer& out, const subscription& x,
                     const venue& books, std::int64_t now_ms) {
  out.open_object().key("clearinghouseState");
  write_clearinghouse(out, books.clearinghouse(*x.user), now_ms);
  write_vaults(out, *x.user, books);
  const auto orders = books.open_orders(*x.user);
  out.key("openOrders").open_array();
  for (const auto& order : orders)
    if (!order.parent)
      write_frontend_order(out, order, orders);
  out.close_array();
  write_identity(out, x, books, now_ms);
  out.key("meta");
  write_meta(out, books);
  out.key("assetCtxs");
  write_asset_contexts(out, books);
  out.key("twapStates").open_array();
  for (const auto& twap : books.twaps(*x.user))
    write_twap_state(out, twap);
  out.close_array().key("spotState");
  write_spot_balances(out, books.spot_balances(*x.user));
  out.key("spotAssetCtxs");
  write_spot_contexts(out, books);
  out.close_object();
}

std::string web_data(const subscription& x, const venue& books,
                     std::int64_t now_ms) {
  auto out = opened(x.channel);
  if (x.channel == "webData2") {
    write_web_data2(out, x, books, now_ms);
    return closed(out);
  }
  out.open_object().key("userState").open_object();
  write_identity(out, x, books, now_ms);
  out.member("abstraction", books.abstraction(*x.user))
    .close_object()
    .key("perpDexStates")
    .open_array();
  for (const auto& dex : venue_dexes(books.instruments())) {
    out.open_object();
    if (dex.empty()) // Vaults trade the venue's own perps.
      write_vaults(out, *x.user, books);
    else
      out.member("totalVaultEquity", "0.0").key("leadingVaults").raw("[]");
    out.close_object();
  }
  out.close_array().close_object();
  return closed(out);
}

// The text that a user reads when an order of theirs was hit.
std::string notification(const subscription& x, const fill_record& fill) {
  if (fill.crossed)
    return {};
  auto out = opened(x.channel);
  out.open_object()
    .member("notification",
            std::string{"Resting order filled: "}
              + (fill.side == order_side::buy ? "Bought " : "Sold ")
              + to_string(fill.size) + ' ' + fill.coin + " at $"
              + to_string(fill.trade_price))
    .close_object();
  return closed(out);
}

std::string funding_event(const subscription& x, const funding_record& row) {
  auto out = opened(x.channel);
  out.open_object().key("funding");
  write_funding(out, row);
  out.close_object();
  return closed(out);
}

std::string liquidation_event(const subscription& x, const ledger_record& row) {
  if (row.kind != "liquidation")
    return {};
  auto out = opened(x.channel);
  out.open_object()
    .key("liquidation")
    .open_object()
    .member("lid", row.time_ms)
    .member("liquidator", to_string(venue::market_maker()))
    .member("liquidated_user", to_string(row.user))
    .member("liquidated_ntl_pos", row.value)
    .member("liquidated_account_value", row.sum)
    .close_object()
    .close_object();
  return closed(out);
}

// {"twapHistory":[..]} or {"twapSliceFills":[..]}
template <class Record, class Write>
std::string event_rows(const subscription& x, std::string_view name,
                       const std::vector<Record>& rows, const Write& write) {
  if (rows.empty())
    return {};
  auto out = opened(x.channel);
  out.open_object().key(name).open_array();
  for (const auto& row : rows)
    write(out, row);
  out.close_array().close_object();
  return closed(out);
}

std::vector<std::string> event_news(const subscription& x,
                                    const block_output& block,
                                    const std::vector<fill_record>& slices) {
  std::vector<std::string> result;
  for (const auto& row : of_user(block.fundings, *x.user))
    result.push_back(funding_event(x, row));
  for (const auto& row : of_user(block.ledger, *x.user))
    result.push_back(liquidation_event(x, row));
  result.push_back(event_rows(x, "twapHistory", of_user(block.twaps, *x.user),
                              write_twap_event));
  result.push_back(event_rows(x, "twapSliceFills", slices, write_twap_fill));
  return result;
}

} // namespace

std::string account_frame(const subscription& x, const venue& books,
                          std::int64_t now_ms) {
  if (x.kind == stream::user_fundings)
    return rows_frame(x, "fundings", books.fundings(*x.user), true,
                      write_funding);
  if (x.kind == stream::user_ledger_updates)
    return rows_frame(x, "nonFundingLedgerUpdates", books.ledger(*x.user), true,
                      write_ledger);
  if (x.kind == stream::twap_history)
    return rows_frame(x, "history", books.twap_history(*x.user), true,
                      write_twap_event);
  if (x.kind == stream::twap_slice_fills)
    return rows_frame(x, "twapSliceFills",
                      newest(slices_among(books.fills(*x.user))), true,
                      write_twap_fill);
  if (x.kind == stream::twap_states)
    return twap_states(x, books);
  if (x.kind == stream::all_dexs_clearinghouse_state)
    return all_dexs_clearinghouse(x, books, now_ms);
  if (x.kind == stream::web_data)
    return web_data(x, books, now_ms);
  return {};
}

std::vector<std::string> account_news(const subscription& x,
                                      const block_output& block,
                                      std::span<const fill_record> fills,
                                      const venue& books) {
  const auto slices = slices_among(fills);
  if (x.kind == stream::user_events)
    return event_news(x, block, slices);
  if (x.kind == stream::user_fundings)
    return {rows_frame(x, "fundings", of_user(block.fundings, *x.user), false,
                       write_funding)};
  if (x.kind == stream::user_ledger_updates)
    return {rows_frame(x, "nonFundingLedgerUpdates",
                       of_user(block.ledger, *x.user), false, write_ledger)};
  if (x.kind == stream::twap_history)
    return {rows_frame(x, "history", of_user(block.twaps, *x.user), false,
                       write_twap_event)};
  if (x.kind == stream::twap_slice_fills)
    return {rows_frame(x, "twapSliceFills", slices, false, write_twap_fill)};
  if (x.kind == stream::twap_states
      && !(slices.empty() && of_user(block.twaps, *x.user).empty()))
    return {twap_states(x, books)};
  std::vector<std::string> result;
  if (x.kind == stream::notification)
    for (const auto& fill : fills)
      result.push_back(notification(x, fill));
  return result;
}

} // namespace hlx::venue
