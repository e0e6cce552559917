// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/strategy_memory.hpp"

#include "hlx/messages/wire/json.hpp"
#include "tests/simulate/atomic_file.hpp"
#include "tests/venue/api/json_writer.hpp"

#include <optional>
#include <stdexcept>
#include <utility>

namespace hlx::simulate {

namespace {

using wire::json;

constexpr std::uint64_t version = 1;

/// Thrown between the functions of this file only.
struct bad_memory {
  std::string text;
};

const json& member(const json& from, const char* name) {
  const auto* found = from.find(name);
  if (!found)
    throw bad_memory{std::string{name} + ": missing"};
  return *found;
}

std::uint64_t number(const json& from, const char* name) {
  const auto result = member(from, name).as_u64();
  if (!result)
    throw bad_memory{std::string{name} + ": expected a whole number"};
  return *result;
}

const std::string& text(const json& from, const char* name) {
  const auto& found = member(from, name);
  if (!found.is_string())
    throw bad_memory{std::string{name} + ": expected a string"};
  return found.text();
}

template <class Decimal>
Decimal decimal(const json& from, const char* name) {
  const auto result = parse<Decimal>(text(from, name));
  if (!result)
    throw bad_memory{std::string{name} + ": expected a decimal"};
  return *result;
}

const std::vector<json>& items(const json& from, const char* name) {
  const auto& found = member(from, name);
  if (!found.is_array())
    throw bad_memory{std::string{name} + ": expected an array"};
  return found.items();
}

const char* name_of(order_stage x) {
  switch (x) {
    case order_stage::submitted:
      return "submitted";
    case order_stage::accepted:
      return "accepted";
    case order_stage::ended:
      return "ended";
  }
  return "";
}

order_stage stage_of(const json& from) {
  const auto& word = text(from, "at");
  for (const auto x :
       {order_stage::submitted, order_stage::accepted, order_stage::ended})
    if (word == name_of(x))
      return x;
  throw bad_memory{"at: expected submitted, accepted or ended"};
}

void write_order(venue::json_writer& out, const client_order_id& id,
                 const ledger_order& x) {
  out.open_object()
    .member("client_order_id", std::string_view{id.value})
    .member("at", name_of(x.at))
    .member("side", to_string(x.side))
    .member("quantity", to_string(x.quantity))
    .member("filled", to_string(x.filled));
  if (x.price)
    out.member("price", to_string(*x.price));
  out.member("opened_as", x.opened_as).close_object();
}

std::pair<client_order_id, ledger_order> read_order(const json& from) {
  const auto side = parse_order_side(text(from, "side"));
  if (!side)
    throw bad_memory{"side: expected buy or sell"};
  ledger_order order{.at = stage_of(from),
                     .side = *side,
                     .quantity = decimal<quantity>(from, "quantity"),
                     .filled = decimal<quantity>(from, "filled"),
                     .price = std::nullopt,
                     .opened_as = number(from, "opened_as")};
  if (from.find("price"))
    order.price = decimal<price>(from, "price");
  return {client_order_id{text(from, "client_order_id")}, order};
}

std::pair<trade_id, venue_order_id> read_trade(const json& from) {
  const auto& pair = from.items();
  const auto trade = pair.size() == 2 ? pair[0].as_u64() : std::nullopt;
  const auto order = pair.size() == 2 ? pair[1].as_u64() : std::nullopt;
  if (!trade || !order)
    throw bad_memory{"expected two whole numbers"};
  return {{*trade}, {*order}};
}

/// Calls `read` with each item; an error names the item.
template <class Read>
void read_items(const json& from, const char* name, Read read) {
  const auto& all = items(from, name);
  for (std::size_t i = 0; i < all.size(); ++i) {
    try {
      read(all[i]);
    } catch (const bad_memory& e) {
      throw bad_memory{std::string{name} + "[" + std::to_string(i)
                       + "]: " + e.text};
    }
  }
}

strategy_memory read_memory(const json& from) {
  if (const auto found = number(from, "version"); found != version)
    throw bad_memory{"version: expected " + std::to_string(version) + ", not "
                     + std::to_string(found)};
  strategy_memory result{.strategy = {text(from, "strategy")},
                         .life = number(from, "life"),
                         .ledger = {}};
  auto& ledger = result.ledger;
  ledger.last_sequence = number(from, "last_handled");
  ledger.accepted = number(from, "accepted");
  ledger.filled = decimal<quantity>(from, "filled");
  ledger.position = decimal<amount>(from, "position");
  read_items(from, "orders", [&](const json& x) {
    if (!ledger.orders.insert(read_order(x)).second)
      throw bad_memory{"client_order_id: there twice"};
  });
  read_items(from, "trades",
             [&](const json& x) { ledger.trades.insert(read_trade(x)); });
  read_items(from, "violations",
             [&](const json& x) { ledger.violations.push_back(x.text()); });
  return result;
}

} // namespace

std::string encode_memory(const strategy_memory& memory) {
  const auto& ledger = memory.ledger;
  venue::json_writer out;
  out.open_object()
    .member("version", version)
    .member("strategy", std::string_view{memory.strategy.value})
    .member("life", memory.life)
    .member("last_handled", ledger.last_sequence)
    .member("accepted", ledger.accepted)
    .member("filled", to_string(ledger.filled))
    .member("position", to_string(ledger.position));
  out.key("orders").open_array();
  for (const auto& [id, order] : ledger.orders)
    write_order(out, id, order);
  out.close_array().key("trades").open_array();
  for (const auto& [trade, order] : ledger.trades)
    out.open_array().value(trade.value).value(order.value).close_array();
  out.close_array().key("violations").open_array();
  for (const auto& x : ledger.violations)
    out.value(std::string_view{x});
  return out.close_array().close_object().take();
}

wire::decode_result<strategy_memory> decode_memory(std::string_view text) {
  const auto parsed = wire::parse_json(text);
  if (!parsed.value)
    return wire::decode_error{wire::decode_error::reason::syntax, parsed.error};
  try {
    return read_memory(*parsed.value);
  } catch (const bad_memory& e) {
    return wire::decode_error{wire::decode_error::reason::shape, e.text};
  }
}

std::filesystem::path memory_file(const std::filesystem::path& folder,
                                  const strategy_id& strategy) {
  return folder / (to_string(strategy) + ".json");
}

strategy_memory load_memory(const std::filesystem::path& file,
                            const strategy_id& strategy) {
  const auto text = read_file(file);
  if (!text)
    return {.strategy = strategy, .life = 0, .ledger = {}};
  auto result = decode_memory(*text);
  if (!result)
    throw std::runtime_error("the memory of strategy " + to_string(strategy)
                             + ", " + file.string()
                             + ", cannot be read: " + result.error().text);
  if (result->strategy != strategy)
    throw std::runtime_error(file.string() + " is the memory of strategy "
                             + to_string(result->strategy) + ", not of "
                             + to_string(strategy));
  return std::move(*result);
}

void save_memory(const std::filesystem::path& file,
                 const strategy_memory& memory) {
  write_file(file, encode_memory(memory));
}

} // namespace hlx::simulate
