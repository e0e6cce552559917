// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

struct spot_desk : desk {
  std::string balance(const address& user, std::string_view coin) const {
    for (const auto& x : v.spot_balances(user))
      if (x.coin == coin)
        return to_string(x.total) + " hold " + to_string(x.hold);
    return "none";
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_spot_suite, spot_desk)

BOOST_AUTO_TEST_CASE(a_pair_without_a_name_moves_its_own_tokens) {
  v.fund_spot(alice, "USDC", decimal<amount>("1000"), now);
  v.fund_spot(bob, "HFUN", decimal<amount>("50"), now);
  BOOST_TEST(place(bob, sell("20.005", "1.1", hfun))
             == "error Order has invalid size.");
  BOOST_TEST(place(bob, sell("20.5", "1.1", hfun)) == "resting 1001");
  BOOST_TEST(balance(bob, "HFUN") == "50 hold 20.5");
  BOOST_TEST(place(alice, ioc(buy("10", "1.1", hfun))) == "filled 10@1.1 1002");
  const auto& fill = blocks.back().fills.front();
  BOOST_TEST(fill.coin == "@1");
  BOOST_TEST(fill.fee_token == "HFUN");
  BOOST_TEST(balance(alice, "HFUN") == "9.993 hold 0");
  BOOST_TEST(balance(alice, "USDC") == "989 hold 0");
  BOOST_TEST(balance(bob, "HFUN") == "40 hold 10.5");
  BOOST_TEST(balance(bob, "PURR") == "none");
}

BOOST_AUTO_TEST_SUITE_END()
