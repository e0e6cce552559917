// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_report.hpp"

#include "hlx/messages/wire/encode_event.hpp"
#include "tests/venue/api/json_writer.hpp"

#include <fmt/format.h>

#include <variant>

namespace hlx::simulate {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

// "14:03:07.250", UTC.
std::string time_of_day(std::int64_t unix_ms) {
  const auto ms = unix_ms % day_ms;
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000,
                     ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

std::string at_price(const std::optional<price>& x) {
  return x ? " @ " + to_string(*x) : std::string{};
}

// What an event says beside its name and order.
struct details {
  std::string operator()(const order_submitted& x) const {
    return fmt::format("{} {} {} {}{}", to_string(x.type), to_string(x.side),
                       to_string(x.quantity), x.instrument, at_price(x.price));
  }
  std::string operator()(const order_accepted& x) const {
    return fmt::format("oid {} {}{}", x.venue_order_id.value,
                       to_string(x.quantity), at_price(x.price));
  }
  std::string operator()(const order_updated& x) const {
    return fmt::format("oid {} {}{}", x.venue_order_id.value,
                       to_string(x.quantity), at_price(x.price));
  }
  std::string operator()(const order_triggered& x) const {
    return fmt::format("oid {}", x.venue_order_id.value);
  }
  std::string operator()(const order_filled& x) const {
    return fmt::format("{} {}{} {} ({} of {}) fee {}", to_string(x.side),
                       to_string(x.last_quantity), at_price(x.last_price),
                       to_string(x.liquidity), to_string(x.cum_quantity),
                       to_string(x.quantity), to_string(x.commission));
  }
  std::string operator()(const order_canceled& x) const {
    return fmt::format("filled {}: {}", to_string(x.cum_quantity), x.reason);
  }
  std::string operator()(const order_expired& x) const {
    return fmt::format("filled {}", to_string(x.cum_quantity));
  }
  template <class Refusal>
  std::string operator()(const Refusal& x) const {
    return x.reason;
  }
};

void write_sum(venue::json_writer& out, const ledger_sum& x) {
  out.member("orders", x.orders)
    .member("filled", to_string(x.filled))
    .member("open_orders", x.open_orders)
    .member("position", to_string(x.position));
}

std::string row(const std::string& name, const char* source,
                const ledger_sum& x) {
  return fmt::format("  {:<10} {:<7} {:>7} {:>12} {:>5} {:>12}\n", name, source,
                     x.orders, to_string(x.filled), x.open_orders,
                     to_string(x.position));
}

} // namespace

std::string event_text(const order_event& event) {
  const auto& header = header_of(event);
  return fmt::format("{} {:<8} {:<22} {:<16} {}",
                     time_of_day(header.client_time_ms), header.strategy.value,
                     name_of(event), header.client_order_id.value,
                     std::visit(details{}, event));
}

std::string event_json(const order_event& event) {
  std::string result;
  wire::append_event(result, header_of(event).client_time_ms, event);
  return result;
}

std::string ledgers_json(const std::vector<ledger_comparison>& ledgers,
                         bool equal) {
  venue::json_writer out;
  out.open_object().key("ledgers").open_array();
  for (const auto& x : ledgers) {
    out.open_object().member("strategy", x.strategy);
    write_sum(out, x.own);
    out.key("venue").open_object();
    write_sum(out, x.venue);
    out.close_object().close_object();
  }
  return out.close_array().member("equal", equal).close_object().take();
}

std::string ledgers_text(const std::vector<ledger_comparison>& ledgers,
                         bool equal) {
  auto result =
    fmt::format("  {:<10} {:<7} {:>7} {:>12} {:>5} {:>12}\n", "strategy", "",
                "orders", "filled", "open", "position");
  for (const auto& x : ledgers) {
    result += row(x.strategy, "ledger", x.own);
    result += row("", "venue", x.venue);
  }
  result += equal ? "The ledgers equal the venue's books."
                  : "The ledgers DIFFER from the venue's books.";
  return result;
}

} // namespace hlx::simulate
