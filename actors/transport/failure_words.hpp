// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace hlx::transport {

/// What the libraries say of a socket that cannot connect or listen, in words
/// for a user; `text` itself where it is not known what it means.
std::string failure_words(std::string_view text);

} // namespace hlx::transport
