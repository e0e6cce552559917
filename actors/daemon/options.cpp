// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/options.hpp"

#include "hlx/messages/wire/json_text.hpp"

#include <algorithm>

namespace hlx::daemon {

namespace {

constexpr std::int64_t dead_man_switch_max_ms = 86'400'000;
constexpr std::int64_t processor_max = CPU_SETSIZE - 1;

wire::decode_error refused(std::string text) {
  return {wire::decode_error::reason::shape, std::move(text)};
}

/// Reads options one by one and keeps the first complaint.
class option_checker {
public:
  [[nodiscard]] const std::string& complaint() const { return complaint_; }

  void complain(std::string_view key, std::string_view what) {
    if (complaint_.empty())
      complaint_.append(key).append(": ").append(what);
  }

  void complain(const std::string& what) {
    if (complaint_.empty())
      complaint_ = what;
  }

  template <class Decimal>
  void positive(std::string_view key, const std::string& text, Decimal& out) {
    Decimal value;
    const auto error = parse_decimal(text, value.raw);
    if (error == decimal_error::too_many_digits)
      complain(key,
               "at most 8 decimals are allowed, got " + wire::quoted(text));
    else if (error == decimal_error::none && value.raw > 0)
      out = value;
    else
      complain(key, wire::quoted(text)
                      + " is not a positive decimal like \"0.001\"");
  }

