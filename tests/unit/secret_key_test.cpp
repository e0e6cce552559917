// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/secret_key.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <type_traits>

using namespace hlx;
using signing::secret_key;

namespace {

constexpr char example[] =
  "0123456789012345678901234567890123456789012345678901234567890123";

/// A directory of this test's own, removed at its end.
struct directory {
  std::filesystem::path path;

  directory() {
    auto name =
      (std::filesystem::temp_directory_path() / "hlx-key-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()));
    path = name;
  }

  ~directory() { std::filesystem::remove_all(path); }

  [[nodiscard]] std::filesystem::path write(const std::string& text,
                                            ::mode_t mode) const {
    const auto file = path / "key";
    std::ofstream{file} << text;
    ::chmod(file.c_str(), mode);
    return file;
  }
};

std::string error_of(const wire::decode_result<secret_key>& result) {
  return result.ok() ? "" : result.error().text;
}

} // namespace

static_assert(!std::is_copy_constructible_v<secret_key>);
static_assert(!std::is_copy_assignable_v<secret_key>);
static_assert(std::is_nothrow_move_constructible_v<secret_key>);

BOOST_FIXTURE_TEST_SUITE(secret_key_suite, directory)

BOOST_AUTO_TEST_CASE(hex_is_read_with_or_without_its_prefix) {
  const auto key = secret_key::from_hex(example);
  BOOST_REQUIRE(key.ok());
  BOOST_TEST(key->bytes()[0] == 0x01);
  BOOST_TEST(key->bytes()[31] == 0x23);
  BOOST_TEST(secret_key::from_hex(std::string{"0x"} + example).ok());
}

BOOST_AUTO_TEST_CASE(what_is_no_key_is_refused_and_never_shown) {
  const std::string order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbf"
                            "d25e8cd0364141";
  for (const auto& text :
       {std::string{}, std::string{"0x12"}, std::string(64, 'g'),
        std::string(64, '0'), order, std::string{example} + "00"}) {
    const auto error = error_of(secret_key::from_hex(text));
    BOOST_TEST(!error.empty());
    BOOST_TEST((text.empty() || error.find(text) == std::string::npos));
  }
}

BOOST_AUTO_TEST_CASE(a_file_of_its_owner_is_read) {
  BOOST_TEST(error_of(secret_key::from_file(write(example, 0600))) == "");
  std::filesystem::remove(path / "key");
  BOOST_TEST(error_of(secret_key::from_file(
               write("0x" + std::string{example} + "\r\n", 0400)))
             == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_use_is_refused) {
  for (const ::mode_t mode : {0640U, 0604U, 0620U, 0644U, 0610U}) {
    const auto error = error_of(secret_key::from_file(write(example, mode)));
    BOOST_TEST(error.find("its mode must be 0600 or stricter")
               != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_link_a_directory_and_a_missing_file_are_refused) {
  const auto file = write(example, 0600);
  std::filesystem::create_symlink(file, path / "link");
  BOOST_TEST(error_of(secret_key::from_file(path / "link"))
               .ends_with("is a symbolic link"));
  BOOST_TEST(
    error_of(secret_key::from_file(path)).ends_with("is not a regular file"));
  BOOST_TEST(error_of(secret_key::from_file(path / "none"))
               .ends_with("No such file or directory"));
  ::mkfifo((path / "fifo").c_str(), 0600);
  BOOST_TEST(error_of(secret_key::from_file(path / "fifo"))
               .ends_with("is not a regular file"));
}

BOOST_AUTO_TEST_CASE(a_file_with_more_than_a_key_is_refused) {
  for (const auto& text : {std::string{}, std::string{example} + "\nmore",
                           std::string(1U << 20U, '0')})
    BOOST_TEST(error_of(secret_key::from_file(write(text, 0600)))
                 .ends_with("a private key is 0x and 64 hex digits"));
}

BOOST_AUTO_TEST_CASE(a_key_leaves_the_environment) {
  ::setenv("HLX_TEST_KEY", example, 1);
  const char* const bytes = std::getenv("HLX_TEST_KEY");
  BOOST_TEST(error_of(secret_key::from_environment("HLX_TEST_KEY")) == "");
  BOOST_TEST(std::getenv("HLX_TEST_KEY") == nullptr);
  BOOST_TEST(bytes[0] == '\0');
  BOOST_TEST(bytes[63] == '\0');
  BOOST_TEST(error_of(secret_key::from_environment("HLX_TEST_KEY"))
             == "environment variable HLX_TEST_KEY: is not set");
}

BOOST_AUTO_TEST_SUITE_END()
