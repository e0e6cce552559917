// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/order_script.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace hlx;

namespace {

struct script_fixture {
  kit::order_script script;

  script_fixture() {
    script.hear(submit_order{{"S-1"},
                             {.client_order_id = {"O-1"},
                              .instrument = "BTC",
                              .quantity = *parse<quantity>("0.02"),
                              .price = *parse<price>("50000")}});
  }

  static std::string names(const kit::order_script::events& events) {
    std::string result;
    for (const auto& x : events)
      result +=
        std::string{result.empty() ? "" : " "} + std::string{name_of(x)};
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(order_script_suite, script_fixture)

BOOST_AUTO_TEST_CASE(what_must_come_before_an_event_comes_with_it) {
  BOOST_TEST(names(script.filled("O-1", "0.005", "49990"))
             == "order_submitted order_accepted order_filled");
  BOOST_TEST(names(script.canceled("O-1")) == "order_canceled");
}

BOOST_AUTO_TEST_CASE(fills_add_up_and_the_last_one_ends_the_order) {
  script.accepted("O-1");
  const auto first = script.filled("O-1", "0.005", "49990");
  BOOST_TEST(!is_terminal(first.back()));
  const auto second = script.filled("O-1", "0.015", "50000");
  BOOST_TEST(is_terminal(second.back()));
  const auto& fill = std::get<order_filled>(second.back());
  BOOST_TEST(to_string(fill.cum_quantity) == "0.02");
  BOOST_TEST(fill.trade_id.value == 2u);
  BOOST_CHECK_THROW(script.canceled("O-1"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_modify_is_updated_or_rejected_as_it_was_asked) {
  script.accepted("O-1");
  script.hear(modify_order{{"S-1"}, {"O-1"}, {}, parse<price>("51000")});
  const auto refused =
    std::get<order_modify_rejected>(script.modify_rejected("O-1", "no").at(0));
  BOOST_TEST(!refused.quantity);
  BOOST_TEST(to_string(*refused.price) == "51000");
  BOOST_CHECK_THROW(script.updated("O-1"), std::invalid_argument);
  script.hear(modify_order{{"S-1"}, {"O-1"}, parse<quantity>("0.03"), {}});
  const auto updated = std::get<order_updated>(script.updated("O-1").at(0));
  BOOST_TEST(to_string(updated.quantity) == "0.03");
  BOOST_TEST(to_string(*updated.price) == "50000");
  BOOST_TEST(updated.venue_order_id.value == 2u);
}

BOOST_AUTO_TEST_CASE(what_cannot_happen_is_an_error) {
  BOOST_CHECK_THROW(script.accepted("O-2"), std::invalid_argument);
  BOOST_CHECK_THROW(script.filled("O-1", "0.123456789", "1"),
                    std::invalid_argument);
  script.accepted("O-1");
  BOOST_CHECK_THROW(script.denied("O-1", "late"), std::invalid_argument);
  BOOST_CHECK_THROW(script.rejected("O-1", "late"), std::invalid_argument);
  BOOST_CHECK_THROW(script.accepted("O-1"), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
