// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/signing/signature.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// Signed actions as they leave: the body of POST /exchange, and its envelope
/// on the WebSocket.
namespace hlx::wire {

/// What is signed beside the action.
struct action_terms {
  std::uint64_t nonce = 0;
  std::optional<address> vault;
  std::optional<std::uint64_t> expires_after_ms; ///< Unix ms.

  friend bool operator==(const action_terms&, const action_terms&) = default;
};

/// Appends {"action":..,"nonce":..,"signature":{..},..}. `vaultAddress` and
/// `expiresAfter` are left out when absent.
void append_exchange_request(std::string& out, const l1_action& action,
                             const action_terms& terms,
                             const signing::signature& signature);

/// The same for a user-signed action, whose nonce is its own.
void append_exchange_request(std::string& out, const user_signed_action& action,
                             const signing::signature& signature);

/// Wraps the body of POST /exchange as a WebSocket post. `id` is unique among
/// those in flight.
void append_post_request(std::string& out, std::uint64_t id,
                         std::string_view body);

/// The nonce that a user-signed action carries (`nonce` or `time`).
std::uint64_t nonce_of(const user_signed_action& action);

} // namespace hlx::wire
