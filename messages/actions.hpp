// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/order_actions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The venue's actions, typed. One description of each serves JSON and
/// MessagePack, encoding and decoding (wire/). Names of fields are hlx's; the
/// venue's short ones stand in wire/ alone.
namespace hlx {

/// Dead-man switch; without a time: clears it.
struct schedule_cancel_action {
  std::optional<std::uint64_t> time_ms;

  friend bool operator==(const schedule_cancel_action&,
                         const schedule_cancel_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 schedule_cancel_action& x) {
    return inspect_fields(f, "hlx::schedule_cancel_action",
                          field("time_ms", x.time_ms));
  }
};

struct update_leverage_action {
  asset_id asset = 0;
  bool is_cross = false;
  std::uint64_t leverage = 1;

  friend bool operator==(const update_leverage_action&,
                         const update_leverage_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 update_leverage_action& x) {
    return inspect_fields(
      f, "hlx::update_leverage_action", field("asset", x.asset),
      field("is_cross", x.is_cross), field("leverage", x.leverage));
  }
};

struct update_isolated_margin_action {
  asset_id asset = 0;
  bool is_buy = true;
  std::int64_t micro_usdc = 0; ///< Negative: takes margin out.

  friend bool operator==(const update_isolated_margin_action&,
                         const update_isolated_margin_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, update_isolated_margin_action& x) {
    return inspect_fields(f, "hlx::update_isolated_margin_action",
                          field("asset", x.asset), field("is_buy", x.is_buy),
                          field("micro_usdc", x.micro_usdc));
  }
};

struct top_up_isolated_only_margin_action {
  asset_id asset = 0;
  amount leverage;

  friend bool operator==(const top_up_isolated_only_margin_action&,
                         const top_up_isolated_only_margin_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, top_up_isolated_only_margin_action& x) {
    return inspect_fields(f, "hlx::top_up_isolated_only_margin_action",
                          field("asset", x.asset),
                          field("leverage", x.leverage));
  }
};

/// Starts a TWAP when the price is passed.
struct twap_trigger {
  price trigger_price;
  bool above = false;

  friend bool operator==(const twap_trigger&, const twap_trigger&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 twap_trigger& x) {
    return inspect_fields(f, "hlx::twap_trigger",
                          field("trigger_price", x.trigger_price),
                          field("above", x.above));
  }
};

/// Optional parts of a TWAP; both may be null.
struct twap_details {
  std::optional<twap_trigger> trigger;
  std::optional<price> stop_price;

  friend bool operator==(const twap_details&, const twap_details&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 twap_details& x) {
    return inspect_fields(f, "hlx::twap_details", field("trigger", x.trigger),
                          field("stop_price", x.stop_price));
  }
};

struct twap_order_action {
  asset_id asset = 0;
  bool is_buy = true;
  quantity size;
  bool reduce_only = false;
  std::uint64_t minutes = 0;
  bool randomize = false;
  std::optional<twap_details> details;

  friend bool operator==(const twap_order_action&,
                         const twap_order_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 twap_order_action& x) {
    return inspect_fields(
      f, "hlx::twap_order_action", field("asset", x.asset),
      field("is_buy", x.is_buy), field("size", x.size),
      field("reduce_only", x.reduce_only), field("minutes", x.minutes),
      field("randomize", x.randomize), field("details", x.details));
  }
};

struct twap_cancel_action {
  asset_id asset = 0;
  std::uint64_t twap_id = 0;

  friend bool operator==(const twap_cancel_action&,
                         const twap_cancel_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 twap_cancel_action& x) {
    return inspect_fields(f, "hlx::twap_cancel_action", field("asset", x.asset),
                          field("twap_id", x.twap_id));
  }
};

/// `retracement` is a percentage ("1%") or a price distance.
struct trailing_stop_action {
  asset_id asset = 0;
  bool is_buy = true;
  quantity size;
  bool reduce_only = false;
  std::variant<std::string, price> retracement;
  std::optional<price> activation_price;

