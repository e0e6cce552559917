// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/exchange_entry.hpp"

#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/recover.hpp"
#include "tests/venue/api/info_answers.hpp"

#include <algorithm>

namespace hlx::venue {

namespace {

bytes32 digest_of(const wire::exchange_envelope& x, signing::network net) {
  if (const auto* own = std::get_if<user_signed_action>(&x.action))
    return signing::user_signed_digest(*own);
  wire::byte_buffer scratch;
  return signing::agent_digest(
    net, signing::action_hash(scratch, std::get<l1_action>(x.action), x.terms));
}

std::size_t items_of(const l1_action& x) {
  if (const auto* orders = std::get_if<order_action>(&x))
    return orders->orders.size();
  if (const auto* cancels = std::get_if<cancel_action>(&x))
    return cancels->cancels.size();
  if (const auto* cancels = std::get_if<cancel_by_cloid_action>(&x))
    return cancels->cancels.size();
  if (const auto* modifies = std::get_if<batch_modify_action>(&x))
    return modifies->modifies.size();
  return 1;
}

} // namespace

std::variant<entry_refusal, exchange_submission> read_submission(
  const wire::decode_result<wire::exchange_envelope>& envelope,
  signing::network net) {
  if (!envelope) {
    const bool syntax =
      envelope.error().why == wire::decode_error::reason::syntax;
    return entry_refusal{
      syntax ? 400 : 422,
      std::string{syntax ? broken_json_text : wrong_shape_text}};
  }
  if (const auto* own = std::get_if<user_signed_action>(&envelope->action)) {
    const auto inner = wire::nonce_of(*own);
    if (inner != envelope->terms.nonce)
      return entry_refusal{200, "Invalid nonce: action nonce "
                                  + std::to_string(inner)
                                  + " differs from request nonce "
                                  + std::to_string(envelope->terms.nonce)};
  }
  const auto signer =
    signing::recover(digest_of(*envelope, net), envelope->signature);
  if (!signer)
    return entry_refusal{200, "Unable to recover signer."};
  return exchange_submission{
    .action = envelope->action,
    .nonce = envelope->terms.nonce,
    .vault = envelope->terms.vault,
    .expires_after_ms = envelope->terms.expires_after_ms,
    .signer = *signer,
  };
}

std::size_t item_count(const exchange_submission& x) {
  const auto* action = std::get_if<l1_action>(&x.action);
  return action ? std::max<std::size_t>(items_of(*action), 1) : 1;
}

} // namespace hlx::venue
