// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

dispatch_options refreshing() {
  dispatch_options result;
  result.refresh_instruments = true;
  return result;
}

struct listing_fixture : dispatch_fixture {
  listing_fixture() : dispatch_fixture(refreshing()) {}

  void submit_in(const char* id, const char* instrument) {
    auto order = terms(id, "1");
    order.instrument = instrument;
    order.price = dec<price>("20");
    submit(std::move(order));
  }

  listing_query asked_listing() {
    return std::get<listing_query>(next<listing_query>().body);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_listings_suite, listing_fixture)

BOOST_AUTO_TEST_CASE(an_instrument_listed_since_the_start_is_learned) {
  submit_in("O-1", "NEW");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(last<order_denied>().reason == "unknown instrument NEW");
  const auto query = next<listing_query>();
  BOOST_CHECK((std::get<listing_query>(query.body) == listing_query{}));
  answer(query, listing_answer{{{.name = "NEW", .asset = 9}}, {}});
  submit_in("O-2", "NEW");
  BOOST_TEST(heard() == "denied submitted");
  BOOST_TEST(std::get<order_action>(requests.at(0).action).orders.at(0).asset
             == 9u);
}

BOOST_AUTO_TEST_CASE(each_kind_has_a_list_of_its_own) {
  submit_in("O-1", "@107");
  BOOST_CHECK(asked_listing().kind == listing_kind::spot);
  submit_in("O-2", "#70");
  BOOST_CHECK(asked_listing().kind == listing_kind::outcomes);
  submit_in("O-3", "xyz:AAPL");
  answer(next<dexes_query>(), dex_names_answer{{"", "abc", "xyz"}});
  const auto query = asked_listing();
  BOOST_TEST(query.dex == "xyz");
  BOOST_TEST(query.dex_index == 2u);
}

BOOST_AUTO_TEST_CASE(a_dex_that_the_venue_lacks_is_a_warning) {
  submit_in("O-1", "xyz:AAPL");
  answer(next<dexes_query>(), dex_names_answer{{"", "abc"}});
  BOOST_REQUIRE_EQUAL(warnings.size(), 1u);
  BOOST_TEST(warnings[0] == "the venue has no dex named 'xyz'");
}

BOOST_AUTO_TEST_CASE(a_list_is_asked_for_once_a_minute) {
  submit_in("O-1", "NEW");
  next<listing_query>();
  submit_in("O-2", "NEWER");
  advance(59'999);
  submit_in("O-3", "NEWER");
  BOOST_TEST(queries.empty());
  advance(1);
  submit_in("O-4", "NEWER");
  next<listing_query>();
}

BOOST_AUTO_TEST_CASE(an_unknown_dex_holds_back_no_other) {
  submit_in("O-1", "bad:AAPL");
  answer(next<dexes_query>(), dex_names_answer{{"", "xyz"}});
  submit_in("O-2", "bad:AAPL");
  BOOST_TEST(queries.empty());
  submit_in("O-3", "xyz:AAPL");
  answer(next<dexes_query>(), dex_names_answer{{"", "xyz"}});
  BOOST_TEST(asked_listing().dex == "xyz");
}

BOOST_AUTO_TEST_CASE(made_up_dexes_are_asked_for_within_a_bound) {
  for (int i = 0; i < 150; ++i) {
    std::string name{"d"};
    name.append(std::to_string(i)).append(":X");
    submit_in(name.c_str(), name.c_str());
  }
  BOOST_TEST(queries.size() == 100u);
  advance(60'000);
  submit_in("O-200", "xyz:AAPL");
  BOOST_TEST(queries.size() == 101u);
}

BOOST_AUTO_TEST_CASE(a_coin_in_a_report_is_looked_up_too) {
  auto report = trade("X-1", 5, 1, "1");
  report.instrument = "NEW";
  frame(report);
  BOOST_TEST(external_fills.size() == 1u);
  next<listing_query>();
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_unless_the_options_say_so) {
  dispatch_fixture x;
  auto order = dispatch_fixture::terms("O-1");
  order.instrument = "NEW";
  x.submit(std::move(order));
  BOOST_TEST(x.heard() == "denied");
  BOOST_TEST(x.queries.empty());
}

BOOST_AUTO_TEST_SUITE_END()
