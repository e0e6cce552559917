// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/venue.hpp"

#include <string_view>

/// What belongs to an account, as the venue's JSON.
namespace hlx::venue {

/// The venue's userFees: one schedule for everybody.
void write_fees(json_writer& out, const fee_rates& rates);

/// The venue's activeAssetData.
void write_active_asset_data(json_writer& out, const venue& books,
                             const address& user, const instrument& coin);

/// The account as one dex shows it: its positions there.
clearinghouse_view clearinghouse_of(const venue& books, const address& user,
                                    std::string_view dex);

void write_clearinghouse(json_writer& out, const clearinghouse_view& x,
                         std::int64_t now_ms);

void write_spot_balances(json_writer& out,
                         const std::vector<spot_balance_view>& balances);

} // namespace hlx::venue
