// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/status_words.hpp"

#include <algorithm>
#include <array>

namespace hlx::wire {

namespace {

using namespace std::literals;

/// Sorted, so that it can be searched.
constexpr std::array catalogue{
  "badAloPxRejected"sv,
  "badTriggerPxRejected"sv,
  "canceled"sv,
  "delistedCanceled"sv,
  "filled"sv,
  "insufficientSpotBalanceRejected"sv,
  "internalCancel"sv,
  "iocCancelRejected"sv,
  "liquidatedCanceled"sv,
  "marginCanceled"sv,
  "marketOrderNoLiquidityRejected"sv,
  "minTradeNtlRejected"sv,
  "open"sv,
  "openInterestCapCanceled"sv,
  "openInterestIncreaseRejected"sv,
  "oracleRejected"sv,
  "outcomeSettledCanceled"sv,
  "outcomeSettledRejected"sv,
  "perpMarginRejected"sv,
  "perpMaxPositionCanceled"sv,
  "perpMaxPositionRejected"sv,
  "positionFlipAtOpenInterestCapRejected"sv,
  "positionIncreaseAtOpenInterestCapRejected"sv,
  "reduceOnlyCanceled"sv,
  "reduceOnlyRejected"sv,
  "rejected"sv,
  "scheduledCancel"sv,
  "selfTradeCanceled"sv,
  "siblingFilledCanceled"sv,
  "tickRejected"sv,
  "tooAggressiveAtOpenInterestCapRejected"sv,
  "tooManyOpenOrdersRejected"sv,
  "triggered"sv,
  "vaultWithdrawalCanceled"sv,
};

static_assert(std::is_sorted(catalogue.begin(), catalogue.end()));

} // namespace

venue_order_status classify_status(std::string_view word) noexcept {
  if (word == "open"sv)
    return venue_order_status::open;
  if (word == "filled"sv)
    return venue_order_status::filled;
  if (word == "canceled"sv)
    return venue_order_status::canceled;
  if (word == "triggered"sv)
    return venue_order_status::triggered;
  if (word == "rejected"sv || word.ends_with("Rejected"sv))
    return venue_order_status::rejected;
  if (word.ends_with("Canceled"sv) || word.ends_with("Cancel"sv))
    return venue_order_status::canceled_by_venue;
  return venue_order_status::unknown;
}

bool is_known_status(std::string_view word) noexcept {
  return std::binary_search(catalogue.begin(), catalogue.end(), word);
}

} // namespace hlx::wire
