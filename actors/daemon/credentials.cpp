// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/credentials.hpp"

#include "hlx/messages/wire/json_text.hpp"

#include <fstream>
#include <string>
#include <utility>

namespace hlx::daemon {

namespace {

bool holds_certificate(const std::string& path) {
  std::ifstream in{path};
  for (std::string line; std::getline(in, line);)
    if (line.find("-----BEGIN") != std::string::npos
        && line.find("CERTIFICATE-----") != std::string::npos)
      return true;
  return false;
}

} // namespace

std::shared_ptr<const signing::signer> read_credentials(const run_options& x) {
  const auto& ca_file = x.venue.ca_file;
  if (!ca_file.empty() && !holds_certificate(ca_file))
    throw usage_error{"hlx.ca_file: cannot read a certificate (PEM) from "
                      + wire::quoted(ca_file)};
  auto key = x.key_file.empty()
               ? signing::secret_key::from_environment(x.key_environment)
               : signing::secret_key::from_file(x.key_file);
  if (!key)
    throw usage_error{
      (x.key_file.empty() ? "hlx.key_environment: " : "hlx.key_file: ")
      + key.error().text};
  return std::make_shared<const signing::signer>(std::move(*key));
}

} // namespace hlx::daemon
