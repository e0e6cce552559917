// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/signing/signature.hpp"
#include "hlx/messages/wire/decode_action.hpp"
#include "hlx/messages/wire/encode_request.hpp"

#include <optional>
#include <string>

/// Requests as the venue receives them, and the input lines of `hlx sign`.
namespace hlx::wire {

/// The body of POST /exchange.
struct exchange_envelope {
  any_action action;
  action_terms terms;
  signing::signature signature;
};

/// Reads the envelope as the venue does: unknown envelope and action keys are
/// refused, unknown keys of an order are ignored, r and s may lack leading
/// zeros, null counts as absent. Bytes after the first value are ignored.
decode_result<exchange_envelope> decode_exchange_request(std::string_view text);

/// The same from a value, for the payload of a WebSocket post.
decode_result<exchange_envelope> decode_exchange_request(const json& node);

/// One line of `hlx sign`.
struct signing_task {
  any_action action;
  action_terms terms;
  bool is_testnet = false;
  std::string private_key; ///< As it was written; wipe it after use.
};

/// Reads a line of `hlx sign`. The action is read strictly; unknown keys beside
/// it are ignored. A user-signed action needs no nonce of its own beside it and
/// takes neither vault nor expiry.
decode_result<signing_task> decode_signing_task(std::string_view line);

} // namespace hlx::wire
