// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"

#include <array>
#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

/// The one description of the venue's actions: keys, their canonical order and
/// their types. Not installed. JSON text, MessagePack bytes, typed data hashes
/// and decoding are visitors of it. A visitor has
///
///   type_name(word)         the constant "type" key
///   field(key, value)       always there
///   optional(key, value)    std::optional, left out when empty
///   nullable(key, value)    std::optional, null when empty
///   flag(key, value)        bool, left out when false
///   chooses(key, current)   which of two keys is there: `current` when values
///                           are written, the object's own key when read
///
/// and handles numbers, bool, text, decimals, bytes, words (wire_words),
/// vectors, and whatever else has a describe().
namespace hlx::wire {

/// `T` or `const T`: one description both reads and writes.
template <class U, class T>
concept like = std::same_as<std::remove_const_t<U>, T>;

/// The alternative `T`: the one that is there when values are written, a new
/// one when they are read.
template <class T, class Variant>
auto& alternative(Variant& x) {
  if constexpr (std::is_const_v<Variant>)
    return std::get<T>(x);
  else
    return x.template emplace<T>();
}

/// The value: the one that is there when written, a new one when read.
template <class Optional>
auto& engaged(Optional& x) {
  if constexpr (std::is_const_v<Optional>)
    return *x;
  else
    return x.emplace();
}

// Words of enums: index = value.

template <class Enum>
struct wire_words;

template <>
struct wire_words<wire_time_in_force> {
  static constexpr std::array<std::string_view, 4> list{"Gtc", "Ioc", "Alo",
                                                        "FrontendMarket"};
};

template <>
struct wire_words<trigger_kind> {
  static constexpr std::array<std::string_view, 2> list{"tp", "sl"};
};

template <>
struct wire_words<order_grouping> {
  static constexpr std::array<std::string_view, 3> list{"na", "normalTpsl",
                                                        "positionTpsl"};
};

template <class T>
concept has_wire_words = requires {
  wire_words<T>::list;
};

template <has_wire_words Enum>
constexpr std::string_view wire_word(Enum x) {
  return wire_words<Enum>::list[static_cast<std::size_t>(x)];
}

// Parts that are one object on the wire and several members here, or the other
// way around. They refer to the action that is described.

template <class TimeInForce>
struct limit_part {
  TimeInForce& time_in_force;
};

template <class Order>
struct order_kind_part {
  Order& order;
};

/// A word, or {"p":n} for a priority.
template <class Action>
struct grouping_part {
  Action& action;
};

template <class Action>
struct priority_part {
  Action& action;
};

template <class Action>
struct twap_part {
  Action& action;
};

template <class Variant>
struct retracement_part {
  Variant& value;
};

template <class V, class T>
void describe(V& v, const limit_part<T>& x) {
  v.field("tif", x.time_in_force);
}

template <class V>
void describe(V& v, like<trigger_terms> auto& x) {
  v.field("isMarket", x.is_market);
  v.field("triggerPx", x.trigger_price);
  v.field("tpsl", x.kind);
}

template <class V, class Order>
void describe(V& v, const order_kind_part<Order>& x) {
  if (v.chooses("trigger", x.order.trigger.has_value()))
    v.field("trigger", engaged(x.order.trigger));
  else
    v.field(
      "limit",
      limit_part<std::remove_reference_t<decltype((x.order.time_in_force))>>{
        x.order.time_in_force});
}

template <class V, like<wire_order> Order>
void describe(V& v, Order& x) {
  v.field("a", x.asset);
  v.field("b", x.is_buy);
  v.field("p", x.limit_price);
  v.field("s", x.size);
  v.field("r", x.reduce_only);
  v.field("t", order_kind_part<Order>{x});
  v.optional("c", x.cloid);
}

template <class V>
void describe(V& v, like<builder_fee> auto& x) {
  v.field("b", x.builder);
  v.field("f", x.fee);
}

template <class V, class Action>
void describe(V& v, const priority_part<Action>& x) {
  v.field("p", engaged(x.action.priority));
}

template <class V, like<order_action> Action>
void describe(V& v, Action& x) {
  v.type_name("order");
  v.field("orders", x.orders);
  v.field("grouping", grouping_part<Action>{x});
  v.optional("builder", x.builder);
}

template <class V>
void describe(V& v, like<wire_cancel> auto& x) {
  v.field("a", x.asset);
  v.field("o", x.oid);
}

template <class V>
void describe(V& v, like<cancel_action> auto& x) {
  v.type_name("cancel");
  v.field("cancels", x.cancels);
  v.flag("f", x.fast);
}

template <class V>
void describe(V& v, like<wire_cloid_cancel> auto& x) {
  v.field("asset", x.asset);
  v.field("cloid", x.cloid);
}

template <class V>
void describe(V& v, like<cancel_by_cloid_action> auto& x) {
  v.type_name("cancelByCloid");
  v.field("cancels", x.cancels);
  v.flag("f", x.fast);
}

template <class V>
void describe(V& v, like<wire_modify> auto& x) {
  v.field("oid", x.target);
  v.field("order", x.order);
}

template <class V>
void describe(V& v, like<modify_action> auto& x) {
  v.type_name("modify");
  describe(v, x.modify);
  v.flag("a", x.always_place);
}

template <class V>
void describe(V& v, like<batch_modify_action> auto& x) {
  v.type_name("batchModify");
  v.field("modifies", x.modifies);
  v.flag("a", x.always_place);
}

template <class V>
void describe(V& v, like<schedule_cancel_action> auto& x) {
  v.type_name("scheduleCancel");
  v.optional("time", x.time_ms);
}

template <class V>
void describe(V& v, like<update_leverage_action> auto& x) {
  v.type_name("updateLeverage");
  v.field("asset", x.asset);
  v.field("isCross", x.is_cross);
  v.field("leverage", x.leverage);
}

template <class V>
void describe(V& v, like<update_isolated_margin_action> auto& x) {
  v.type_name("updateIsolatedMargin");
  v.field("asset", x.asset);
  v.field("isBuy", x.is_buy);
  v.field("ntli", x.micro_usdc);
}

template <class V>
void describe(V& v, like<top_up_isolated_only_margin_action> auto& x) {
  v.type_name("topUpIsolatedOnlyMargin");
  v.field("asset", x.asset);
  v.field("leverage", x.leverage);
}

template <class V, class Action>
void describe(V& v, const twap_part<Action>& x) {
  v.field("a", x.action.asset);
  v.field("b", x.action.is_buy);
  v.field("s", x.action.size);
  v.field("r", x.action.reduce_only);
  v.field("m", x.action.minutes);
  v.field("t", x.action.randomize);
}

template <class V>
void describe(V& v, like<twap_trigger> auto& x) {
  v.field("p", x.trigger_price);
  v.field("a", x.above);
}

template <class V>
void describe(V& v, like<twap_details> auto& x) {
  v.nullable("t", x.trigger);
  v.nullable("s", x.stop_price);
}

template <class V, like<twap_order_action> Action>
void describe(V& v, Action& x) {
  v.type_name("twapOrder");
  v.field("twap", twap_part<Action>{x});
  v.optional("details", x.details);
}

template <class V>
void describe(V& v, like<twap_cancel_action> auto& x) {
  v.type_name("twapCancel");
  v.field("a", x.asset);
  v.field("t", x.twap_id);
}

template <class V, class Variant>
void describe(V& v, const retracement_part<Variant>& x) {
  if (v.chooses("pct", std::holds_alternative<std::string>(x.value)))
    v.field("pct", alternative<std::string>(x.value));
  else
    v.field("px", alternative<price>(x.value));
}

template <class V>
void describe(V& v, like<trailing_stop_action> auto& x) {
  using variant = std::remove_reference_t<decltype((x.retracement))>;
  v.type_name("trailingStop");
  v.field("asset", x.asset);
  v.field("isBuy", x.is_buy);
  v.field("sz", x.size);
  v.field("reduceOnly", x.reduce_only);
  v.field("retracement", retracement_part<variant>{x.retracement});
  v.nullable("activationPx", x.activation_price);
}

template <class V>
void describe(V& v, like<noop_action> auto&) {
  v.type_name("noop");
}

template <class V>
void describe(V& v, like<reserve_request_weight_action> auto& x) {
  v.type_name("reserveRequestWeight");
  v.field("weight", x.weight);
  v.optional("destination", x.destination);
}

template <class V>
void describe(V& v, like<agent_enable_dex_abstraction_action> auto&) {
  v.type_name("agentEnableDexAbstraction");
}

template <class V>
void describe(V& v, like<agent_set_abstraction_action> auto& x) {
  v.type_name("agentSetAbstraction");
  v.field("abstraction", x.abstraction);
}

template <class V>
void describe(V& v, like<agent_send_asset_action> auto& x) {
  v.type_name("agentSendAsset");
  v.field("destination", x.destination);
  v.field("sourceDex", x.source_dex);
  v.field("destinationDex", x.destination_dex);
  v.field("token", x.token);
  v.field("amount", x.sum);
  v.field("fromSubAccount", x.from_sub_account);
  v.field("nonce", x.nonce);
}

template <class V>
void describe(V& v, like<vault_transfer_action> auto& x) {
  v.type_name("vaultTransfer");
  v.field("vaultAddress", x.vault);
  v.field("isDeposit", x.is_deposit);
  v.field("usd", x.micro_usdc);
}

template <class V>
void describe(V& v, like<sub_account_transfer_action> auto& x) {
  v.type_name("subAccountTransfer");
  v.field("subAccountUser", x.sub_account);
  v.field("isDeposit", x.is_deposit);
  v.field("usd", x.micro_usdc);
}

// User-signed actions.

template <class V>
void describe(V& v, like<user_signed_domain> auto& x) {
  v.field("hyperliquidChain", x.hyperliquid_chain);
  v.field("signatureChainId", x.signature_chain_id);
}

template <class V>
void describe(V& v, like<usd_class_transfer_action> auto& x) {
  v.type_name("usdClassTransfer");
  describe(v, x.domain);
  v.field("amount", x.sum);
  v.field("toPerp", x.to_perp);
  v.field("nonce", x.nonce);
}

template <class V>
void describe(V& v, like<approve_agent_action> auto& x) {
  v.type_name("approveAgent");
  describe(v, x.domain);
  v.field("agentAddress", x.agent);
  v.optional("agentName", x.agent_name);
  v.field("nonce", x.nonce);
}

template <class V>
void describe(V& v, like<approve_builder_fee_action> auto& x) {
  v.type_name("approveBuilderFee");
  describe(v, x.domain);
  v.field("maxFeeRate", x.max_fee_rate);
  v.field("builder", x.builder);
  v.field("nonce", x.nonce);
}

template <class V>
void describe(V& v, like<usd_send_action> auto& x) {
  v.type_name("usdSend");
  describe(v, x.domain);
  v.field("destination", x.destination);
  v.field("amount", x.sum);
  v.field("time", x.time);
}

template <class V>
void describe(V& v, like<spot_send_action> auto& x) {
  v.type_name("spotSend");
  describe(v, x.domain);
  v.field("destination", x.destination);
  v.field("token", x.token);
  v.field("amount", x.sum);
  v.field("time", x.time);
}

template <class V>
void describe(V& v, like<withdraw_action> auto& x) {
  v.type_name("withdraw3");
  describe(v, x.domain);
  v.field("destination", x.destination);
  v.field("amount", x.sum);
  v.field("time", x.time);
}

template <class V>
void describe(V& v, like<send_asset_action> auto& x) {
  v.type_name("sendAsset");
  describe(v, x.domain);
  v.field("destination", x.destination);
  v.field("sourceDex", x.source_dex);
  v.field("destinationDex", x.destination_dex);
  v.field("token", x.token);
  v.field("amount", x.sum);
  v.field("fromSubAccount", x.from_sub_account);
  v.field("nonce", x.nonce);
}

template <class V>
void describe(V& v, like<user_set_abstraction_action> auto& x) {
  v.type_name("userSetAbstraction");
  describe(v, x.domain);
  v.field("user", x.user);
  v.field("abstraction", x.abstraction);
  v.field("nonce", x.nonce);
}

/// Says an action's `type` and nothing else.
struct type_name_visitor {
  std::string_view name;

  void type_name(std::string_view word) { name = word; }

  void field(std::string_view, const auto&) {}

  void optional(std::string_view, const auto&) {}

  void nullable(std::string_view, const auto&) {}

  void flag(std::string_view, bool) {}
};

/// The wire's name of an action type.
template <class Action>
std::string_view type_name_of(const Action& action = {}) {
  type_name_visitor visitor;
  describe(visitor, action);
  return visitor.name;
}

} // namespace hlx::wire
