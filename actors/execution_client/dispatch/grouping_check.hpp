// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/commands.hpp"
#include "hlx/messages/instruments.hpp"

#include <string>
#include <vector>

namespace hlx {

/// What is wrong with each order of the list under the list's grouping, and
/// what is allowed; empty where nothing is.
std::vector<std::string> check_grouping(const instrument_table& known,
                                        const submit_list& list);

} // namespace hlx
