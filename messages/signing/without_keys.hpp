// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace hlx::signing {

/// A text for a terminal or a log: what may be a private key in it, any word
/// that is longer than an address, is left out.
std::string without_keys(std::string_view text);

} // namespace hlx::signing
