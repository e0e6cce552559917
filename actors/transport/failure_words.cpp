// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/failure_words.hpp"

#include <array>
#include <utility>

namespace hlx::transport {

namespace {

constexpr std::string_view untrusted =
  "no trusted authority vouches for the certificate; a CA file names one "
  "beside the system's";

constexpr std::string_view wrong_host = "the certificate is for another host";

/// A part of what the libraries say, and what it means. The first that is found
/// counts: what a certificate is refused for comes with a failed handshake.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14>
  meanings{
    {{"err=9;", "the certificate is not valid yet"},
     {"err=10;", "the certificate has expired"},
     {"err=18;", untrusted},
     {"err=19;", untrusted},
     {"err=20;", untrusted},
     {"err=21;", untrusted},
     {"err=62;", wrong_host},
     {"err=64;", wrong_host},
     {"connect SSL err",
      "no TLS connection comes about; does the port serve TLS?"},
     {"(-1 98)", "the port is in use"},
     {"(-1 13)", "this user may not listen on the port"},
     {"key values mismatch", "the private key is not that of the certificate"},
     {"problem getting cert", "the certificate cannot be read"},
     {"problem getting key", "the private key cannot be read"}}};

/// The reason in "SSL error: REASON (preverify..": empty when there is none.
std::string_view certificate_error(std::string_view text) {
  constexpr std::string_view begin = "SSL error: ";
  const auto at = text.find(begin);
  if (at == std::string_view::npos)
    return {};
  text.remove_prefix(at + begin.size());
  return text.substr(0, text.find(" (preverify"));
}

} // namespace

std::string failure_words(std::string_view text) {
  for (const auto& [part, meaning] : meanings) {
    if (text.find(part) == std::string_view::npos)
      continue;
    std::string result{meaning};
    if (const auto reason = certificate_error(text); !reason.empty())
      result.append(" (").append(reason).append(")");
    return result;
  }
  return std::string{text};
}

} // namespace hlx::transport