  friend bool operator==(const trailing_stop_action&,
                         const trailing_stop_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 trailing_stop_action& x) {
    return inspect_fields(
      f, "hlx::trailing_stop_action", field("asset", x.asset),
      field("is_buy", x.is_buy), field("size", x.size),
      field("reduce_only", x.reduce_only), field("retracement", x.retracement),
      field("activation_price", x.activation_price));
  }
};

/// Does nothing but consume its nonce.
struct noop_action {
  friend bool operator==(const noop_action&, const noop_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, noop_action&) {
    return inspect_fields(f, "hlx::noop_action");
  }
};

struct reserve_request_weight_action {
  std::uint64_t weight = 0;
  std::optional<address> destination;

  friend bool operator==(const reserve_request_weight_action&,
                         const reserve_request_weight_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, reserve_request_weight_action& x) {
    return inspect_fields(f, "hlx::reserve_request_weight_action",
                          field("weight", x.weight),
                          field("destination", x.destination));
  }
};

struct agent_enable_dex_abstraction_action {
  friend bool operator==(const agent_enable_dex_abstraction_action&,
                         const agent_enable_dex_abstraction_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, agent_enable_dex_abstraction_action&) {
    return inspect_fields(f, "hlx::agent_enable_dex_abstraction_action");
  }
};

struct agent_set_abstraction_action {
  std::string abstraction; ///< "i", "u" or "p".

  friend bool operator==(const agent_set_abstraction_action&,
                         const agent_set_abstraction_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, agent_set_abstraction_action& x) {
    return inspect_fields(f, "hlx::agent_set_abstraction_action",
                          field("abstraction", x.abstraction));
  }
};

struct agent_send_asset_action {
  address destination;
  std::string source_dex;
  std::string destination_dex;
  std::string token;
  amount sum;
  std::string from_sub_account;
  std::uint64_t nonce = 0;

  friend bool operator==(const agent_send_asset_action&,
                         const agent_send_asset_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 agent_send_asset_action& x) {
    return inspect_fields(
      f, "hlx::agent_send_asset_action", field("destination", x.destination),
      field("source_dex", x.source_dex),
      field("destination_dex", x.destination_dex), field("token", x.token),
      field("sum", x.sum), field("from_sub_account", x.from_sub_account),
      field("nonce", x.nonce));
  }
};

struct vault_transfer_action {
  address vault;
  bool is_deposit = false;
  std::uint64_t micro_usdc = 0;

  friend bool operator==(const vault_transfer_action&,
                         const vault_transfer_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 vault_transfer_action& x) {
    return inspect_fields(
      f, "hlx::vault_transfer_action", field("vault", x.vault),
      field("is_deposit", x.is_deposit), field("micro_usdc", x.micro_usdc));
  }
};

struct sub_account_transfer_action {
  address sub_account;
  bool is_deposit = false;
  std::uint64_t micro_usdc = 0;

  friend bool operator==(const sub_account_transfer_action&,
                         const sub_account_transfer_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, sub_account_transfer_action& x) {
    return inspect_fields(f, "hlx::sub_account_transfer_action",
                          field("sub_account", x.sub_account),
                          field("is_deposit", x.is_deposit),
                          field("micro_usdc", x.micro_usdc));
  }
};

/// Actions that an agent may sign.
using l1_action = std::variant<
  order_action, cancel_action, cancel_by_cloid_action, modify_action,
  batch_modify_action, schedule_cancel_action, update_leverage_action,
  update_isolated_margin_action, top_up_isolated_only_margin_action,
  twap_order_action, twap_cancel_action, trailing_stop_action, noop_action,
  reserve_request_weight_action, agent_enable_dex_abstraction_action,
  agent_set_abstraction_action, agent_send_asset_action, vault_transfer_action,
  sub_account_transfer_action>;

// User-signed actions: only the account's own key may sign them. String fields
// are signed verbatim.

/// What every user-signed action says about its network.
struct user_signed_domain {
  std::string hyperliquid_chain;  ///< "Mainnet" or "Testnet".
  std::string signature_chain_id; ///< Hex, "0x66eee".

  friend bool operator==(const user_signed_domain&,
                         const user_signed_domain&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 user_signed_domain& x) {
    return inspect_fields(f, "hlx::user_signed_domain",
                          field("hyperliquid_chain", x.hyperliquid_chain),
                          field("signature_chain_id", x.signature_chain_id));
  }
};

struct usd_class_transfer_action {
  user_signed_domain domain;
  std::string sum;
  bool to_perp = false;
  std::uint64_t nonce = 0;

