// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/transfers.hpp"

#include "tests/venue/engine/ledger.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/order_actions.hpp"

#include <algorithm>

namespace hlx::venue {

namespace {

constexpr std::string_view spot_dex = "spot";
constexpr std::string_view collateral = "USDC";

constexpr auto too_little = "Insufficient balance for transfer.";

/// What is to be moved, from where to where.
struct asset_transfer {
  account* from = nullptr;
  address to;
  std::string_view source_dex;
  std::string_view destination_dex;
  std::string_view token;
  amount sum;
  std::uint64_t nonce = 0;
};

/// The account that is meant: `owner`, or a sub-account of it that is named.
account* source_of(venue_state& state, account& owner,
                   std::string_view sub_account) {
  if (sub_account.empty())
    return &owner;
  const auto sub = parse_bytes<address>(sub_account);
  auto* found = sub ? find_account(state, *sub) : nullptr;
  return found != nullptr && found->master == owner.user ? found : nullptr;
}

bool is_place(const venue_state& state, std::string_view dex) {
  const auto dexes = venue_dexes(state.config.instruments);
  return dex == spot_dex
         || std::find(dexes.begin(), dexes.end(), dex) != dexes.end();
}

/// Takes the sum out of one place and puts it into the other; false: there is
/// too little of it. All dexes of perps of an account are one purse.
bool move_between(venue_state& state, const asset_transfer& x,
                  const spot_token& token) {
  const bool from_spot = x.source_dex == spot_dex;
  const bool to_spot = x.destination_dex == spot_dex;
  const auto free = from_spot ? spot_available(state, *x.from, token.index)
                              : withdrawable(state, *x.from);
  if (free < x.sum)
    return false;
  auto& to = get_account(state, x.to);
  if (from_spot && to_spot)
    return move_token(state, *x.from, to, token, x.sum);
  if (from_spot)
    x.from->balances[token.index].total -= x.sum;
  else
    x.from->raw_usd -= x.sum;
  if (to_spot)
    to.balances[token.index].total += x.sum;
  else
    to.raw_usd += x.sum;
  return true;
}

action_reply send_asset(venue_state& state, const asset_transfer& x) {
  const auto* token = find_token(state, x.token);
  if (token == nullptr)
    return refused_reply("Invalid token.");
  if (!is_place(state, x.source_dex) || !is_place(state, x.destination_dex))
    return refused_reply("Invalid dex.");
  const bool touches_perps =
    x.source_dex != spot_dex || x.destination_dex != spot_dex;
  if (touches_perps && token->name != collateral)
    return refused_reply("Only the collateral token can be sent to or from a "
                         "perp dex.");
  if (x.sum.raw <= 0)
    return refused_reply("Invalid amount.");
  if (x.to == x.from->user && x.source_dex == x.destination_dex)
    return refused_reply("The asset is there already.");
  if (!move_between(state, x, *token))
    return refused_reply(too_little);
  state.touched.insert(x.from->user);
  state.touched.insert(x.to);
  keep_transfer(state, {.kind = "send",
                        .sum = x.sum,
                        .token = token->name,
                        .from = x.from->user,
                        .to = x.to,
                        .source_dex = std::string{x.source_dex},
                        .destination_dex = std::string{x.destination_dex},
                        .nonce = x.nonce,
                        .value = usdc_value(state, *token, x.sum)});
  return done_reply();
}

} // namespace

action_reply move_usd(venue_state& state, account& from, account& to,
                      amount sum, const char* kind) {
  if (sum.raw <= 0)
    return refused_reply("Invalid amount.");
  if (withdrawable(state, from) < sum)
    return refused_reply(too_little);
  from.raw_usd -= sum;
  to.raw_usd += sum;
  state.touched.insert(from.user);
  state.touched.insert(to.user);
  keep_transfer(state,
                {.kind = kind, .sum = sum, .from = from.user, .to = to.user});
  return done_reply();
}

bool move_token(venue_state& state, account& from, account& to,
                const spot_token& token, amount sum) {
  if (sum.raw <= 0 || spot_available(state, from, token.index) < sum)
    return false;
  auto& source = from.balances[token.index];
  const auto cost = static_cast<std::int64_t>(
    static_cast<wide_integer>(source.entry_notional.raw) * sum.raw
    / source.total.raw);
  source.total -= sum;
  source.entry_notional.raw -= cost;
  auto& into = to.balances[token.index];
  into.total += sum;
  into.entry_notional.raw += cost;
  state.touched.insert(from.user);
  state.touched.insert(to.user);
  return true;
}

const spot_token* find_token(const venue_state& state, std::string_view text) {
  const auto name = text.substr(0, text.find(':'));
  const auto found =
    std::find_if(state.tokens.begin(), state.tokens.end(),
                 [&](const spot_token& x) { return x.name == name; });
  return found == state.tokens.end() ? nullptr : &*found;
}

amount usdc_value(const venue_state& state, const spot_token& token,
                  amount sum) {
  if (token.name == collateral)
    return sum;
  for (const auto& [asset, place] : state.markets)
    if (moves_tokens(place.info) && place.info.quote == collateral
        && base_token(place.info) == token.name)
      return notional_amount(place.mark, {sum.raw});
  return {};
}

action_reply execute_send_asset(venue_state& state, account& owner,
                                const send_asset_action& action) {
  auto* from = source_of(state, owner, action.from_sub_account);
  if (from == nullptr)
    return refused_reply("Invalid sub-account.");
  const auto to = parse_bytes<address>(action.destination);
  const auto sum = parse<amount>(action.sum);
  if (!to || !sum)
    return refused_reply("Invalid amount or destination.");
  return send_asset(state, {.from = from,
                            .to = *to,
                            .source_dex = action.source_dex,
                            .destination_dex = action.destination_dex,
                            .token = action.token,
                            .sum = *sum,
                            .nonce = action.nonce});
}

action_reply execute_send_asset(venue_state& state, account& owner,
                                const agent_send_asset_action& action) {
  auto* from = source_of(state, owner, action.from_sub_account);
  if (from == nullptr)
    return refused_reply("Invalid sub-account.");
  const auto* to = find_account(state, action.destination);
  const bool is_own =
    to != nullptr
    && (to->user == owner.user || (to->master == owner.user && !to->is_vault)
        || (owner.master == to->user && !owner.is_vault));
  if (!is_own)
    return refused_reply(
      "Agent can only send asset to same user or their sub-accounts.");
  return send_asset(state, {.from = from,
                            .to = action.destination,
                            .source_dex = action.source_dex,
                            .destination_dex = action.destination_dex,
                            .token = action.token,
                            .sum = action.sum,
                            .nonce = action.nonce});
}

} // namespace hlx::venue
