// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/encode_event.hpp"

#include "hlx/messages/wire/encode_action.hpp"
#include "hlx/messages/wire/encode_query.hpp"
#include "hlx/messages/wire/object_writer.hpp"

namespace hlx::wire {

namespace {

void append_oid(object_writer& line, venue_order_id oid) {
  if (oid.value != 0)
    line.number("venue_order_id", oid.value);
}

template <class Decimal>
void append_decimal(object_writer& line, std::string_view name,
                    const std::optional<Decimal>& value) {
  if (value)
    line.decimal(name, *value);
}

/// The venue's own digits where the number holds fewer, else the number.
template <class Decimal>
void append_decimal(object_writer& line, std::string_view name,
                    const venue_number<Decimal>& number) {
  std::string_view text = number.text;
  if (text.empty()) {
    line.decimal(name, number.value);
    return;
  }
  if (text.find('.') != std::string_view::npos) {
    text = text.substr(0, text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
      text.remove_suffix(1);
  }
  line.text(name, text);
}

/// Writes what is particular to each event.
struct event_writer {
  object_writer& line;

  void operator()(const order_submitted& x) const {
    line.decimal("quantity", x.quantity);
    append_decimal(line, "price", x.price);
    append_decimal(line, "trigger_price", x.trigger_price);
  }

  void operator()(const order_denied& x) const {
    line.text("reason", x.reason);
  }

  void operator()(const order_accepted& x) const {
    append_oid(line, x.venue_order_id);
    line.decimal("quantity", x.quantity);
    append_decimal(line, "price", x.price);
    append_decimal(line, "trigger_price", x.trigger_price);
  }

  void operator()(const order_rejected& x) const {
    line.text("reason", x.reason);
    if (x.due_post_only)
      line.truth("due_post_only", true);
  }

  void operator()(const order_triggered& x) const {
    append_oid(line, x.venue_order_id);
    append_decimal(line, "trigger_price", x.trigger_price);
  }

  void operator()(const order_updated& x) const {
    append_oid(line, x.venue_order_id);
    line.decimal("quantity", x.quantity);
    append_decimal(line, "price", x.price);
    append_decimal(line, "trigger_price", x.trigger_price);
  }

  void operator()(const order_filled& x) const {
    append_oid(line, x.venue_order_id);
    line.decimal("quantity", x.quantity)
      .decimal("last_quantity", x.last_quantity)
      .decimal("last_price", x.last_price)
      .decimal("cum_quantity", x.cum_quantity)
      .number("trade_id", x.trade_id.value)
      .text("liquidity", to_string(x.liquidity))
      .decimal("commission", x.commission);
    if (!x.commission_currency.empty())
      line.text("commission_currency", x.commission_currency);
  }

  void operator()(const order_canceled& x) const {
    append_oid(line, x.venue_order_id);
    line.decimal("cum_quantity", x.cum_quantity).text("reason", x.reason);
  }

  void operator()(const order_expired& x) const {
    append_oid(line, x.venue_order_id);
    line.decimal("cum_quantity", x.cum_quantity);
  }

  void operator()(const order_modify_rejected& x) const {
    append_decimal(line, "quantity", x.quantity);
    append_decimal(line, "price", x.price);
    line.text("reason", x.reason);
  }

  void operator()(const order_cancel_rejected& x) const {
    line.text("reason", x.reason);
  }
};

object_writer begin_line(std::string& out, std::int64_t at_ms) {
  object_writer line{out};
  line.number("at", at_ms);
  return line;
}

} // namespace

void append_event(std::string& out, std::int64_t at_ms,
                  const order_event& event) {
  const auto& header = header_of(event);
  auto line = begin_line(out, at_ms);
  line.text("event", name_of(event))
    .text("strategy", header.strategy.value)
    .text("client_order_id", header.client_order_id.value)
    .number("sequence", header.sequence);
  if (header.venue_time_ms)
    line.number("venue_time", *header.venue_time_ms);
  std::visit(event_writer{line}, event);
  line.close();
}

void append_report(std::string& out, std::int64_t at_ms,
                   const order_status_report& report) {
  auto line = begin_line(out, at_ms);
  line.text("report", "order_status")
    .text("instrument", report.instrument)
    .text("side", to_string(report.side));
  append_oid(line, report.oid);
  if (report.cloid)
    line.text("cloid", to_string(*report.cloid));
  append_decimal(line, "quantity", report.original_quantity);
  append_decimal(line, "remaining_quantity", report.remaining_quantity);
  append_decimal(line, "price", report.limit_price);
  line.text("status", report.status_word)
    .number("venue_time", report.status_ms)
    .close();
}

void append_report(std::string& out, std::int64_t at_ms,
                   const fill_report& report) {
  auto line = begin_line(out, at_ms);
  line.text("report", "fill")
    .text("instrument", report.instrument)
    .text("side", to_string(report.side));
  append_oid(line, report.oid);
  if (report.cloid)
    line.text("cloid", to_string(*report.cloid));
  append_decimal(line, "last_quantity", report.last_quantity);
  append_decimal(line, "last_price", report.last_price);
  line.number("trade_id", report.trade_id.value)
    .text("liquidity", to_string(report.liquidity));
  append_decimal(line, "commission", report.commission);
  if (!report.commission_currency.empty())
    line.text("commission_currency", report.commission_currency);
  line.number("venue_time", report.time_ms).close();
}

void append_warning(std::string& out, std::int64_t at_ms,
                    std::string_view text) {
  begin_line(out, at_ms).text("warning", text).close();
}

void append_stream(std::string& out, std::int64_t at_ms, bool up) {
  begin_line(out, at_ms).text("stream", up ? "up" : "down").close();
}

void append_request(std::string& out, std::int64_t at_ms, std::uint64_t number,
                    const l1_action& action, std::uint64_t nonce) {
  auto line = begin_line(out, at_ms);
  append_json(line.number("request", number).value("action"), action);
  line.number("nonce", nonce).close();
}

void append_info(std::string& out, std::int64_t at_ms,
                 const info_query_body& query, const address& account) {
  auto line = begin_line(out, at_ms);
  append_info_query(line.value("info"), query, account);
  line.close();
}

} // namespace hlx::wire
