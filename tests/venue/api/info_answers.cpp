// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/info_answers.hpp"

#include "tests/venue/api/info_query.hpp"
#include "tests/venue/api/subscriptions.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace hlx::venue {

namespace {

std::int64_t rows_of(const std::string& body) {
  const auto parsed = wire::parse_json(body);
  return parsed.value ? static_cast<std::int64_t>(parsed.value->items().size())
                      : 0;
}

const info_type* find_type(std::string_view name) {
  for (const auto find :
       {find_account_query, find_market_query, find_order_query})
    if (const auto* found = find(name))
      return found;
  return nullptr;
}

// ["userRole","0x.."] as {"type":"userRole","user":"0x.."}.
std::optional<wire::json> named_fields(const wire::json& query) {
  const auto& items = query.items();
  if (items.empty() || !items.front().is_string())
    return std::nullopt;
  const auto* type = find_type(items.front().text());
  if (!type)
    return std::nullopt;
  auto result = wire::json::object();
  result.add("type", items.front());
  auto names = type->positional;
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (names.empty())
      return std::nullopt;
    const auto comma = std::min(names.find(','), names.size());
    result.add(std::string{names.substr(0, comma)}, items[i]);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return result;
}

/// Whether a field that the type knows stands there twice.
bool repeats_a_field(const wire::json& query, std::string_view known) {
  const auto repeats = [&](std::string_view name) {
    const auto& all = query.members();
    return std::count_if(all.begin(), all.end(),
                         [&](const auto& x) { return x.first == name; })
           > 1;
  };
  if (repeats("type"))
    return true;
  while (!known.empty()) {
    const auto comma = std::min(known.find(','), known.size());
    if (repeats(known.substr(0, comma)))
      return true;
    known.remove_prefix(std::min(comma + 1, known.size()));
  }
  return false;
}

} // namespace

const wire::json* info_query_context::field(std::string_view name) const {
  const auto* result = query.find(name);
  return result && result->is_null() ? nullptr : result;
}

std::string info_query_context::text(std::string_view name) const {
  const auto* x = field(name);
  if (!x || !x->is_string())
    throw wrong_shape{};
  return x->text();
}

address info_query_context::user(std::string_view name) const {
  const auto result = parse_venue_address(text(name));
  if (!result)
    throw wrong_shape{};
  return *result;
}

std::string info_query_context::dex() const {
  return field("dex") ? text("dex") : std::string{};
}

std::optional<std::int64_t> info_query_context::time(
  std::string_view name) const {
  const auto* x = field(name);
  if (!x)
    return std::nullopt;
  const auto number = x->as_u64();
  if (!number)
    throw wrong_shape{};
  constexpr auto latest = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(
    std::min(*number, static_cast<std::uint64_t>(latest)));
}

std::optional<int> info_query_context::small(std::string_view name) const {
  const auto number = time(name);
  if (number && *number > std::numeric_limits<int>::max())
    throw wrong_shape{};
  return number ? std::optional{static_cast<int>(*number)} : std::nullopt;
}

bool info_query_context::flag(std::string_view name) const {
  const auto* x = field(name);
  if (x && !x->is_boolean())
    throw wrong_shape{};
  return x && x->is_true();
}

const instrument* info_query_context::coin() const {
  return find_coin(books.instruments(), text("coin"));
}

info_result answer_info(const venue& books, const wire::json& query,
                        std::int64_t now_ms) {
  info_result result;
  const auto named = query.is_array() ? named_fields(query) : std::nullopt;
  const auto& fields = named ? *named : query;
  const auto* word = fields.find("type");
  const auto* type =
    word && word->is_string() ? find_type(word->text()) : nullptr;
  try {
    if (!type || repeats_a_field(fields, type->positional))
      throw wrong_shape{};
    result.type = type->name;
    result.weight = type->weight;
    result.body = type->answer({books, fields, now_ms});
    if (type->rows_per_weight > 0)
      result.weight += rows_of(result.body) / type->rows_per_weight;
  } catch (const wrong_shape&) {
    result.status = 422;
    result.body = wrong_shape_text;
  } catch (const bad_argument&) {
    result.status = 500;
    result.body = "null";
  }
  return result;
}

} // namespace hlx::venue
