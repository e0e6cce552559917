// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_script.hpp"

#include "hlx/messages/signing/secret_key.hpp"
#include "hlx/messages/wire/json.hpp"
#include "tests/simulate/line_kinds.hpp"
#include "tests/simulate/script_fields.hpp"
#include "tests/simulate/script_names.hpp"

#include <array>
#include <utility>

namespace hlx::simulate {

namespace {

constexpr std::int64_t request_number_max = 1'000'000'000;
constexpr std::int64_t window_max = 10'000'000;
constexpr std::int64_t timeout_ms_max = 600'000;
constexpr std::int64_t dead_man_switch_max_ms = 86'400'000;

constexpr std::string_view account_default =
  "0x14791697260e4c9a71f18484c9f997b308e59325";
constexpr std::string_view private_key_default =
  "0x0123456789012345678901234567890123456789012345678901234567890123";

/// Queries that the venue answers (`orderStatus` beside them).
constexpr std::array<std::string_view, 31> info_types{
  "activeAssetData",
  "allMids",
  "allPerpMetas",
  "clearinghouseState",
  "exchangeStatus",
  "extraAgents",
  "frontendOpenOrders",
  "historicalOrders",
  "l2Book",
  "maxBuilderFee",
  "meta",
  "metaAndAssetCtxs",
  "openOrders",
  "outcomeMeta",
  "perpDexs",
  "recentTrades",
  "spotClearinghouseState",
  "spotMeta",
  "spotMetaAndAssetCtxs",
  "subAccounts",
  "twapHistory",
  "userAbstraction",
  "userFees",
  "userFills",
  "userFillsByTime",
  "userFunding",
  "userRateLimit",
  "userRole",
  "userTwapSliceFills",
  "userTwapSliceFillsByTime",
  "vaultDetails",
};

template <class Bytes>
void read_bytes(field_reader& fields, std::string_view name, Bytes& out) {
  if (fields.find(name) == nullptr)
    return;
  const auto allowed =
    "0x and " + std::to_string(2 * sizeof(Bytes)) + " hex digits";
  const auto text = fields.word_text(name, allowed);
  const auto value = parse_bytes<Bytes>(text);
  if (!value)
    fields.fail(name,
                in_quotes(text) + " is not allowed (allowed: " + allowed + ")");
  out = *value;
}

std::optional<unseen_leg_fill_policy> parse_policy(std::string_view text) {
  if (text == "promote")
    return unseen_leg_fill_policy::promote;
  if (text == "buffer")
    return unseen_leg_fill_policy::buffer;
  return std::nullopt;
}

std::optional<request_failure> parse_failure(std::string_view text) {
  if (text == "timeout")
    return request_failure::timeout;
  if (text == "closed_after_send")
    return request_failure::closed_after_send;
  if (text == "not_sent")
    return request_failure::not_sent;
  return std::nullopt;
}

std::optional<bool> parse_connected(std::string_view text) {
  if (text == "connected")
    return true;
  if (text == "disconnected")
    return false;
  return std::nullopt;
}

builder_fee read_builder(const wire::json& value) {
  builder_fee result;
  field_reader fields{value, "config.builder."};
  fields.need("address");
  read_bytes(fields, "address", result.builder);
  result.fee = static_cast<std::uint64_t>(
    fields.integer("fee", 0, static_cast<std::int64_t>(builder_fee_max)));
  fields.finish();
  return result;
}

script_config read_config(const wire::json& value) {
  script_config result;
  auto& dispatch = result.dispatch;
  field_reader fields{value, "config."};
  read_bytes(fields, "account", result.account);
  read_bytes(fields, "private_key", result.private_key);
  const auto key = signing::secret_key::from_hex(to_string(result.private_key));
  if (!key)
    fields.fail("private_key", key.error().text);
  if (fields.find("unseen_leg_fill") != nullptr)
    dispatch.unseen_leg_fill =
      fields.word("unseen_leg_fill", parse_policy, "promote, buffer");
  dispatch.action_timeout_ms = fields.integer_or(
    "action_timeout_ms", dispatch.action_timeout_ms, 1, timeout_ms_max);
  dispatch.round_prices =
    fields.boolean_or("price_rounding", dispatch.round_prices);
  if (fields.find("market_slippage") != nullptr) {
    const auto slippage = fields.decimal<amount>("market_slippage");
    if (slippage.raw < 0 || slippage.raw >= decimal_scale)
      fields.fail("market_slippage",
                  in_quotes(to_string(slippage))
                    + " is not allowed (allowed: from 0, below 1)");
    dispatch.market_slippage = slippage;
  }
  const auto window = [&fields](std::string_view name, std::size_t otherwise) {
    return static_cast<std::size_t>(fields.integer_or(
      name, static_cast<std::int64_t>(otherwise), 1, window_max));
  };
  dispatch.trade_window = window("trade_window", dispatch.trade_window);
  dispatch.ended_orders = window("ended_orders", dispatch.ended_orders);
  dispatch.dead_man_switch_ms = fields.integer_or(
    "dead_man_switch_ms", 0, dead_man_switch_min_ms, dead_man_switch_max_ms);
  if (const auto* builder = fields.find("builder"))
    dispatch.builder = read_builder(*builder);
  result.recorded = fields.boolean_or("recorded", result.recorded);
  dispatch.budget.enabled = fields.boolean_or("limits", false);
  fields.finish();
  return result;
}

order_terms read_order(const wire::json& value, std::string path) {
  field_reader fields{value, std::move(path)};
  order_terms result;
  result.client_order_id.value = fields.text("client_order_id");
  result.instrument = fields.text("instrument");
  result.side = fields.word("side", parse_order_side, "buy, sell");
  result.type = fields.word("type", parse_order_type,
                            "market, limit, stop_market, stop_limit, "
                            "market_if_touched, limit_if_touched");
  result.quantity = fields.decimal<quantity>("quantity");
  result.price = fields.decimal_or_none<price>("price");
  if (fields.find("time_in_force") != nullptr)
    result.time_in_force =
      fields.word("time_in_force", parse_time_in_force, "gtc, ioc, alo, gtd");
  result.post_only = fields.boolean_or("post_only", false);
  result.reduce_only = fields.boolean_or("reduce_only", false);
  result.trigger_price = fields.decimal_or_none<price>("trigger_price");
  if (fields.find_value("expire_at") != nullptr)
    result.expire_at_ms = fields.integer("expire_at", 0, script_at_ms_max);
  fields.finish();
  return result;
}

/// A strategy's name; the order's own strategy when it may be absent and is.
strategy_id read_strategy(field_reader& fields, bool may_be_absent) {
  if (may_be_absent && fields.find_value("strategy") == nullptr)
    return {};
  strategy_id result{fields.text("strategy")};
  if (result.value.empty())
    fields.fail("strategy", "must not be empty");
  return result;
}

submit_list read_submit_list(field_reader& fields) {
  submit_list result;
  result.strategy = read_strategy(fields, false);
  const auto& orders = fields.need("orders");
  if (orders.kind() != wire::json_kind::array || orders.items().empty())
    fields.fail("orders", "must be an array of at least one order");
  for (std::size_t i = 0; i < orders.items().size(); ++i)
    result.orders.push_back(
      read_order(orders.items()[i], "orders[" + std::to_string(i) + "]."));
  if (fields.find("grouping") != nullptr)
    result.grouping = fields.word("grouping", parse_order_grouping,
                                  "na, normalTpsl, positionTpsl");
  return result;
}

std::vector<client_order_id> read_ids(field_reader& fields) {
  constexpr auto name = "client_order_ids";
  constexpr auto allowed = "must be an array of at least one text";
  const auto& ids = fields.need(name);
  if (ids.kind() != wire::json_kind::array || ids.items().empty())
    fields.fail(name, allowed);
  std::vector<client_order_id> result;
  for (const auto& id : ids.items()) {
    if (id.kind() != wire::json_kind::string)
      fields.fail(name, allowed);
    result.push_back({id.text()});
  }
  return result;
}

script_command read_command(field_reader& fields) {
  const auto word = fields.text("command");
  if (word == "submit") {
    const auto strategy = read_strategy(fields, false);
    return submit_order{strategy, read_order(fields.need("order"), "order.")};
  }
  if (word == "submit_list")
    return read_submit_list(fields);
  if (word == "cancel_all") {
    auto instrument = fields.text_or_none("instrument");
    return cancel_all{read_strategy(fields, instrument.has_value()),
                      std::move(instrument)};
  }
  const auto strategy = read_strategy(fields, true);
  if (word == "modify") {
    const client_order_id id{fields.text("client_order_id")};
    const auto total = fields.decimal_or_none<quantity>("quantity");
    return modify_order{strategy, id, total,
                        fields.decimal_or_none<price>("price")};
  }
  if (word == "cancel")
    return cancel_order{strategy, {fields.text("client_order_id")}};
  if (word == "cancel_list")
    return cancel_orders{strategy, read_ids(fields)};
  if (word == "query")
    return query_order{strategy, {fields.text("client_order_id")}};
  fields.fail("command",
              in_quotes(word)
                + " is unknown (allowed: submit, submit_list, modify, cancel, "
                  "cancel_list, cancel_all, query)");
}

/// Reads lines with the names of one run: its account.
class line_reader {
public:
  explicit line_reader(const script_config& config) : names_{config.account} {}

