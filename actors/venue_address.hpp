// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hlx {

/// Where the venue is: one host for `/info`, `/exchange` and `/ws`.
struct venue_address {
  std::string host; ///< Also the name that its certificate must carry.
  std::uint16_t port = 443;
  bool tls = true;
  std::string ca_file; ///< PEM; trusted beside the system's. May be empty.

  friend bool operator==(const venue_address&, const venue_address&) = default;
};

/// Reads "https://host", "http://host:port", "wss://..." or "ws://...": a
/// scheme, a host, perhaps a port; no path, no user.
wire::decode_result<venue_address> parse_url(std::string_view url);

/// "https://host:port"
std::string to_string(const venue_address& x);

} // namespace hlx
