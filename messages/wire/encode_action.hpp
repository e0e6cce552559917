// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Actions as the venue reads them. Keys come in the venue's canonical order,
/// decimals without trailing zeros, absent options not at all.
namespace hlx::wire {

/// Bytes that are reused from action to action.
using byte_buffer = std::vector<std::uint8_t>;

/// Appends the action as one JSON object.
void append_json(std::string& out, const l1_action& action);
void append_json(std::string& out, const user_signed_action& action);

/// Appends the MessagePack bytes that are hashed and signed: the shortest form
/// of each number, as the venue's own encoder has it.
void append_msgpack(byte_buffer& out, const l1_action& action);

/// The action's `type` on the wire: "order", "cancelByCloid", "withdraw3".
std::string_view wire_name(const l1_action& action);
std::string_view wire_name(const user_signed_action& action);

} // namespace hlx::wire
