// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/line_kinds.hpp"

#include "tests/simulate/script_fields.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace hlx::simulate {

namespace {

constexpr std::array<std::string_view, 11> line_kinds{
  "config", "meta",  "spotMeta", "outcomeMeta", "info",   "command",
  "reply",  "frame", "stream",   "answer",      "advance"};

bool is_listing(std::string_view kind) {
  return std::any_of(listing_lines.begin(), listing_lines.end(),
                     [=](const auto& x) { return x.first == kind; });
}

template <class Words>
std::string list(const Words& words) {
  std::string result;
  for (const auto word : words)
    result.append(result.empty() ? "" : ", ").append(word);
  return result;
}

} // namespace

std::string_view kind_of_line(const wire::json& line) {
  std::vector<std::string_view> found;
  for (const auto kind : line_kinds)
    if (line.find(kind) != nullptr)
      found.push_back(kind);
  if (found.size() == 1
      || (!found.empty()
          && std::all_of(found.begin(), found.end(), is_listing)))
    return found.front();
  auto text = "a line must have one of " + list(line_kinds);
  if (!found.empty())
    text += ", not " + list(found) + " together";
  throw bad_field{text};
}

} // namespace hlx::simulate
