// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace hlx::wire {

/// Appends `text` as a JSON string, quoted and escaped. Bytes above 0x7f pass
/// as they are: the caller answers for UTF-8.
void append_json_string(std::string& out, std::string_view text);

} // namespace hlx::wire
