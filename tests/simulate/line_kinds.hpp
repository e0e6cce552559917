// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/requests.hpp"
#include "hlx/messages/wire/json.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace hlx::simulate {

/// Lists of instruments. They may stand in one line of a script, all others
/// stand alone.
inline constexpr std::array<std::pair<std::string_view, listing_kind>, 3>
  listing_lines{{{"meta", listing_kind::perps},
                 {"spotMeta", listing_kind::spot},
                 {"outcomeMeta", listing_kind::outcomes}}};

/// The kind of a script's line (the first of its lists). Throws bad_field when
/// there is none, or more than may stand together.
std::string_view kind_of_line(const wire::json& line);

} // namespace hlx::simulate
