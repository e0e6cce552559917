// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/orders.hpp"

#include <array>

namespace hlx {

namespace {

template <class Enum, std::size_t Size>
std::optional<Enum> parse_word(const std::array<std::string_view, Size>& words,
                               std::string_view text) {
  for (std::size_t i = 0; i < Size; ++i)
    if (words[i] == text)
      return static_cast<Enum>(i);
  return std::nullopt;
}

constexpr std::array<std::string_view, 2> side_words{"buy", "sell"};

constexpr std::array<std::string_view, 6> type_words{
  "market",          "limit", "stop_market", "stop_limit", "market_if_touched",
  "limit_if_touched"};

constexpr std::array<std::string_view, 4> tif_words{"gtc", "ioc", "alo", "gtd"};

constexpr std::array<std::string_view, 2> liquidity_words{"maker", "taker"};

constexpr std::array<std::string_view, 3> grouping_words{"na", "normalTpsl",
                                                         "positionTpsl"};

} // namespace

std::string_view to_string(order_side x) {
  return side_words[static_cast<std::size_t>(x)];
}

std::string_view to_string(order_type x) {
  return type_words[static_cast<std::size_t>(x)];
}

std::string_view to_string(time_in_force x) {
  return tif_words[static_cast<std::size_t>(x)];
}

std::string_view to_string(liquidity_side x) {
  return liquidity_words[static_cast<std::size_t>(x)];
}

std::string_view to_string(order_grouping x) {
  return grouping_words[static_cast<std::size_t>(x)];
}

std::optional<order_side> parse_order_side(std::string_view text) {
  return parse_word<order_side>(side_words, text);
}

std::optional<order_type> parse_order_type(std::string_view text) {
  return parse_word<order_type>(type_words, text);
}

std::optional<time_in_force> parse_time_in_force(std::string_view text) {
  return parse_word<time_in_force>(tif_words, text);
}

std::optional<order_grouping> parse_order_grouping(std::string_view text) {
  return parse_word<order_grouping>(grouping_words, text);
}

bool has_trigger(order_type x) {
  return x != order_type::market && x != order_type::limit;
}

bool is_market(order_type x) {
  return x == order_type::market || x == order_type::stop_market
         || x == order_type::market_if_touched;
}

} // namespace hlx
