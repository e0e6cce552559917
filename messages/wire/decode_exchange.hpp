// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"

#include <string_view>

namespace hlx::wire {

/// Decodes the answer to an exchange request. What cannot be read, and every
/// HTTP status that says nothing about the action, is kind `none` with a text
/// that says why. An element that cannot be read does not take its neighbours
/// with it.
exchange_reply decode_exchange(int http_status, std::string_view body);

/// Decodes what the venue answers over the WebSocket in place of a reply:
/// "422 Unprocessable Entity: ...". Read as the HTTP status it begins with.
exchange_reply decode_post_error(std::string_view text);

} // namespace hlx::wire
