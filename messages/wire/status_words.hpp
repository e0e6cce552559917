// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"

#include <string_view>

namespace hlx::wire {

/// What the venue's status word means. Words that the catalogue lacks are
/// read by their ending: Canceled or Cancel, Rejected; any other is unknown.
venue_order_status classify_status(std::string_view word) noexcept;

/// Whether the word is in the catalogue of words that the venue documents or
/// has been seen to send.
bool is_known_status(std::string_view word) noexcept;

} // namespace hlx::wire
