// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/encode_request.hpp"

#include "hlx/messages/wire/encode_action.hpp"

#include <charconv>

namespace hlx::wire {

namespace {

void append_number(std::string& out, std::uint64_t x) {
  char text[20];
  out.append(text, std::to_chars(text, text + sizeof(text), x).ptr);
}

void append_quoted_hex(std::string& out, const auto& x) {
  out += '"';
  append_hex(out, x.bytes.data(), x.bytes.size());
  out += '"';
}

void append_nonce_and_signature(std::string& out, std::uint64_t nonce,
                                const signing::signature& signature) {
  out += R"(,"nonce":)";
  append_number(out, nonce);
  out += R"(,"signature":{"r":)";
  append_quoted_hex(out, signature.r);
  out += R"(,"s":)";
  append_quoted_hex(out, signature.s);
  out += R"(,"v":)";
  append_number(out, signature.v);
  out += '}';
}

} // namespace

void append_exchange_request(std::string& out, const l1_action& action,
                             const action_terms& terms,
                             const signing::signature& signature) {
  out += R"({"action":)";
  append_json(out, action);
  append_nonce_and_signature(out, terms.nonce, signature);
  if (terms.vault) {
    out += R"(,"vaultAddress":)";
    append_quoted_hex(out, *terms.vault);
  }
  if (terms.expires_after_ms) {
    out += R"(,"expiresAfter":)";
    append_number(out, *terms.expires_after_ms);
  }
  out += '}';
}

void append_exchange_request(std::string& out, const user_signed_action& action,
                             const signing::signature& signature) {
  out += R"({"action":)";
  append_json(out, action);
  append_nonce_and_signature(out, nonce_of(action), signature);
  out += '}';
}

void append_post_request(std::string& out, std::uint64_t id,
                         std::string_view body) {
  out += R"({"method":"post","id":)";
  append_number(out, id);
  out += R"(,"request":{"type":"action","payload":)";
  out += body;
  out += "}}";
}

std::uint64_t nonce_of(const user_signed_action& action) {
  return std::visit(
    [](const auto& x) {
      if constexpr (requires { x.nonce; })
        return x.nonce;
      else
        return x.time;
    },
    action);
}

} // namespace hlx::wire
