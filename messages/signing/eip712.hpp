// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/signing/signature.hpp"
#include "hlx/messages/wire/encode_action.hpp"
#include "hlx/messages/wire/encode_request.hpp"

/// What is signed for an action, as the venue computes it too.
namespace hlx::signing {

/// The hash of an L1 action and of what is signed beside it ("connection id").
/// `scratch` is overwritten; reused, it saves the allocation.
bytes32 action_hash(wire::byte_buffer& scratch, const l1_action& action,
                    const wire::action_terms& terms);

/// What the signer of an L1 action signs, from the action's hash.
bytes32 agent_digest(network net, const bytes32& action_hash) noexcept;

/// What the signer of a user-signed action signs. Text is hashed verbatim, an
/// unnamed agent's name is "". The action's signature chain id is a hex number
/// (decode_action checks that).
bytes32 user_signed_digest(const user_signed_action& action);

} // namespace hlx::signing
