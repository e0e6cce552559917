// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/report_builder.hpp"

#include "hlx/messages/wire/json_text.hpp"

#include <bit>

namespace hlx::wire {

namespace {

std::string opening(element_place place) {
  std::string result{place.list};
  result += " element ";
  result += std::to_string(place.index);
  result += ": ";
  return result;
}

void append_quoted(std::string& out, std::string_view text) {
  out += ": ";
  out += excerpt(text);
}

void append_rounded(std::vector<std::string>& warnings, element_place place,
                    const element_state& state, std::string_view text) {
  auto line = opening(place);
  std::string_view separator;
  for (auto bits = state.rounded(); bits != 0; bits &= bits - 1) {
    line += separator;
    line += '"';
    line += to_string(static_cast<element_field>(std::countr_zero(bits)));
    line += '"';
    separator = ", ";
  }
  line += " rounded to what 64 bits of 1e-8 hold";
  append_quoted(line, text);
  warnings.push_back(std::move(line));
}

} // namespace

void append_problem(std::vector<std::string>& warnings, element_place place,
                    const element_state& state, std::string_view text) {
  auto line = opening(place);
  line += '"';
  line += to_string(state.bad_field());
  line += "\" ";
  line += state.problem();
  append_quoted(line, text);
  warnings.push_back(std::move(line));
}

void append_not_an_object(std::vector<std::string>& warnings,
                          element_place place, std::string_view text) {
  auto line = opening(place);
  line += "is not an object";
  append_quoted(line, text);
  warnings.push_back(std::move(line));
}

void append_oddities(std::vector<std::string>& warnings, element_place place,
                     const element_state& state, const order_status_report& x,
                     std::string_view text) {
  if (state.rounded() != 0)
    append_rounded(warnings, place, state, text);
  if (is_known_status(x.status_word))
    return;
  auto line = opening(place);
  line += "unknown status \"";
  line += excerpt(x.status_word);
  line += '"';
  append_quoted(line, text);
  warnings.push_back(std::move(line));
}

void append_oddities(std::vector<std::string>& warnings, element_place place,
                     const element_state& state, const fill_report& x,
                     std::string_view text) {
  if (state.rounded() != 0)
    append_rounded(warnings, place, state, text);
  if (!x.commission_currency.empty())
    return;
  auto line = opening(place);
  line += "\"feeToken\" is missing";
  append_quoted(line, text);
  warnings.push_back(std::move(line));
}

} // namespace hlx::wire
