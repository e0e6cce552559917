// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace hlx::kit {

/// A certificate authority and a server certificate that it signed, made anew
/// in a directory of their own that ends with this object.
class test_certificates {
public:
  /// How long a certificate is valid, from a day before now on.
  static constexpr long valid_secs = 86'400;

  /// The certificate names `dns_name` and, with "localhost", 127.0.0.1 too. It
  /// ends `secs` from now; below 0 it has ended.
  explicit test_certificates(const std::string& dns_name = "localhost",
                             long secs = valid_secs);
  ~test_certificates();
  test_certificates(const test_certificates&) = delete;
  test_certificates& operator=(const test_certificates&) = delete;

  std::string ca_file() const;
  std::string certificate_file() const;
  /// The same certificate, but for its end a second ago. Same key.
  std::string expired_certificate_file() const;
  std::string key_file() const;

private:
  std::filesystem::path directory_;
};

} // namespace hlx::kit
