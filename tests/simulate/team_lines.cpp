// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/team_lines.hpp"

#include "hlx/messages/wire/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace hlx::simulate {

namespace {

// Most bytes of a line that an error quotes.
constexpr std::size_t quote_max = 80;

struct encoder {
  std::string operator()(const team_look& x) const {
    return "look " + to_string(x.best_bid) + " " + to_string(x.best_ask) + " "
           + std::to_string(x.orders_due);
  }
  std::string operator()(const team_close&) const { return "close"; }
  std::string operator()(const team_event& x) const {
    return "event " + x.strategy.value + " " + std::to_string(x.sequence) + " "
           + x.text;
  }
  std::string operator()(const team_linked& x) const {
    return "linked " + x.strategy.value;
  }
  std::string operator()(const team_note& x) const { return "note " + x.text; }
};

template <class Line>
std::string encode_line(const Line& x) {
  auto result = std::visit(encoder{}, x);
  // What the venue says may have anything in it.
  std::replace(result.begin(), result.end(), '\n', ' ');
  return result;
}

/// Takes the next word and the blank after it.
std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto result = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return result;
}

std::optional<std::uint64_t> take_number(std::string_view& line) {
  const auto word = take_word(line);
  std::uint64_t result = 0;
  const auto [end, error] =
    std::from_chars(word.data(), word.data() + word.size(), result);
  if (error != std::errc{} || end != word.data() + word.size())
    return std::nullopt;
  return result;
}

wire::decode_error refusal(std::string_view line, const char* expected) {
  return {wire::decode_error::reason::syntax,
          "expected " + std::string{expected} + ", not "
            + wire::quoted(line.substr(0, quote_max))};
}

} // namespace

std::string encode(const team_request& x) {
  return encode_line(x);
}

std::string encode(const team_report& x) {
  return encode_line(x);
}

wire::decode_result<team_request> decode_request(std::string_view line) {
  auto rest = line;
  const auto word = take_word(rest);
  if (word == "close" && rest.empty())
    return team_request{team_close{}};
  if (word == "look") {
    const auto bid = parse<price>(take_word(rest));
    const auto ask = parse<price>(take_word(rest));
    const auto due = take_number(rest);
    if (bid && ask && due && rest.empty())
      return team_request{team_look{*bid, *ask, *due}};
  }
  return refusal(line, "look BID ASK ORDERS or close");
}

wire::decode_result<team_report> decode_report(std::string_view line) {
  auto rest = line;
  const auto word = take_word(rest);
  if (word == "note")
    return team_report{team_note{std::string{rest}}};
  const strategy_id strategy{take_word(rest)};
  if (word == "linked" && !strategy.value.empty() && rest.empty())
    return team_report{team_linked{strategy}};
  if (word == "event" && !strategy.value.empty())
    if (const auto sequence = take_number(rest))
      return team_report{team_event{strategy, *sequence, std::string{rest}}};
  return refusal(line,
                 "event STRATEGY NUMBER TEXT, linked STRATEGY or note TEXT");
}

bool event_numbers::take(const strategy_id& strategy, std::uint64_t sequence) {
  auto& last = last_[strategy];
  if (sequence <= last)
    return false;
  if (sequence > last + 1)
    gaps_.push_back("event " + std::to_string(sequence) + " of strategy "
                    + strategy.value + " came after event "
                    + std::to_string(last));
  last = sequence;
  return true;
}

std::uint64_t event_numbers::last(const strategy_id& strategy) const {
  const auto found = last_.find(strategy);
  return found == last_.end() ? 0 : found->second;
}

} // namespace hlx::simulate
