// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <string_view>

/// Instruments that come up and are not known: listed since the start.
namespace hlx {

/// Asks the venue for the list that would have the name, if it is not known
/// and the options say so.
void note_instrument(context& c, std::string_view name);

void on_dexes_answer(context& c, const query_record& record,
                     const dex_names_answer* answer);

void on_listing_answer(context& c, const listing_answer* answer);

} // namespace hlx