  void read(std::string_view kind, field_reader& fields,
            std::vector<script_step>& out) const {
    if (kind == "command")
      out.emplace_back(read_command(fields));
    else if (kind == "reply")
      read_reply(fields, out);
    else if (kind == "frame")
      out.emplace_back(frame_step{content(fields, kind)});
    else if (kind == "info")
      out.emplace_back(read_info(fields.need(kind)));
    else if (kind == "stream")
      read_stream(fields, out);
    else if (kind == "answer")
      read_answer(fields, out);
    else if (kind == "advance")
      read_advance(fields, out);
    else
      read_meta(fields, out);
  }

private:
  /// An object as JSON text, a string as the raw text itself.
  std::string content(field_reader& fields, std::string_view name) const {
    const auto& value = fields.need(name);
    if (value.kind() == wire::json_kind::object)
      return names_.expand(value);
    if (value.kind() == wire::json_kind::string)
      return names_.expand(value.text());
    fields.fail(name, "must be an object, or a string with the raw text");
  }

  void read_reply(field_reader& fields, std::vector<script_step>& out) const {
    const auto request = static_cast<std::uint64_t>(
      fields.integer("reply", 1, request_number_max));
    if (fields.find("failure") != nullptr) {
      out.emplace_back(
        failure_step{request,
                     fields.word("failure", parse_failure,
                                 "timeout, closed_after_send, "
                                 "not_sent"),
                     fields.text_or_none("reason").value_or("")});
      return;
    }
    const auto status = read_status(fields);
    out.emplace_back(reply_step{request, status, read_body(fields)});
  }

