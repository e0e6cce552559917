// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/venue_address.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace hlx {

namespace {

struct scheme {
  std::string_view prefix;
  bool tls;
};

constexpr std::array<scheme, 4> schemes{
  {{"https://", true}, {"http://", false}, {"wss://", true}, {"ws://", false}}};

constexpr std::size_t host_size_max = 253;

wire::decode_error refuse(std::string_view url, std::string_view why) {
  constexpr std::size_t shown_max = 100;
  return {wire::decode_error::reason::shape,
          "the address '" + std::string{url.substr(0, shown_max)} + "' "
            + std::string{why}};
}

bool is_host_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.'
         || c == '-' || c == '_';
}

} // namespace

wire::decode_result<venue_address> parse_url(std::string_view url) {
  const auto* const known =
    std::find_if(schemes.begin(), schemes.end(),
                 [url](const scheme& x) { return url.starts_with(x.prefix); });
  if (known == schemes.end())
    return refuse(url, "does not begin with https:// or http://");
  venue_address result;
  result.tls = known->tls;
  result.port = known->tls ? 443 : 80;
  auto rest = url.substr(known->prefix.size());
  if (rest.ends_with('/'))
    rest.remove_suffix(1);
  const auto colon = rest.find(':');
  result.host = rest.substr(0, colon);
  if (result.host.empty() || result.host.size() > host_size_max
      || !std::all_of(result.host.begin(), result.host.end(),
                      is_host_character))
    return refuse(url, "has no plain host name");
  if (colon != std::string_view::npos) {
    const auto text = rest.substr(colon + 1);
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, result.port);
    if (error != std::errc{} || stop != end || result.port == 0)
      return refuse(url, "has a port that is not a number from 1 to 65535");
  }
  return result;
}

std::string to_string(const venue_address& x) {
  return (x.tls ? "https://" : "http://") + x.host + ':'
         + std::to_string(x.port);
}

} // namespace hlx
