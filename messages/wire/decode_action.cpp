// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_action.hpp"

#include "hlx/messages/wire/object_reader.hpp"

namespace hlx::wire {

namespace {

/// Reads the alternative whose type name is `name`; false when there is none.
template <class Variant, std::size_t Index = 0>
bool read_alternative(read_context& context, const json& node,
                      std::string_view name, any_action& out) {
  if constexpr (Index == std::variant_size_v<Variant>) {
    return false;
  } else {
    using action = std::variant_alternative_t<Index, Variant>;
    if (type_name_of(action{}) != name)
      return read_alternative<Variant, Index + 1>(context, node, name, out);
    action value;
    read_value(context, node, value);
    out = Variant{std::move(value)};
    return true;
  }
}

void check_domain(read_context& context, const user_signed_domain& domain) {
  if (domain.hyperliquid_chain != "Mainnet"
      && domain.hyperliquid_chain != "Testnet")
    context.fail("hyperliquidChain " + quoted(domain.hyperliquid_chain)
                 + " is not one of Mainnet, Testnet");
  bytes32 ignored;
  if (!parse_hex_number(domain.signature_chain_id, ignored.bytes.data(),
                        ignored.bytes.size()))
    context.fail("signatureChainId " + quoted(domain.signature_chain_id)
                 + " is not 0x and 1 to 64 hex digits");
}

void check_abstraction(read_context& context, const l1_action& action) {
  const auto* x = std::get_if<agent_set_abstraction_action>(&action);
  if (x && x->abstraction != "i" && x->abstraction != "u"
      && x->abstraction != "p")
    context.fail("abstraction " + quoted(x->abstraction)
                 + " is not one of i, u, p");
}

} // namespace

decode_result<any_action> decode_action(const json& node,
                                        const decode_options& options) {
  using reason = decode_error::reason;
  read_context context{"action", options};
  std::string name;
  {
    object_reader reader{context, node};
    reader.field("type", name);
  }
  any_action result;
  if (!context.failed()
      && !read_alternative<l1_action>(context, node, name, result)
      && !read_alternative<user_signed_action>(context, node, name, result))
    context.fail("type " + quoted(name) + " is unknown");
  if (const auto* action = std::get_if<user_signed_action>(&result);
      action && !context.failed())
    std::visit([&](const auto& x) { check_domain(context, x.domain); },
               *action);
  if (const auto* action = std::get_if<l1_action>(&result);
      action && !context.failed())
    check_abstraction(context, *action);
  if (context.failed())
    return decode_error{reason::shape, context.error()};
  return result;
}

decode_result<any_action> decode_action(std::string_view text,
                                        const decode_options& options) {
  const auto parsed = parse_json(text);
  if (!parsed.value)
    return decode_error{decode_error::reason::syntax,
                        "not JSON: " + parsed.error};
  return decode_action(*parsed.value, options);
}

} // namespace hlx::wire
