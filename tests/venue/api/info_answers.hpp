// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/json.hpp"
#include "tests/venue/venue.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hlx::venue {

/// The answer to one info query.
struct info_result {
  int status = 200;        ///< HTTP status; not 200: `body` is no answer.
  std::string type;        ///< The query's type.
  std::string body;        ///< JSON, or plain text with 422.
  std::int64_t weight = 0; ///< What it costs of the IP budget.
};

/// The venue's text for a body of the wrong shape (HTTP 422).
inline constexpr std::string_view wrong_shape_text =
  "Failed to deserialize the JSON body into the target type";

/// The venue's text for a body that is not JSON (HTTP 400).
inline constexpr std::string_view broken_json_text =
  "Failed to parse the request body as JSON";

/// Most fills and orders in one answer.
inline constexpr std::size_t page_max = 2000;

/// Answers one info query: an object, or the positional form
/// ["userRole","0x.."]. Unknown fields are ignored, an unknown type or a
/// field of the wrong shape is 422.
info_result answer_info(const venue& books, const wire::json& query,
                        std::int64_t now_ms);

} // namespace hlx::venue
