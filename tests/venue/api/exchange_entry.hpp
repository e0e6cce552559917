// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/signing/signature.hpp"
#include "hlx/messages/wire/decode_request.hpp"
#include "tests/venue/records.hpp"

#include <string>
#include <variant>

namespace hlx::venue {

/// Why a request never reaches the books.
struct entry_refusal {
  int status = 422; ///< 422: plain text; 200: a top-level err.
  std::string text;
};

/// The first steps of admission: a body of the right shape, one nonce, and
/// whose signature it is. The action is hashed as the venue would write it.
/// Actions of the venue that the simulated one does not have, which some
/// clients send unasked, are refused by name with a top-level err.
std::variant<entry_refusal, exchange_submission> read_submission(
  const wire::json& body, signing::network net);

/// How many orders, cancels or modifies the action has; at least 1.
std::size_t item_count(const exchange_submission& x);

} // namespace hlx::venue
