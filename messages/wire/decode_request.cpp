// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_request.hpp"

#include "hlx/messages/wire/object_reader.hpp"

namespace hlx::wire {

namespace {

using reason = decode_error::reason;

void read_signature(read_context& context, const json& node,
                    signing::signature& out) {
  const auto scalar = [&](object_reader& reader, std::string_view key,
                          bytes32& x) {
    if (const auto* found = reader.take(key)) {
      read_context::step step{context, key};
      read_scalar(context, *found, x);
    } else {
      context.fail("key " + quoted(key) + " is missing");
    }
  };
  object_reader reader{context, node};
  scalar(reader, "r", out.r);
  scalar(reader, "s", out.s);
  reader.field("v", out.v);
  reader.close();
}

/// What makes a user-signed action's surroundings contradict it.
std::string contradiction(const user_signed_action& action,
                          std::optional<std::uint64_t> nonce,
                          const action_terms& terms) {
  if (terms.vault)
    return "a user-signed action takes no vault";
  if (terms.expires_after_ms)
    return "a user-signed action takes no expiry";
  if (nonce && *nonce != nonce_of(action))
    return "the nonce is not the action's own";
  return {};
}

} // namespace

decode_result<exchange_envelope> decode_exchange_request(const json& node) {
  read_context context{"request", {}};
  exchange_envelope result;
  object_reader reader{context, node};
  const auto* action = reader.take("action");
  if (!action)
    context.fail("key \"action\" is missing");
  reader.field("nonce", result.terms.nonce);
  if (const auto* signature = reader.take("signature")) {
    read_context::step step{context, "signature"};
    read_signature(context, *signature, result.signature);
  } else {
    context.fail("key \"signature\" is missing");
  }
  reader.optional("vaultAddress", result.terms.vault);
  reader.optional("expiresAfter", result.terms.expires_after_ms);
  reader.close();
  if (context.failed())
    return decode_error{reason::shape, context.error()};
  auto decoded = decode_action(*action, {.ignore_unknown_order_keys = true});
  if (!decoded)
    return decoded.error();
  result.action = std::move(*decoded);
  return result;
}

decode_result<exchange_envelope> decode_exchange_request(
  std::string_view text) {
  const auto parsed = parse_json(text, json_trailing::ignored);
  if (!parsed.value)
    return decode_error{reason::syntax, "not JSON: " + parsed.error};
  return decode_exchange_request(*parsed.value);
}

decode_result<signing_task> decode_signing_task(std::string_view line) {
  const auto parsed = parse_json(line);
  if (!parsed.value)
    return decode_error{reason::syntax, "not JSON: " + parsed.error};
  read_context context{"line", {}};
  signing_task result;
  object_reader reader{context, *parsed.value};
  const auto* node = reader.take("action");
  if (!node)
    context.fail("key \"action\" is missing");
  std::optional<std::uint64_t> nonce;
  reader.optional("nonce", nonce);
  reader.optional("vault", result.terms.vault);
  reader.optional("expiresAfter", result.terms.expires_after_ms);
  reader.field("isTestnet", result.is_testnet);
  reader.field("privateKey", result.private_key);
  if (context.failed())
    return decode_error{reason::shape, context.error()};
  auto decoded = decode_action(*node);
  if (!decoded)
    return decoded.error();
  result.action = std::move(*decoded);
  if (const auto* user = std::get_if<user_signed_action>(&result.action)) {
    const auto what = contradiction(*user, nonce, result.terms);
    if (!what.empty())
      return decode_error{reason::shape, "line: " + what};
    result.terms.nonce = nonce_of(*user);
  } else if (nonce) {
    result.terms.nonce = *nonce;
  } else {
    return decode_error{reason::shape, "line: key \"nonce\" is missing"};
  }
  return result;
}

} // namespace hlx::wire
