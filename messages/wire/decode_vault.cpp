// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_vault.hpp"

#include "hlx/messages/wire/json.hpp"
#include "hlx/messages/wire/json_text.hpp"
#include "hlx/messages/wire/object_writer.hpp"

namespace hlx::wire {

void append_vault_query(std::string& out, const address& vault) {
  object_writer object{out};
  object.text("type", "vaultDetails");
  object.text("vaultAddress", to_string(vault));
  object.close();
}

vault_answer decode_vault_details(int http_status, std::string_view body) {
  if (http_status != 200)
    return {{}, "HTTP " + std::to_string(http_status) + ": " + excerpt(body)};
  const auto parsed = parse_json(body);
  if (!parsed.value)
    return {{}, "not JSON, " + parsed.error + ": " + excerpt(body)};
  if (parsed.value->is_null())
    return {};
  const auto* leader = parsed.value->find("leader");
  const auto result =
    leader == nullptr ? std::nullopt : parse_bytes<address>(leader->text());
  if (!result)
    return {{}, "no leader in it: " + excerpt(body)};
  return {*result, {}};
}

} // namespace hlx::wire
