// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <string_view>

namespace hlx::wire {

/// Decodes the answer to an info query. An answer that cannot be read as a
/// whole is a failed_answer that says why; a broken element becomes a warning
/// of the answer and takes no neighbour with it.
info_answer_body decode_info(const info_query_body& query, int http_status,
                             std::string_view body);

} // namespace hlx::wire
