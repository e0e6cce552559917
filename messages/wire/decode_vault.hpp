// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hlx::wire {

/// Who leads a vault, according to `vaultDetails`.
struct vault_answer {
  std::optional<address> leader; ///< Absent: the venue knows no such vault.
  std::string error;             ///< Why nothing could be read.
};

/// Appends the query about one vault.
void append_vault_query(std::string& out, const address& vault);

/// Decodes its answer.
vault_answer decode_vault_details(int http_status, std::string_view body);

} // namespace hlx::wire
