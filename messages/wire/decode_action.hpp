// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/wire/decode_result.hpp"
#include "hlx/messages/wire/json.hpp"

#include <string_view>
#include <variant>

/// JSON text to typed actions: the venue's half, and `hlx sign`.
namespace hlx::wire {

using any_action = std::variant<l1_action, user_signed_action>;

struct decode_options {
  /// Keys that an order object does not know are ignored, as the venue does.
  bool ignore_unknown_order_keys = false;
};

/// Reads an action. Key order is free. Refused: an unknown `type`, unknown,
/// missing and repeated keys, wrong types, integers beyond their range,
/// decimals that are not plain or have a ninth digit, negative prices and
/// sizes, cloids and addresses of another length. Null counts as absent for an
/// optional key.
decode_result<any_action> decode_action(const json& node,
                                        const decode_options& options = {});
decode_result<any_action> decode_action(std::string_view text,
                                        const decode_options& options = {});

} // namespace hlx::wire