  template <class Integer>
  void in_range(std::string_view key, std::int64_t value, std::int64_t low,
                std::int64_t high, Integer& out) {
    if (value >= low && value <= high)
      out = static_cast<Integer>(value);
    else
      complain(key, std::to_string(value) + " is not between "
                      + std::to_string(low) + " and " + std::to_string(high));
  }

private:
  std::string complaint_;
};

void check_venue(option_checker& check, const raw_options& raw,
                 run_options& out) {
  out.net = raw.mainnet ? signing::network::mainnet : signing::network::testnet;
  const std::string url{!raw.url.empty()
                          ? std::string_view{raw.url}
                          : (raw.mainnet ? mainnet_url : testnet_url)};
  auto venue = parse_url(url);
  if (!venue)
    return check.complain("hlx.url", venue.error().text);
  const auto mainnet = parse_url(mainnet_url);
  const auto testnet = parse_url(testnet_url);
  if (!raw.mainnet && venue->host == mainnet->host)
    check.complain("hlx.url", "this is mainnet, which takes --mainnet");
  if (!venue->tls && !is_loopback(venue->host))
    check.complain("hlx.url", "without TLS only this machine is allowed");
  if (raw.mainnet && venue->host == testnet->host)
    check.complain("hlx.url", "this is testnet, but --mainnet is given");
  out.venue = std::move(*venue);
  out.venue.ca_file = raw.ca_file;
}

void check_key(option_checker& check, const raw_options& raw,
               run_options& out) {
  if (raw.key_file.empty() == raw.key_environment.empty())
    check.complain("hlx.key_file", "give either key_file or key_environment");
  out.key_file = raw.key_file;
  out.key_environment = raw.key_environment;
  if (raw.account.empty())
    return;
  out.account = parse_bytes<address>(raw.account);
  if (!out.account)
    check.complain("hlx.account",
                   wire::quoted(raw.account) + " is not 0x and 40 hex digits");
}

void check_submit(option_checker& check, const raw_options& raw,
                  run_options& out) {
  if (raw.submit == "websocket")
    out.path = submit_path::websocket;
  else if (raw.submit != "http")
    check.complain("hlx.submit", wire::quoted(raw.submit)
                                   + R"( is not "http" or "websocket")");
}

void check_orders(option_checker& check, const raw_options& raw,
                  run_options& out) {
  if (raw.dead_man_switch_ms != 0)
    check.in_range("hlx.dead_man_switch_ms", raw.dead_man_switch_ms,
                   dead_man_switch_min_ms, dead_man_switch_max_ms,
                   out.dead_man_switch_ms);
  if (raw.builder.empty()) {
    if (raw.builder_fee != 0)
      check.complain("hlx.builder_fee", "needs a builder");
    return;
  }
  hlx::builder_fee terms;
  if (const auto builder = parse_bytes<address>(raw.builder))
    terms.builder = *builder;
  else
    check.complain("hlx.builder",
                   wire::quoted(raw.builder) + " is not 0x and 40 hex digits");
  check.in_range("hlx.builder_fee", raw.builder_fee, 0,
                 static_cast<std::int64_t>(builder_fee_max), terms.fee);
  out.builder = terms;
}

/// How long a link may be silent, at most.
constexpr std::int64_t node_silence_max_ms = 600'000;

/// Names between commas.
std::vector<strategy_id> read_names(std::string_view text) {
  std::vector<strategy_id> result;
  while (!text.empty()) {
    const auto comma = text.find(',');
    auto name = text.substr(0, comma);
    while (name.starts_with(' '))
      name.remove_prefix(1);
    while (name.ends_with(' '))
      name.remove_suffix(1);
    result.push_back({std::string{name}});
    text = comma == std::string_view::npos ? std::string_view{}
                                           : text.substr(comma + 1);
  }
  return result;
}

void check_node(option_checker& check, const raw_options& raw,
                run_options& out) {
  auto& security = out.node.security;
  security = {.certificate_file = raw.certificate_file,
              .key_file = raw.node_key_file,
              .ca_file = raw.node_ca_file,
              .plaintext = raw.plaintext};
  if (raw.listen.empty()) {
    if (!security.certificate_file.empty() || !security.key_file.empty()
        || !security.ca_file.empty() || security.plaintext
        || !raw.strategies.empty()
        || raw.heartbeat_ms != node_options{}.heartbeat_ms
        || raw.give_up_ms != node_options{}.give_up_ms)
      check.complain("node.listen", "missing, though other keys of [node] are "
                                    "given");
    return;
  }
  auto listen = parse_node_address(raw.listen);
  if (!listen)
    return check.complain("node.listen", listen.error().text);
  if (const auto what = objection_to(security, listen->host); !what.empty())
    return check.complain("node." + what);
  check.in_range("node.heartbeat_ms", raw.heartbeat_ms, 0, node_silence_max_ms,
                 out.node.heartbeat_ms);
  check.in_range("node.give_up_ms", raw.give_up_ms, 0, node_silence_max_ms,
                 out.node.give_up_ms);
  out.listen = std::move(*listen);
  out.strategies = read_names(raw.strategies);
  for (const auto& x : out.strategies)
    if (x.value.empty())
      check.complain("node.strategies", "an empty name between commas");
    else if (x.value.size() > strategy_name_max)
      check.complain("node.strategies", "a name is longer than "
                                          + std::to_string(strategy_name_max)
                                          + " bytes");
    else if (x == out.quoter.strategy)
      check.complain("node.strategies",
                     "strategy " + x.value + " is this program's own");
}

void check_threads(option_checker& check, const raw_options& raw,
                   run_options& out) {
  const auto read = [&](std::string_view key, std::int64_t value,
                        std::optional<unsigned>& processor) {
    if (value != -1)
      check.in_range(key, value, -1, processor_max, processor.emplace());
  };
  auto& threads = out.threads;
  read("threads.client", raw.client_processor, threads.client);
  read("threads.reader", raw.reader_processor, threads.reader);
  read("threads.submitter", raw.submitter_processor, threads.submitter);
  if (!check.complaint().empty())
    return;
  if (const auto what = objection_to(threads); !what.empty())
    check.complain("threads", what);
}

void check_quoter(option_checker& check, const raw_options& raw,
                  run_options& out) {
  auto& quoter = out.quoter;
  out.quotes = !raw.quoter_off;
  if (raw.quoter_off && !out.listen)
    check.complain("quoter.off", "nobody would trade: there is no node.listen");
  if (raw.quoter_off)
    return;
  quoter.instrument = raw.instrument;
  if (raw.instrument.empty()
      || raw.instrument.find_first_of("/@#") != std::string::npos)
    check.complain("quoter.instrument",
                   wire::quoted(raw.instrument)
                     + " is not the name of a perpetual like \"BTC\"");
  check.positive("quoter.quote_size", raw.quote_size, quoter.quote_size);
  check.positive("quoter.position_max", raw.position_max, quoter.position_max);
  check.positive("quoter.loss_max", raw.loss_max, quoter.loss_max);
  if (quoter.position_max < quoter.quote_size)
    check.complain("quoter.position_max", "is below quote_size: nothing could "
                                          "ever be quoted");
  check.in_range("quoter.spread_bps", raw.spread_bps, 1, 1000,
                 quoter.spread_bps);
  check.in_range("quoter.requote_bps", raw.requote_bps, 2, 1000,
                 quoter.requote_bps);
  check.in_range("quoter.refresh_ms", raw.refresh_ms, 200, 60'000,
                 out.refresh_ms);
}

} // namespace

const std::vector<option_key>& option_keys() {
  using enum option_kind;
  static const std::vector<option_key> result{
    {"hlx", "url", text},
    {"hlx", "ca_file", text},
    {"hlx", "key_file", text},
    {"hlx", "key_environment", text},
    {"hlx", "account", text},
    {"hlx", "submit", text},
    {"hlx", "dead_man_switch_ms", integer},
    {"hlx", "builder", text},
    {"hlx", "builder_fee", integer},
    {"node", "listen", text},
    {"node", "certificate_file", text},
    {"node", "key_file", text},
    {"node", "ca_file", text},
    {"node", "plaintext", boolean},
    {"node", "strategies", text},
    {"node", "heartbeat_ms", integer},
    {"node", "give_up_ms", integer},
    {"threads", "client", integer},
    {"threads", "reader", integer},
    {"threads", "submitter", integer},
    {"quoter", "off", boolean},
    {"quoter", "instrument", text},
    {"quoter", "quote_size", text},
    {"quoter", "position_max", text},
    {"quoter", "loss_max", text},
    {"quoter", "spread_bps", integer},
    {"quoter", "requote_bps", integer},
    {"quoter", "refresh_ms", integer},
  };
  return result;
}

wire::decode_result<run_options> validate(const raw_options& raw) {
  option_checker check;
  run_options result;
  check_venue(check, raw, result);
  check_key(check, raw, result);
  check_submit(check, raw, result);
  check_orders(check, raw, result);
  check_node(check, raw, result);
  check_threads(check, raw, result);
  check_quoter(check, raw, result);
  if (!check.complaint().empty())
    return refused(check.complaint());
  return result;
}

std::string to_text(const run_options& x) {
  std::string result = "network ";
  result += x.net == signing::network::mainnet ? "mainnet" : "testnet";
  result.append("\nvenue ").append(to_string(x.venue));
  if (!x.venue.ca_file.empty())
    result.append("\nca_file ").append(x.venue.ca_file);
  if (x.account)
    result.append("\naccount ").append(to_string(*x.account));
  result.append("\nsubmit ")
    .append(x.path == submit_path::websocket ? "websocket" : "http");
  if (x.dead_man_switch_ms != 0)
    result.append("\ndead_man_switch_ms ")
      .append(std::to_string(x.dead_man_switch_ms));
  if (const auto& builder = x.builder)
    result.append("\nbuilder ")
      .append(to_string(builder->builder))
      .append("\nbuilder_fee ")
      .append(std::to_string(builder->fee));
  if (x.listen)
    result.append("\nlisten ")
      .append(to_string(*x.listen))
      .append(x.node.security.plaintext ? " in plaintext" : " by mutual TLS");
  for (const auto& [name, number] : named(x.threads))
    if (number)
      result.append("\nthread ")
        .append(name)
        .append(" on processor ")
        .append(std::to_string(*number));
  if (!x.quotes)
    return result + "\nquoter off\n";
  const auto& quoter = x.quoter;
  result.append("\ninstrument ").append(quoter.instrument);
  result.append("\nquote_size ").append(to_string(quoter.quote_size));
  result.append("\nposition_max ").append(to_string(quoter.position_max));
  result.append("\nloss_max ").append(to_string(quoter.loss_max));
  result.append("\nspread_bps ").append(std::to_string(quoter.spread_bps));
  result.append("\nrequote_bps ").append(std::to_string(quoter.requote_bps));
  result.append("\nrefresh_ms ").append(std::to_string(x.refresh_ms));
  result += '\n';
  return result;
}

} // namespace hlx::daemon
