// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/exchange_entry.hpp"

#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/recover.hpp"
#include "tests/venue/api/info_answers.hpp"
#include "tests/venue/api/subscriptions.hpp"

#include <algorithm>
#include <array>

namespace hlx::venue {

namespace {

constexpr std::array<std::string_view, 26> left_out{
  "CSignerAction",
  "CValidatorAction",
  "borrowLend",
  "cDeposit",
  "cWithdraw",
  "claimRewards",
  "convertToMultiSigUser",
  "createSubAccount",
  "createVault",
  "evmUserModify",
  "linkStakingUser",
  "multiSig",
  "perpDeploy",
  "registerReferrer",
  "setDisplayName",
  "setReferrer",
  "spotDeploy",
  "spotUser",
  "subAccountModify",
  "subAccountSpotTransfer",
  "tokenDelegate",
  "userDexAbstraction",
  "userPortfolioMargin",
  "validatorL1Stream",
  "vaultDistribute",
  "vaultModify",
};

bool is_left_out(std::string_view type) {
  return std::find(left_out.begin(), left_out.end(), type) != left_out.end();
}

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
  const wire::json& body, signing::network net) {
  const auto envelope = wire::decode_exchange_request(body);
  if (!envelope) {
    const auto* action = body.find("action");
    const auto type = action ? string_member(*action, "type") : std::nullopt;
    if (type && is_left_out(*type))
      return entry_refusal{200, "Action " + *type
                                  + " is not part of the simulated venue."};
    return entry_refusal{422, std::string{wrong_shape_text}};
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
