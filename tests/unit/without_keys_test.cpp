// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/without_keys.hpp"

#include <boost/test/unit_test.hpp>

using hlx::signing::without_keys;

BOOST_AUTO_TEST_SUITE(without_keys_suite)

BOOST_AUTO_TEST_CASE(what_may_be_a_key_is_not_shown) {
  const std::string digits(64, '7');
  const std::string hidden{
    "(not shown: 64 characters that may be a private key)"};
  BOOST_TEST(without_keys(digits) == hidden);
  BOOST_TEST(without_keys("no option \"--key=" + digits + "\" is known")
             == "no option \"--key=" + hidden + "\" is known");
  BOOST_TEST(without_keys("0x" + digits + "=5").find(digits)
             == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mistyped_key_is_a_secret_too) {
  std::string mistyped(64, '7');
  mistyped[20] = 'x';
  BOOST_TEST(without_keys(mistyped).find("777") == std::string::npos);
  mistyped.resize(43);
  BOOST_TEST(without_keys(mistyped).find("777") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(addresses_and_words_are_shown) {
  for (const std::string text :
       {"0x14791697260e4c9a71f18484c9f997b308e59325=10, and words", "\xff\n--x",
        ""})
    BOOST_TEST(without_keys(text) == text);
}

BOOST_AUTO_TEST_SUITE_END()
