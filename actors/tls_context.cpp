// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/tls_context.hpp"

#include <openssl/err.h>

#include <string>
#include <utility>

namespace hlx {

namespace {

/// OpenSSL's own words for what went wrong last.
std::string last_words() {
  const auto code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason ? reason : "unknown reason";
}

/// Reads into the context; what is wrong, or nothing.
std::string load(SSL_CTX* context, const node_security& security) {
  // An encrypted key would ask the terminal for its passphrase.
  SSL_CTX_set_default_passwd_cb(context,
                                [](char*, int, int, void*) { return -1; });
  // CAF leaves the version to OpenSSL. From security level 1 on that refuses
  // everything below TLS 1.2.
  if (SSL_CTX_get_min_proto_version(context) < TLS1_2_VERSION
      && SSL_CTX_get_security_level(context) < 1)
    return "the configuration of OpenSSL allows versions below TLS 1.2";
  if (SSL_CTX_use_certificate_chain_file(context,
                                         security.certificate_file.c_str())
      != 1)
    return "certificate_file: cannot read " + security.certificate_file + ": "
           + last_words();
  if (SSL_CTX_use_PrivateKey_file(context, security.key_file.c_str(),
                                  SSL_FILETYPE_PEM)
      != 1)
    return "key_file: cannot use " + security.key_file + ": " + last_words();
  if (SSL_CTX_check_private_key(context) != 1)
    return "key_file: " + security.key_file
           + " is not the key of certificate_file: " + last_words();
  if (SSL_CTX_load_verify_locations(context, security.ca_file.c_str(), nullptr)
      != 1)
    return "ca_file: cannot read " + security.ca_file + ": " + last_words();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     nullptr);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1
      || SSL_CTX_set_cipher_list(context, "HIGH:!aNULL:!MD5") != 1)
    return "OpenSSL cannot be set up for TLS 1.2: " + last_words();
  return {};
}

} // namespace

wire::decode_result<tls_context> load_tls_context(
  const node_security& security) {
  const auto refused = [](std::string text) {
    return wire::decode_error{wire::decode_error::reason::shape,
                              std::move(text)};
  };
  ERR_clear_error();
  tls_context result{SSL_CTX_new(TLS_method())};
  if (!result)
    return refused("OpenSSL does not start: " + last_words());
  if (auto what = load(result.get(), security); !what.empty())
    return refused(std::move(what));
  return result;
}

} // namespace hlx
