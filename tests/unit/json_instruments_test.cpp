// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_instruments.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

BOOST_AUTO_TEST_SUITE(json_instruments_suite)

BOOST_AUTO_TEST_CASE(perps_are_numbered_with_delisted_ones_counted) {
  const auto answer = decode_meta(200, golden_frame("meta"));
  BOOST_TEST(answer.error.empty());
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.instruments.size() == 3u);
  instrument btc;
  btc.name = "BTC";
  btc.asset = 0;
  btc.kind = market_kind::perp;
  btc.size_decimals = 5;
  btc.max_leverage = 40;
  BOOST_TEST((answer.instruments[0] == btc));
  BOOST_TEST(answer.instruments[1].delisted);
  BOOST_TEST(answer.instruments[2].asset == 2u);
  BOOST_TEST(answer.instruments[2].only_isolated);
}

BOOST_AUTO_TEST_CASE(an_entry_that_cannot_be_read_still_counts) {
  for (const std::string broken : {R"("szDecimals":"1")", R"("szDecimals":-1)",
                                   R"("szDecimals":9)", R"("x":1)"}) {
    const auto answer =
      decode_meta(200, with(golden_frame("meta"), "\"szDecimals\":1", broken));
    BOOST_REQUIRE(answer.instruments.size() == 2u);
    BOOST_TEST(answer.instruments[1].name == "SOL");
    BOOST_TEST(answer.instruments[1].asset == 2u);
    BOOST_REQUIRE(answer.warnings.size() == 1u);
    BOOST_TEST(answer.warnings[0].starts_with("meta element 1: no instrument"));
  }
}

BOOST_AUTO_TEST_CASE(spot_pairs_are_numbered_by_their_own_index) {
  const auto answer = decode_spot_meta(200, golden_frame("spot_meta"));
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.instruments.size() == 2u);
  BOOST_TEST(answer.instruments[0].name == "PURR/USDC");
  BOOST_TEST(answer.instruments[0].asset == 10'000u);
  BOOST_TEST((answer.instruments[0].kind == market_kind::spot));
  BOOST_TEST(answer.instruments[0].size_decimals == 0);
  BOOST_TEST(answer.instruments[0].quote == "USDC");
  // Tokens are found by their index, not by their position.
  BOOST_TEST(answer.instruments[1].name == "@107");
  BOOST_TEST(answer.instruments[1].asset == 10'107u);
  BOOST_TEST(answer.instruments[1].size_decimals == 2);
  BOOST_TEST(answer.instruments[1].quote == "PURR");
}

BOOST_AUTO_TEST_CASE(a_pair_of_an_unknown_token_is_a_warning) {
  const auto answer =
    decode_spot_meta(200, with(golden_frame("spot_meta"), "[5,1]", "[6,1]"));
  BOOST_TEST(answer.instruments.size() == 1u);
  BOOST_TEST(answer.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(dexes_are_named_and_the_first_has_none) {
  const auto dexes = decode_perp_dexs(200, golden_frame("perp_dexs"));
  BOOST_TEST(dexes.error.empty());
  BOOST_REQUIRE(dexes.names.size() == 2u);
  BOOST_TEST(dexes.names[0].empty());
  BOOST_TEST(dexes.names[1] == "xyz");
}

BOOST_AUTO_TEST_CASE(builder_perps_are_numbered_by_dex) {
  const auto answer = decode_meta(200, golden_frame("meta_xyz"), "xyz", 1);
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.instruments.size() == 1u);
  BOOST_TEST(answer.instruments[0].name == "xyz:AAPL");
  BOOST_TEST(answer.instruments[0].asset == 110'000u);
  BOOST_TEST((answer.instruments[0].kind == market_kind::builder_perp));
  BOOST_TEST(answer.instruments[0].dex == "xyz");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_error_with_the_text) {
  BOOST_TEST(decode_meta(200, "{}").error == "meta has no universe: {}");
  BOOST_TEST(decode_meta(500, "null").error == "HTTP 500: null");
  BOOST_TEST(decode_spot_meta(200, "{\"universe\":[]}").error
             == "spotMeta has no universe or no tokens: {\"universe\":[]}");
  BOOST_TEST(decode_perp_dexs(200, "[]").error == "perpDexs is no list: []");
  BOOST_TEST(!decode_meta(200, "{").error.empty());
}

BOOST_AUTO_TEST_CASE(each_side_of_an_outcome_is_an_instrument) {
  const auto answer = decode_outcome_meta(
    200, R"({"outcomes":[{"outcome":7,"name":"n","sideSpecs":)"
         R"([{"name":"Yes"},{"name":"No"}],"quoteToken":"USDH"},)"
         R"({"outcome":-1,"sideSpecs":[{"name":"Yes"}]},{"outcome":8}],)"
         R"("questions":[]})");
  BOOST_TEST(answer.error.empty());
  BOOST_REQUIRE(answer.instruments.size() == 2u);
  BOOST_TEST(answer.instruments[0].name == "#70");
  BOOST_TEST(answer.instruments[0].asset == 100'000'070u);
  BOOST_TEST((answer.instruments[0].kind == market_kind::outcome));
  BOOST_TEST(answer.instruments[0].size_decimals == 0);
  BOOST_TEST(answer.instruments[0].quote == "USDH");
  BOOST_TEST(answer.instruments[1].name == "#71");
  BOOST_TEST(answer.instruments[1].asset == 100'000'071u);
  BOOST_REQUIRE(answer.warnings.size() == 2u);
  BOOST_TEST(
    answer.warnings[0].starts_with("outcomeMeta element 1: no instrument"));
  BOOST_TEST(decode_outcome_meta(200, "{}").error
             == "outcomeMeta has no outcomes: {}");
}

BOOST_AUTO_TEST_SUITE_END()
