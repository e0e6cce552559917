// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/render.hpp"

#include <algorithm>

namespace hlx::venue {

namespace {

void write_status(json_writer& out, const order_record& x) {
  out.member("status", x.status).member("statusTimestamp", x.status_ms);
}

void write_element(json_writer& out, const element_outcome& x) {
  const auto identity = [&] {
    out.member("oid", x.oid.value);
    if (x.cloid)
      out.member("cloid", to_string(*x.cloid));
  };
  switch (x.status) {
    case element_status::success:
      out.value("success");
      return;
    case element_status::waiting_for_fill:
      out.value("waitingForFill");
      return;
    case element_status::waiting_for_trigger:
      out.value("waitingForTrigger");
      return;
    case element_status::error:
    case element_status::unreadable: // The venue itself never says it.
      out.open_object().member("error", x.error).close_object();
      return;
    case element_status::resting:
      out.open_object().key("resting").open_object();
      identity();
      out.close_object().close_object();
      return;
    case element_status::filled:
      out.open_object().key("filled").open_object();
      out.member("totalSz", x.total_quantity)
        .member("avgPx", x.average_price.value_or(price{}));
      identity();
      out.close_object().close_object();
      return;
  }
}

// {"running":{"twapId":n}}, "success" or {"error":".."}
void write_twap_status(json_writer& out, const action_reply& x) {
  const auto& element = x.body.elements.front();
  if (element.status != element_status::success || x.twap_id == 0) {
    write_element(out, element);
    return;
  }
  out.open_object()
    .key("running")
    .open_object()
    .member("twapId", x.twap_id)
    .close_object()
    .close_object();
}

void write_liquidation(json_writer& out, const fill_liquidation& x) {
  out.key("liquidation")
    .open_object()
    .member("liquidatedUser", to_string(x.liquidated_user))
    .member("markPx", x.mark)
    .member("method", x.method)
    .close_object();
}

} // namespace

std::string_view side_letter(order_side x) {
  return x == order_side::buy ? "B" : "A";
}

void write_order(json_writer& out, const order_record& x) {
  out.open_object()
    .member("coin", x.coin)
    .member("side", side_letter(x.side))
    .member("limitPx", x.limit_price)
    .member("sz", x.remaining)
    .member("oid", x.oid.value)
    .member("timestamp", x.placed_ms)
    .member("origSz", x.original);
  if (x.cloid)
    out.member("cloid", to_string(*x.cloid));
  if (x.reduce_only)
    out.member("reduceOnly", true);
  out.close_object();
}

void write_order_update(json_writer& out, const order_record& x) {
  out.open_object().key("order");
  write_order(out, x);
  write_status(out, x);
  out.close_object();
}

void write_frontend_order(json_writer& out, const order_record& x,
                          std::span<const order_record> all) {
  out.open_object()
    .member("coin", x.coin)
    .member("side", side_letter(x.side))
    .member("limitPx", x.limit_price)
    .member("sz", x.remaining)
    .member("oid", x.oid.value)
    .member("timestamp", x.placed_ms)
    .member("origSz", x.original)
    .member("triggerCondition", x.trigger_condition)
    .member("isTrigger", x.is_trigger)
    .member("triggerPx", x.trigger_price)
    .key("children")
    .open_array();
  for (const auto child : x.children) {
    const auto found = std::find_if(
      all.begin(), all.end(), [&](const auto& y) { return y.oid == child; });
    if (found != all.end())
      write_frontend_order(out, *found, {});
  }
  out.close_array()
    .member("isPositionTpsl", x.is_position_tpsl)
    .member("reduceOnly", x.reduce_only)
    .member("orderType", to_string(x.type));
  if (x.tif)
    out.member("tif", to_string(*x.tif));
  else
    out.null_member("tif");
  if (x.cloid)
    out.member("cloid", to_string(*x.cloid));
  else
    out.null_member("cloid");
  out.close_object();
}

void write_order_history(json_writer& out, const order_record& x) {
  out.open_object().key("order");
  write_frontend_order(out, x, {});
  write_status(out, x);
  out.close_object();
}

void write_fill(json_writer& out, const fill_record& x) {
  out.open_object()
    .member("coin", x.coin)
    .member("px", x.trade_price)
    .member("sz", x.size)
    .member("side", side_letter(x.side))
    .member("time", x.time_ms)
    .member("startPosition", x.start_position)
    .member("dir", x.direction)
    .member("closedPnl", x.closed_pnl)
    .member("hash", to_string(x.hash))
    .member("oid", x.oid.value)
    .member("crossed", x.crossed)
    .member("fee", x.fee)
    .member("tid", x.tid.value);
  if (x.cloid)
    out.member("cloid", to_string(*x.cloid));
  if (x.builder_fee)
    out.member("builderFee", *x.builder_fee);
  if (x.liquidation)
    write_liquidation(out, *x.liquidation);
  out.member("feeToken", x.fee_token);
  if (x.twap_id)
    out.member("twapId", *x.twap_id);
  else
    out.null_member("twapId");
  out.close_object();
}

void write_twap_fill(json_writer& out, const fill_record& x) {
  out.open_object().key("fill");
  write_fill(out, x);
  out.member("twapId", x.twap_id.value_or(0)).close_object();
}

namespace {

void write_twap(json_writer& out, const twap_record& x) {
  out.open_object()
    .member("coin", x.coin)
    .member("user", to_string(x.user))
    .member("side", side_letter(x.side))
    .member("sz", x.size)
    .member("executedSz", x.executed)
    .member("executedNtl", x.executed_notional)
    .member("minutes", x.minutes)
    .member("reduceOnly", x.reduce_only)
    .member("randomize", x.randomize)
    .member("timestamp", x.started_ms);
  if (x.stop_price)
    out.member("stopPx", *x.stop_price);
  else
    out.null_member("stopPx");
  if (x.trigger)
    out.key("trigger")
      .open_object()
      .member("px", x.trigger->trigger_price)
      .member("above", x.trigger->above)
      .close_object();
  else
    out.null_member("trigger");
  out.close_object();
}

void write_funding_fields(json_writer& out, const funding_record& x) {
  out.member("coin", x.coin)
    .member("usdc", x.usdc)
    .member("szi", x.size)
    .member("fundingRate", x.rate)
    .null_member("nSamples");
}

// What the venue tells of each kind of movement.
void write_delta(json_writer& out, const ledger_record& x) {
  out.open_object().member("type", x.kind);
  if (x.kind == "spotGenesis") {
    out.member("token", x.token).member("amount", x.sum);
  } else if (x.kind == "spotTransfer") {
    out.member("token", x.token)
      .member("amount", x.sum)
      .member("usdcValue", x.value)
      .member("user", to_string(x.from))
      .member("destination", to_string(x.to))
      .member("fee", "0.0")
      .member("nativeTokenFee", "0.0")
      .null_member("nonce")
      .member("feeToken", "USDC");
  } else if (x.kind == "send") {
    out.member("user", to_string(x.from))
      .member("destination", to_string(x.to))
      .member("sourceDex", x.source_dex)
      .member("destinationDex", x.destination_dex)
      .member("token", x.token)
      .member("amount", x.sum)
      .member("usdcValue", x.value)
      .member("fee", "0.0")
      .member("nativeTokenFee", "0.0")
      .member("nonce", x.nonce)
      .member("feeToken", "");
  } else if (x.kind == "vaultDeposit") {
    out.member("vault", to_string(x.to)).member("usdc", x.sum);
  } else if (x.kind == "vaultWithdraw") {
    out.member("vault", to_string(x.from))
      .member("user", to_string(x.to))
      .member("requestedUsd", x.sum)
      .member("commission", "0.0")
      .member("closingCost", "0.0")
      .member("basis", "0.0")
      .member("netWithdrawnUsd", x.sum);
  } else if (x.kind == "liquidation") {
    out.member("liquidatedNtlPos", x.value)
      .member("accountValue", x.sum)
      .member("leverageType", "Cross")
      .key("liquidatedPositions")
      .open_array()
      .close_array();
  } else {
    out.member("usdc", x.sum);
  }
  if (x.kind == "withdraw")
    out.member("nonce", x.time_ms).member("fee", "0.0");
  if (x.kind == "accountClassTransfer")
    out.member("toPerp", x.to_perp);
  if (x.kind == "internalTransfer" || x.kind == "subAccountTransfer")
    out.member("user", to_string(x.from))
      .member("destination", to_string(x.to));
  if (x.kind == "internalTransfer")
    out.member("fee", "0.0");
  out.close_object();
}

} // namespace

void write_twap_state(json_writer& out, const twap_record& x) {
  out.open_array().value(x.id);
  write_twap(out, x);
  out.close_array();
}

void write_twap_event(json_writer& out, const twap_event& x) {
  out.open_object().member("time", x.time_ms).key("state");
  write_twap(out, x.state);
  out.key("status")
    .open_object()
    .member("status", x.status)
    .close_object()
    .member("twapId", x.state.id)
    .close_object();
}

void write_funding(json_writer& out, const funding_record& x) {
  out.open_object().member("time", x.time_ms);
  write_funding_fields(out, x);
  out.close_object();
}

void write_funding_delta(json_writer& out, const funding_record& x) {
  out.open_object()
    .member("time", x.time_ms)
    .member("hash", to_string(x.hash))
    .key("delta")
    .open_object()
    .member("type", "funding");
  write_funding_fields(out, x);
  out.close_object().close_object();
}

void write_ledger(json_writer& out, const ledger_record& x) {
  out.open_object()
    .member("time", x.time_ms)
    .member("hash", to_string(x.hash))
    .key("delta");
  write_delta(out, x);
  out.close_object();
}

std::vector<fill_record> aggregate_by_time(std::span<const fill_record> fills) {
  std::vector<fill_record> result;
  for (const auto& x : fills) {
    if (result.empty() || result.back().oid != x.oid
        || result.back().time_ms != x.time_ms
        || result.back().crossed != x.crossed) {
      result.push_back(x);
      continue;
    }
    auto& sum = result.back();
    const auto value =
      notional(sum.trade_price, sum.size) + notional(x.trade_price, x.size);
    sum.size += x.size;
    if (sum.size.raw > 0)
      sum.trade_price.raw =
        static_cast<std::int64_t>((value + sum.size.raw / 2) / sum.size.raw);
    sum.closed_pnl += x.closed_pnl;
    sum.fee += x.fee;
  }
  return result;
}

void write_trade(json_writer& out, const trade_record& x) {
  out.open_object()
    .member("coin", x.coin)
    .member("side", side_letter(x.aggressor))
    .member("px", x.trade_price)
    .member("sz", x.size)
    .member("time", x.time_ms)
    .member("hash", to_string(x.hash))
    .member("tid", x.tid.value)
    .key("users")
    .open_array()
    .value(to_string(x.buyer))
    .value(to_string(x.seller))
    .close_array()
    .close_object();
}

void write_level(json_writer& out, const book_level* x) {
  if (!x) {
    out.null();
    return;
  }
  out.open_object()
    .member("px", x->level_price)
    .member("sz", x->size)
    .member("n", x->orders)
    .close_object();
}

std::string refusal_json(std::string_view text) {
  json_writer out;
  out.open_object()
    .member("status", "err")
    .member("response", text)
    .close_object();
  return out.take();
}

std::string exchange_reply_json(const action_reply& x) {
  if (x.body.kind == reply_kind::refused)
    return refusal_json(x.body.text);
  json_writer out;
  out.open_object().member("status", "ok").key("response").open_object();
  out.member("type", to_string(x.type));
  if (x.body.kind == reply_kind::statuses) {
    out.key("data").open_object();
    if (x.type == response_type::twap_order
        || x.type == response_type::twap_cancel) {
      out.key("status");
      write_twap_status(out, x);
    } else {
      out.key("statuses").open_array();
      for (const auto& element : x.body.elements)
        write_element(out, element);
      out.close_array();
    }
    out.close_object();
  }
  out.close_object().close_object();
  return out.take();
}

} // namespace hlx::venue
