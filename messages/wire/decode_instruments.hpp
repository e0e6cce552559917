// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/instruments.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::wire {

/// What the venue says can be traded. With an error there is nothing else.
struct instruments_answer {
  std::vector<instrument> instruments;
  std::vector<std::string> warnings; ///< Entries that could not be read.
  std::string error;                 ///< Why nothing could be read.
};

/// The dexes of `perpDexs`, by index; entry 0, the venue's own, is "".
struct dexes_answer {
  std::vector<std::string> names;
  std::string error;
};

/// Decodes `meta` of the dex with that name and index in `perpDexs`. An entry
/// that cannot be read still counts, since asset ids are positions.
instruments_answer decode_meta(int http_status, std::string_view body,
                               std::string_view dex = {},
                               std::uint32_t dex_index = 0);

/// Decodes `spotMeta`.
instruments_answer decode_spot_meta(int http_status, std::string_view body);

/// Decodes `outcomeMeta`: each side of an outcome is an instrument, "#70" and
/// "#71" those of outcome 7.
instruments_answer decode_outcome_meta(int http_status, std::string_view body);

/// Decodes `perpDexs`.
dexes_answer decode_perp_dexs(int http_status, std::string_view body);

} // namespace hlx::wire
