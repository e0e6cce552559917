// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_elements.hpp"

#include "hlx/messages/wire/report_builder.hpp"

#include <algorithm>

namespace hlx::wire {

namespace {

template <class Builder>
void feed(Builder& builder, element_field field, const json& value) {
  switch (value.kind()) {
    case json_kind::null:
      builder.null(field);
      break;
    case json_kind::boolean:
      builder.boolean(field, value.is_true());
      break;
    case json_kind::number:
      if (const auto number = value.as_u64())
        builder.integer(field, *number);
      else
        builder.wrong_type(field);
      break;
    case json_kind::string:
      builder.text(field, value.text());
      break;
    case json_kind::array:
    case json_kind::object:
      builder.wrong_type(field);
      break;
  }
}

void feed_order(order_builder& builder, const json& order) {
  for (const auto& [key, value] : order.members())
    feed(builder, order_builder::inner_field(key), value);
}

void append_open_order(const json& item, element_place place,
                       std::vector<order_status_report>& orders,
                       std::vector<std::string>& warnings) {
  if (!item.is_object())
    return append_not_an_object(warnings, place, item.dump());
  order_builder builder;
  order_status_report report;
  builder.begin(report);
  feed_order(builder, item);
  if (builder.finish(order_builder::form::plain)) {
    report.status = venue_order_status::open;
    report.status_word = "open";
    report.status_ms = report.placed_ms;
    if (is_odd(builder, report))
      append_oddities(warnings, place, builder, report, item.dump());
    orders.push_back(std::move(report));
  } else {
    append_problem(warnings, place, builder, item.dump());
  }
  // Children are orders of their own, whatever is wrong with the parent.
  const auto* children = item.find("children");
  if (children == nullptr || !children->is_array())
    return;
  for (const auto& child : children->items())
    append_open_order(child, place, orders, warnings);
}

} // namespace

void decode_open_orders(const json& list, std::string_view name,
                        std::vector<order_status_report>& orders,
                        std::vector<std::string>& warnings) {
  element_place place{name};
  for (const auto& item : list.items()) {
    append_open_order(item, place, orders, warnings);
    ++place.index;
  }
}

void decode_fills(const json& list, std::string_view name,
                  std::vector<fill_report>& fills,
                  std::vector<std::string>& warnings) {
  fills.reserve(fills.size() + list.items().size());
  element_place place{name};
  fill_builder builder;
  for (const auto& item : list.items()) {
    if (!item.is_object()) {
      append_not_an_object(warnings, place, item.dump());
      ++place.index;
      continue;
    }
    fill_report report;
    builder.begin(report);
    for (const auto& [key, value] : item.members())
      feed(builder, fill_builder::field(key), value);
    if (builder.finish()) {
      if (is_odd(builder, report))
        append_oddities(warnings, place, builder, report, item.dump());
      fills.push_back(std::move(report));
    } else {
      append_problem(warnings, place, builder, item.dump());
    }
    ++place.index;
  }
}

std::optional<order_status_report> decode_order_record(
  const json& record, std::string_view name,
  std::vector<std::string>& warnings) {
  const element_place place{name};
  if (!record.is_object()) {
    append_not_an_object(warnings, place, record.dump());
    return std::nullopt;
  }
  order_builder builder;
  order_status_report report;
  builder.begin(report);
  for (const auto& [key, value] : record.members()) {
    const auto field = order_builder::outer_field(key);
    if (field == element_field::order && value.is_object())
      feed_order(builder, value);
    else
      feed(builder, field, value);
  }
  if (!builder.finish(order_builder::form::wrapped)) {
    append_problem(warnings, place, builder, record.dump());
    return std::nullopt;
  }
  if (is_odd(builder, report))
    append_oddities(warnings, place, builder, report, record.dump());
  return report;
}

void sort_by_time(std::vector<fill_report>& fills) {
  const auto earlier = [](const fill_report& a, const fill_report& b) {
    return a.time_ms < b.time_ms;
  };
  if (std::is_sorted(fills.begin(), fills.end(), earlier))
    return;
  if (fills.front().time_ms > fills.back().time_ms)
    std::reverse(fills.begin(), fills.end());
  std::stable_sort(fills.begin(), fills.end(), earlier);
}

} // namespace hlx::wire
