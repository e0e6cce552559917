// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/node_security.hpp"

#include "hlx/actors/tls_context.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <arpa/inet.h>
#include <openssl/ssl.h>

#include <charconv>
#include <ctime>

namespace hlx {

namespace {

wire::decode_error refused(std::string text) {
  return {wire::decode_error::reason::shape, std::move(text)};
}

std::string objection_to_times(const SSL_CTX* context, std::int64_t now_ms) {
  const X509* certificate = SSL_CTX_get0_certificate(context);
  const auto now = static_cast<std::time_t>(now_ms / 1000);
  std::time_t at = now;
  if (X509_cmp_time(X509_get0_notAfter(certificate), &at) <= 0)
    return "has expired";
  at = now;
  if (X509_cmp_time(X509_get0_notBefore(certificate), &at) > 0)
    return "is not valid yet";
  return {};
}

std::string missing(std::string_view option) {
  std::string result{option};
  return result
         + ": missing; links between nodes need certificate_file, "
           "key_file and ca_file, or plaintext on this machine only";
}

} // namespace

wire::decode_result<node_address> parse_node_address(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto complaint = wire::quoted(text)
                         + " is not an address and a port from 0 to 65535, "
                           "like \"127.0.0.1:4242\"";
  if (colon == std::string_view::npos)
    return refused(complaint);
  auto host = text.substr(0, colon);
  const auto number = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    return refused(complaint);
  node_address result{.host = std::string{host}};
  const auto* end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, result.port);
  if (error != std::errc{} || stop != end || host.empty()
      || host.find_first_of(" \t/@[]") != std::string_view::npos)
    return refused(complaint);
  return result;
}

std::string to_string(const node_address& x) {
  const bool numbered = x.host.find(':') != std::string::npos;
  return (numbered ? "[" + x.host + "]" : x.host) + ":"
         + std::to_string(x.port);
}

bool is_loopback(std::string_view host) {
  const std::string text{host};
  ::in_addr v4{};
  if (::inet_pton(AF_INET, text.c_str(), &v4) == 1)
    return ntohl(v4.s_addr) >> 24 == 127;
  return text == "localhost" || text == "::1";
}

std::string objection_to(const node_security& security) {
  if (security.plaintext) {
    if (!security.certificate_file.empty() || !security.key_file.empty()
        || !security.ca_file.empty())
      return "plaintext: excludes certificate_file, key_file and ca_file";
    return {};
  }
  if (security.certificate_file.empty())
    return missing("certificate_file");
  if (security.key_file.empty())
    return missing("key_file");
  if (security.ca_file.empty())
    return missing("ca_file");
  return {};
}

std::string objection_to(const node_security& security, std::string_view host) {
  if (auto what = objection_to(security); !what.empty())
    return what;
  if (security.plaintext && !is_loopback(host))
    return "plaintext: only on this machine, and " + wire::quoted(host)
           + " is none of \"localhost\", 127.0.0.0/8 and ::1";
  return {};
}

std::string objection_to_files(const node_security& security,
                               std::int64_t now_ms) {
  if (security.plaintext)
    return {};
  const auto context = load_tls_context(security);
  if (!context)
    return context.error().text;
  if (const auto what = objection_to_times(context->get(), now_ms);
      !what.empty())
    return "certificate_file: " + security.certificate_file + " " + what;
  return {};
}

} // namespace hlx
