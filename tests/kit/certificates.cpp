// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <vector>

namespace hlx::kit {

namespace {

struct deleter {
  void operator()(EVP_PKEY* x) const { EVP_PKEY_free(x); }
  void operator()(X509* x) const { X509_free(x); }
  void operator()(X509_EXTENSION* x) const { X509_EXTENSION_free(x); }
  void operator()(std::FILE* x) const { std::fclose(x); }
};

using key_ptr = std::unique_ptr<EVP_PKEY, deleter>;
using certificate_ptr = std::unique_ptr<X509, deleter>;

void require(bool success, const char* what) {
  if (!success)
    throw std::runtime_error(std::string{"test certificates: "} + what);
}

void extend(X509* certificate, int id, const std::string& value) {
  std::unique_ptr<X509_EXTENSION, deleter> extension{
    X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str())};
  require(extension && X509_add_ext(certificate, extension.get(), -1),
          "extension");
}

certificate_ptr make_certificate(const std::string& name, long serial,
                                 EVP_PKEY* key, long secs) {
  certificate_ptr result{X509_new()};
  X509_set_version(result.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(result.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(result.get()),
                  -test_certificates::valid_secs);
  X509_gmtime_adj(X509_getm_notAfter(result.get()), secs);
  X509_set_pubkey(result.get(), key);
  const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
  require(X509_NAME_add_entry_by_txt(X509_get_subject_name(result.get()), "CN",
                                     MBSTRING_ASC, text, -1, -1, 0),
          "name");
  return result;
}

void write_certificate(const std::filesystem::path& path, X509* x) {
  std::unique_ptr<std::FILE, deleter> file{std::fopen(path.c_str(), "w")};
  require(file && PEM_write_X509(file.get(), x), "certificate file");
}

void write_key(const std::filesystem::path& path, EVP_PKEY* x) {
  std::unique_ptr<std::FILE, deleter> file{std::fopen(path.c_str(), "w")};
  require(file
            && PEM_write_PrivateKey(file.get(), x, nullptr, nullptr, 0, nullptr,
                                    nullptr),
          "key file");
}

std::filesystem::path make_directory() {
  auto text = (std::filesystem::temp_directory_path() / "hlx-XXXXXX").string();
  require(mkdtemp(text.data()) != nullptr, "directory");
  return text;
}

} // namespace

test_certificates::test_certificates(const std::string& dns_name, long secs)
  : directory_(make_directory()) {
  const key_ptr ca_key{EVP_EC_gen("P-256")};
  const auto ca = make_certificate("hlx test CA", 1, ca_key.get(), valid_secs);
  X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
  extend(ca.get(), NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(ca.get(), ca_key.get(), EVP_sha256()), "signature");

  const key_ptr key{EVP_EC_gen("P-256")};
  auto names = "DNS:" + dns_name;
  if (dns_name == "localhost")
    names += ",IP:127.0.0.1";
  const auto issue = [&](long serial, long ends_in_secs) {
    auto leaf = make_certificate(dns_name, serial, key.get(), ends_in_secs);
    X509_set_issuer_name(leaf.get(), X509_get_subject_name(ca.get()));
    extend(leaf.get(), NID_subject_alt_name, names);
    require(X509_sign(leaf.get(), ca_key.get(), EVP_sha256()), "signature");
    return leaf;
  };

  write_certificate(ca_file(), ca.get());
  write_certificate(certificate_file(), issue(2, secs).get());
  write_certificate(expired_certificate_file(), issue(3, -1).get());
  write_key(key_file(), key.get());
}

test_certificates::~test_certificates() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::string test_certificates::ca_file() const {
  return directory_ / "ca.pem";
}

std::string test_certificates::certificate_file() const {
  return directory_ / "certificate.pem";
}

std::string test_certificates::expired_certificate_file() const {
  return directory_ / "expired.pem";
}

std::string test_certificates::key_file() const {
  return directory_ / "key.pem";
}

} // namespace hlx::kit
