// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/socket_server.hpp"

#include <libwebsockets.h>

#include <cstddef>
#include <string>
#include <string_view>

/// What the head of a request says, while libwebsockets has it: for the .cpp
/// files of this folder only.
namespace hlx::transport {

/// Empty when it is not there.
std::string header_of(lws* wsi, lws_token_indexes token);

/// Empty for one that is not known.
std::string_view method_of(lws* wsi);

bool has_body(const http_request& x);

/// Why a request cannot be read; status 0 when it can.
struct head_refusal {
  unsigned status = 0;
  std::string_view text;
};

/// Whether the head is too long. Headers that libwebsockets has no name for do
/// not count.
head_refusal check_head(lws* wsi, std::string_view path);

/// Whether a body comes whose length is known, and at most `bytes_max`.
head_refusal check_length(lws* wsi, std::size_t bytes_max);

} // namespace hlx::transport
