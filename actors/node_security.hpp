// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Who may talk to this process, and to whom it talks. All of it is decided
/// here: CAF would connect anonymously where a certificate is missing.
namespace hlx {

/// Both ends of a link show a certificate that the other one's authorities
/// vouch for. Names in certificates are not looked at: whoever has a
/// certificate of the authority is trusted.
struct node_security {
  std::string certificate_file; ///< PEM, with the chain up to the authority.
  std::string key_file;         ///< PEM.
  std::string ca_file;          ///< PEM; the authorities that vouch for peers.
  /// No encryption and no proof of who it is: on this machine only.
  bool plaintext = false;
};

/// One end of a link.
struct node_address {
  std::string host; ///< A name or a number.
  std::uint16_t port = 0;

  friend bool operator==(const node_address&, const node_address&) = default;
};

/// Reads "host:port" or "[::1]:port".
wire::decode_result<node_address> parse_node_address(std::string_view text);

std::string to_string(const node_address& x);

/// Whether the address can only be this machine: "localhost", 127.x.y.z, ::1.
bool is_loopback(std::string_view host);

/// Why links cannot be secured so, in a sentence that names the option; empty
/// when they can. Without plaintext a certificate, its key and an authority
/// are needed.
std::string objection_to(const node_security& security);

/// The same of listening at, or connecting to, `host`.
std::string objection_to(const node_security& security, std::string_view host);

/// The same of what the three files hold: they can be read, the key is the
/// certificate's, and the certificate is valid at `now_ms` (Unix ms). Nothing
/// is read for plaintext.
std::string objection_to_files(const node_security& security,
                               std::int64_t now_ms);

} // namespace hlx