  static unsigned read_status(field_reader& fields) {
    return static_cast<unsigned>(fields.integer("status", 100, 599));
  }

  std::string read_body(field_reader& fields) const {
    const auto& body = fields.need("body");
    return body.kind() == wire::json_kind::string ? names_.expand(body.text())
                                                  : names_.expand(body);
  }

  void read_answer(field_reader& fields, std::vector<script_step>& out) const {
    answer_step result;
    result.query = static_cast<std::uint64_t>(
      fields.integer("answer", 1, request_number_max));
    if (fields.find("failure") != nullptr) {
      result.failure = fields.text("failure");
      if (result.failure.empty())
        fields.fail("failure", "must not be empty");
    } else {
      result.status = read_status(fields);
      result.body = read_body(fields);
    }
    out.emplace_back(std::move(result));
  }

  static void read_stream(field_reader& fields, std::vector<script_step>& out) {
    const bool connected =
      fields.word("stream", parse_connected, "connected, disconnected");
    out.emplace_back(
      stream_step{connected, fields.text_or_none("reason").value_or("")});
  }

  static void read_advance(field_reader& fields,
                           std::vector<script_step>& out) {
    if (!fields.boolean_or("advance", false))
      fields.fail("advance", "must be true");
    out.emplace_back(advance_step{});
  }

