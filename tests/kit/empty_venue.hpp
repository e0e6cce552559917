// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <cstdint>
#include <string>

namespace hlx::kit {

/// What a venue answers that holds nothing of the account.
info_answer_body empty_answer(const info_query& query, std::int64_t now_ms);

/// The same as the venue writes it, for the queries that the execution client
/// sends by itself.
std::string empty_reply(const info_query_body& query, std::int64_t now_ms);

} // namespace hlx::kit