  friend bool operator==(const usd_class_transfer_action&,
                         const usd_class_transfer_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 usd_class_transfer_action& x) {
    return inspect_fields(f, "hlx::usd_class_transfer_action",
                          field("domain", x.domain), field("sum", x.sum),
                          field("to_perp", x.to_perp), field("nonce", x.nonce));
  }
};

/// An unnamed agent has no name: signed as "", absent in JSON.
struct approve_agent_action {
  user_signed_domain domain;
  address agent;
  std::optional<std::string> agent_name;
  std::uint64_t nonce = 0;

  friend bool operator==(const approve_agent_action&,
                         const approve_agent_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 approve_agent_action& x) {
    return inspect_fields(f, "hlx::approve_agent_action",
                          field("domain", x.domain), field("agent", x.agent),
                          field("agent_name", x.agent_name),
                          field("nonce", x.nonce));
  }
};

struct approve_builder_fee_action {
  user_signed_domain domain;
  std::string max_fee_rate;
  address builder;
  std::uint64_t nonce = 0;

  friend bool operator==(const approve_builder_fee_action&,
                         const approve_builder_fee_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, approve_builder_fee_action& x) {
    return inspect_fields(f, "hlx::approve_builder_fee_action",
                          field("domain", x.domain),
                          field("max_fee_rate", x.max_fee_rate),
                          field("builder", x.builder), field("nonce", x.nonce));
  }
};

struct usd_send_action {
  user_signed_domain domain;
  std::string destination;
  std::string sum;
  std::uint64_t time = 0;

  friend bool operator==(const usd_send_action&,
                         const usd_send_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 usd_send_action& x) {
    return inspect_fields(f, "hlx::usd_send_action", field("domain", x.domain),
                          field("destination", x.destination),
                          field("sum", x.sum), field("time", x.time));
  }
};

struct spot_send_action {
  user_signed_domain domain;
  std::string destination;
  std::string token;
  std::string sum;
  std::uint64_t time = 0;

  friend bool operator==(const spot_send_action&,
                         const spot_send_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 spot_send_action& x) {
    return inspect_fields(f, "hlx::spot_send_action", field("domain", x.domain),
                          field("destination", x.destination),
                          field("token", x.token), field("sum", x.sum),
                          field("time", x.time));
  }
};

struct withdraw_action {
  user_signed_domain domain;
  std::string destination;
  std::string sum;
  std::uint64_t time = 0;

  friend bool operator==(const withdraw_action&,
                         const withdraw_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 withdraw_action& x) {
    return inspect_fields(f, "hlx::withdraw_action", field("domain", x.domain),
                          field("destination", x.destination),
                          field("sum", x.sum), field("time", x.time));
  }
};

struct send_asset_action {
  user_signed_domain domain;
  std::string destination;
  std::string source_dex;
  std::string destination_dex;
  std::string token;
  std::string sum;
  std::string from_sub_account;
  std::uint64_t nonce = 0;

  friend bool operator==(const send_asset_action&,
                         const send_asset_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 send_asset_action& x) {
    return inspect_fields(
      f, "hlx::send_asset_action", field("domain", x.domain),
      field("destination", x.destination), field("source_dex", x.source_dex),
      field("destination_dex", x.destination_dex), field("token", x.token),
      field("sum", x.sum), field("from_sub_account", x.from_sub_account),
      field("nonce", x.nonce));
  }
};

struct user_set_abstraction_action {
  user_signed_domain domain;
  address user;
  std::string abstraction;
  std::uint64_t nonce = 0;

  friend bool operator==(const user_set_abstraction_action&,
                         const user_set_abstraction_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(
    Inspector& f, user_set_abstraction_action& x) {
    return inspect_fields(f, "hlx::user_set_abstraction_action",
                          field("domain", x.domain), field("user", x.user),
                          field("abstraction", x.abstraction),
                          field("nonce", x.nonce));
  }
};

/// Actions that only the account's own key may sign.
using user_signed_action =
  std::variant<usd_class_transfer_action, approve_agent_action,
               approve_builder_fee_action, usd_send_action, spot_send_action,
               withdraw_action, send_asset_action, user_set_abstraction_action>;

} // namespace hlx
