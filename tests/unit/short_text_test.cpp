// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/ids.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(short_text_test)

using hlx::short_text;

BOOST_AUTO_TEST_CASE(text_of_any_length_is_kept) {
  for (const std::size_t size :
       {0u, 1u, 30u, 31u, 32u, 33u, 255u, 1'000'000u}) {
    const std::string text(size, 'x');
    const short_text kept{text};
    BOOST_TEST(kept.size() == size);
    BOOST_TEST((kept.view() == text));
    BOOST_TEST(kept.empty() == text.empty());
  }
}

BOOST_AUTO_TEST_CASE(copies_and_moves_are_independent_of_their_source) {
  const std::string texts[] = {"", "S-1-20261125-0000001", std::string(40, 'a'),
                               std::string(50, 'b')};
  for (const auto& from : texts)
    for (const auto& to : texts) {
      short_text source{from};
      short_text copy{to};
      copy = source;
      BOOST_TEST((copy.view() == from));
      short_text moved{to};
      moved = std::move(source);
      BOOST_TEST((moved.view() == from));
      source = to;
      BOOST_TEST((source.view() == to));
      BOOST_TEST((copy.view() == from));
      short_text made{std::move(source)};
      BOOST_TEST((made.view() == to));
      made.clear();
      BOOST_TEST(made.empty());
    }
}

BOOST_AUTO_TEST_CASE(an_assignment_to_itself_changes_nothing) {
  for (const auto& text : {std::string(20, 'c'), std::string(40, 'd')}) {
    short_text x{text};
    const auto& same = x;
    x = same;
    BOOST_TEST((x.view() == text));
  }
}

BOOST_AUTO_TEST_CASE(texts_compare_as_bytes) {
  const short_text small{"a"};
  const short_text large{std::string(40, 'a')};
  BOOST_TEST((small == "a"));
  BOOST_TEST((small != large));
  BOOST_TEST((small < large));
  BOOST_TEST((large < "b"));
  BOOST_TEST((large == std::string(40, 'a')));
  BOOST_TEST("id " + small + "." == "id a.");
}

BOOST_AUTO_TEST_SUITE_END()
