// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/account_commands.hpp"
#include "hlx/messages/wire/decode_result.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The subcommands that do something to the account, apart from orders.
namespace hlx::daemon {

/// What `hlx VERB ARGUMENT...` asks for, without the options about venue and
/// key; or what is wrong with it.
wire::decode_result<account_command> read_account_command(
  std::string_view verb, const std::vector<std::string>& arguments);

} // namespace hlx::daemon