  void read_meta(field_reader& fields, std::vector<script_step>& out) const {
    for (const auto& [name, kind] : listing_lines) {
      const auto* value = fields.find(name);
      if (value == nullptr)
        continue;
      if (value->kind() != wire::json_kind::object)
        fields.fail(name, "must be an object");
      out.emplace_back(meta_step{kind, value->dump()});
    }
  }

  info_step read_info(const wire::json& value) const {
    info_step result;
    field_reader fields{value, "info."};
    for (const auto& type : info_types)
      if (const auto* answer = fields.find(type))
        result.answers.emplace(type, names_.expand(*answer));
    if (const auto* answer = fields.find("orderStatus"))
      result.order_status = read_order_status(fields, *answer);
    fields.finish();
    return result;
  }

  order_status_table read_order_status(const field_reader& fields,
                                       const wire::json& value) const {
    order_status_table result;
    if (value.kind() != wire::json_kind::object)
      fields.fail("orderStatus", "must be an object keyed by oid or cloid");
    if (value.find("status") != nullptr) {
      result.every = names_.expand(value);
      return result;
    }
    for (const auto& [name, answer] : value.members()) {
      const auto key = names_.expand(name);
      const auto id = names_.order_status_key(key);
      if (!id)
        fields.fail("orderStatus",
                    in_quotes(key)
                      + " is no key (allowed: an oid's decimal digits, a "
                        "cloid's 0x and 32 hex digits, $cloid(ID), or one "
                        "answer with a status for every id)");
      if (!result.by_id.emplace(*id, names_.expand(answer)).second)
        fields.fail("orderStatus", in_quotes(key) + " stands twice");
    }
    return result;
  }

  script_names names_;
};

class script_reader {
public:
  parsed_script read(std::string_view text) {
    std::size_t number = 0;
    while (!text.empty()) {
      const auto end = text.find('\n');
      const auto line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      ++number;
      const auto first = line.find_first_not_of(" \t\r");
      if (first == std::string_view::npos || line[first] == '#')
        continue;
      try {
        read_line(line, number);
      } catch (const bad_field& error) {
        note(number, error.what());
      }
      is_first_ = false;
    }
    return std::move(result_);
  }

private:
  void note(std::size_t number, std::string text) {
    if (result_.error_count++ < script_errors_max)
      result_.errors.push_back({number, std::move(text)});
  }

  void read_line(std::string_view line, std::size_t number) {
    if (line.size() > script_line_bytes_max)
      throw bad_field{"the line has " + std::to_string(line.size())
                      + " bytes (allowed: at most "
                      + std::to_string(script_line_bytes_max) + ")"};
    if (line.find('\0') != std::string_view::npos)
      throw bad_field{"the line has a zero byte"};
    const auto parsed = wire::parse_json(line);
    if (!parsed.value)
      throw bad_field{parsed.error};
    const auto& value = *parsed.value;
    field_reader fields{value, ""};
    const auto at_ms = fields.integer("at", 0, script_at_ms_max);
    const auto kind = kind_of_line(value);
    if (at_ms < at_ms_)
      fields.fail("at", std::to_string(at_ms)
                          + " is earlier than the line before it, at "
                          + std::to_string(at_ms_));
    at_ms_ = at_ms;
    if (kind == "config") {
      if (!is_first_)
        throw bad_field{"config stands on the first line only"};
      result_.value.config = read_config(fields.need(kind));
      fields.finish();
      return;
    }
    std::vector<script_step> steps;
    line_reader{result_.value.config}.read(kind, fields, steps);
    fields.finish();
    for (auto& step : steps)
      result_.value.lines.push_back({number, at_ms, std::move(step)});
  }

  parsed_script result_;
  std::int64_t at_ms_ = 0;
  bool is_first_ = true;
};

} // namespace

script_config::script_config()
  : account(*parse_bytes<address>(account_default)),
    private_key(*parse_bytes<bytes32>(private_key_default)) {
}

parsed_script parse_script(std::string_view text) {
  return script_reader{}.read(text);
}

} // namespace hlx::simulate
