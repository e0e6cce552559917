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
  vault_answer result;
  const auto details = read_answer(http_status, body, result.error);
  if (!details || details->is_null())
    return result;
  if (const auto* leader = details->find("leader"))
    result.leader = parse_bytes<address>(leader->text());
  if (!result.leader)
    result.error = "no leader in it: " + excerpt(body);
  return result;
}

} // namespace hlx::wire
