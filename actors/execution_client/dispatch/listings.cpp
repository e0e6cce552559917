// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/listings.hpp"

#include <algorithm>
#include <string>

namespace hlx {

namespace {

using subject = query_record::subject;

/// Between two questions for the same list.
constexpr std::int64_t listing_gap_ms = 60'000;

/// Dexes whose lists were asked for lately. Anybody can make up names.
constexpr std::size_t dexes_max = 100;

/// The prefix of a builder's perpetual, "xyz" of "xyz:AAPL".
std::string_view dex_of(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view{}
                                         : name.substr(0, colon);
}

listing_kind kind_of(std::string_view name) {
  if (name.starts_with('#'))
    return listing_kind::outcomes;
  if (name.starts_with('@') || name.find('/') != std::string_view::npos)
    return listing_kind::spot;
  return listing_kind::perps;
}

void ask_listing(context& c, listing_query query) {
  ask(c, std::move(query), {.about = subject::listing});
}

/// When that dex may be asked for; nullptr: too many others were.
std::int64_t* dex_turn(context& c, std::string_view dex) {
  auto& turns = c.state.dex_from_ms;
  if (turns.size() >= dexes_max)
    absl::erase_if(turns, [&](const auto& x) { return x.second <= c.now_ms; });
  const std::string name{dex};
  if (turns.size() >= dexes_max && !turns.contains(name))
    return nullptr;
  return &turns[name];
}

} // namespace

void note_instrument(context& c, std::string_view name) {
  if (!c.state.options.refresh_instruments || name.empty()
      || c.state.instruments.index_of(name))
    return;
  const auto dex = dex_of(name);
  const auto kind = kind_of(name);
  auto* next_ms = dex.empty()
                    ? &c.state.listing_from_ms[static_cast<std::size_t>(kind)]
                    : dex_turn(c, dex);
  if (next_ms == nullptr || c.now_ms < *next_ms)
    return;
  *next_ms = c.now_ms + listing_gap_ms;
  if (dex.empty())
    ask_listing(c, {.kind = kind});
  else
    ask(c, dexes_query{}, {.about = subject::dexes, .dex = std::string{dex}});
}

void on_dexes_answer(context& c, const query_record& record,
                     const dex_names_answer* answer) {
  if (answer == nullptr)
    return;
  const auto& names = answer->names;
  const auto found = std::find(names.begin(), names.end(), record.dex);
  if (found == names.end())
    warn(c, "the venue has no dex named '" + record.dex + "'");
  else
    ask_listing(
      c, {.kind = listing_kind::perps,
          .dex = record.dex,
          .dex_index = static_cast<std::uint32_t>(found - names.begin())});
}

void on_listing_answer(context& c, const listing_answer* answer) {
  if (answer == nullptr)
    return;
  for (const auto& text : answer->warnings)
    warn(c, text);
  for (const auto& x : answer->instruments)
    c.state.instruments.add(x);
}

} // namespace hlx
