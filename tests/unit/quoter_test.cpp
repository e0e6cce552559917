// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/quoter.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using daemon::quoter;
using daemon::quoter_command;

namespace {

quantity size(const char* text) {
  return *parse<quantity>(text);
}

price px(const char* text) {
  return *parse<price>(text);
}

daemon::quoter_settings example() {
  return {.strategy = {"Q"},
          .instrument = "BTC",
          .quote_size = size("0.01"),
          .position_max = size("0.02"),
          .loss_max = *parse<amount>("50"),
          .spread_bps = 10,
          .requote_bps = 3,
          .id_prefix = "run1-"};
}

struct fixture {
  quoter q{example(), {}};

  std::vector<quoter_command> book(const char* bid, const char* ask) {
    return q.on_prices({px(bid), px(ask), std::nullopt});
  }

  static event_header header(const char* id) {
    return {.strategy = {"Q"}, .client_order_id = {id}};
  }

  std::vector<quoter_command> accept(const char* id, const char* at) {
    return q.on_event(order_accepted{.header = header(id), .price = px(at)});
  }

  std::vector<quoter_command> fill(const char* id, order_side side,
                                   const char* quantity, const char* at) {
    return q.on_event(order_filled{.header = header(id),
                                   .side = side,
                                   .quantity = size("0.01"),
                                   .last_quantity = size(quantity),
                                   .last_price = px(at),
                                   .cum_quantity = size(quantity)});
  }

  std::vector<quoter_command> reject(const char* id, bool post_only) {
    return q.on_event(order_rejected{
      .header = header(id), .reason = "because", .due_post_only = post_only});
  }
};

const submit_order& submit(const quoter_command& x) {
  return std::get<submit_order>(x);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(quoter_suite, fixture)

BOOST_AUTO_TEST_CASE(both_sides_of_the_mid_are_quoted_post_only) {
  const auto commands = book("59990", "60010");
  BOOST_REQUIRE(commands.size() == 2U);
  const auto& buy = submit(commands[0]).order;
  BOOST_TEST((buy.side == order_side::buy));
  BOOST_TEST(to_string(*buy.price) == "59940");
  BOOST_TEST(to_string(buy.quantity) == "0.01");
  BOOST_TEST(buy.post_only);
  BOOST_TEST(buy.client_order_id.value == "run1-1");
  const auto& sell = submit(commands[1]).order;
  BOOST_TEST((sell.side == order_side::sell));
  BOOST_TEST(to_string(*sell.price) == "60060");
  BOOST_TEST(sell.client_order_id.value == "run1-2");
  BOOST_TEST(book("59990", "60010").empty());
}

BOOST_AUTO_TEST_CASE(a_quote_moves_only_when_it_is_off_by_more_than_allowed) {
  book("59990", "60010");
  accept("run1-1", "59940");
  accept("run1-2", "60060");
  BOOST_TEST(book("60000", "60020").empty()); // 1.7 basis points
  const auto commands = book("60100", "60120");
  BOOST_REQUIRE(commands.size() == 2U);
  const auto& modify = std::get<modify_order>(commands[0]);
  BOOST_TEST(modify.client_order_id.value == "run1-1");
  BOOST_TEST(to_string(*modify.price) == "60049.89");
  BOOST_TEST(!modify.quantity.has_value());
  BOOST_TEST(book("60200", "60220").empty()); // both are on their way
  q.on_event(order_updated{.header = header("run1-1"), .price = px("60049")});
  BOOST_TEST(book("60200", "60220").size() == 1U);
  q.on_event(order_modify_rejected{.header = header("run1-2")});
  BOOST_TEST(book("60200", "60220").size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_position_never_passes_its_limit) {
  book("59990", "60010");
  fill("run1-1", order_side::buy, "0.01", "59940");
  auto commands = book("59990", "60010");
  BOOST_REQUIRE(commands.size() == 1U); // one more buy fits
  fill("run1-3", order_side::buy, "0.01", "59940");
  BOOST_TEST(to_string(q.position()) == "0.02");
  BOOST_TEST(book("59990", "60010").empty());
  fill("run1-2", order_side::sell, "0.01", "60060");
  BOOST_TEST(book("59990", "60010").size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_the_account_held_before_counts_for_the_limit) {
  q = quoter{example(), *parse<amount>("-0.02")};
  const auto commands = book("59990", "60010");
  BOOST_REQUIRE(commands.size() == 1U);
  BOOST_TEST((submit(commands[0]).order.side == order_side::buy));
  BOOST_TEST((q.profit() == wide_integer{0}));
}

BOOST_AUTO_TEST_CASE(a_loss_beyond_the_limit_ends_the_quoting) {
  book("59990", "60010");
  accept("run1-2", "60060");
  fill("run1-1", order_side::buy, "0.01", "59940");
  BOOST_TEST(q.halt_reason().empty());
  const auto commands = book("54900", "54920"); // 0.01 * 5030 = 50.3 down
  BOOST_TEST(q.halt_reason() == "the loss exceeds 50");
  BOOST_REQUIRE(commands.size() == 1U);
  BOOST_TEST(std::get<cancel_order>(commands[0]).client_order_id.value
             == "run1-2");
  BOOST_TEST(!q.idle());
  q.on_event(order_canceled{.header = header("run1-2")});
  BOOST_TEST(q.idle());
  BOOST_TEST(book("59990", "60010").empty());
}

BOOST_AUTO_TEST_CASE(fees_count_as_loss) {
  book("59990", "60010");
  q.on_event(order_filled{.header = header("run1-1"),
                          .side = order_side::buy,
                          .quantity = size("0.01"),
                          .last_quantity = size("0.01"),
                          .last_price = px("60000"),
                          .cum_quantity = size("0.01"),
                          .commission = *parse<amount>("50.5")});
  BOOST_TEST(q.halt_reason() == "the loss exceeds 50");
}

BOOST_AUTO_TEST_CASE(refusals_in_a_row_end_the_quoting_but_not_post_only_ones) {
  const char* ids[] = {"run1-1", "run1-3", "run1-4", "run1-5", "run1-6"};
  book("59990", "60010");
  for (const auto* id : ids) {
    reject(id, true);
    book("59990", "60010");
  }
  BOOST_TEST(q.halt_reason().empty());
  const char* more[] = {"run1-7", "run1-8", "run1-9", "run1-10", "run1-11"};
  for (const auto* id : more) {
    reject(id, false);
    book("59990", "60010");
  }
  BOOST_TEST(q.halt_reason() == "5 refusals in a row, the last: because");
}

BOOST_AUTO_TEST_CASE(an_unknown_signer_ends_the_quoting_with_a_hint) {
  book("59990", "60010");
  q.on_event(
    order_rejected{.header = header("run1-1"),
                   .reason = "User or API Wallet 0x12 does not exist."});
  BOOST_TEST(q.halt_reason().starts_with(
    "User or API Wallet 0x12 does not exist. (Does the address differ"));
  BOOST_TEST(q.halt_reason().find("wrong network") != std::string::npos);
  BOOST_TEST(daemon::hint_about("because").empty());
}

BOOST_AUTO_TEST_CASE(a_size_that_the_venue_refuses_names_the_option) {
  const auto known = default_instruments();
  const auto& btc = *known.find("BTC");
  BOOST_TEST(daemon::objection_to_size(btc, size("0.001"), px("60000")) == "");
  BOOST_TEST(daemon::objection_to_size(btc, size("0.00001"), {}) == "");
  BOOST_TEST(daemon::objection_to_size(btc, size("0.000001"), {})
             == "quoter.quote_size: 0.000001 is no multiple of 0.00001, the "
                "smallest step of BTC");
  BOOST_TEST(daemon::objection_to_size(btc, size("0.0001"), px("60000"))
             == "quoter.quote_size: 0.0001 BTC is worth less than the venue's "
                "minimum of 10 USDC at the mid price 60000");
}

BOOST_AUTO_TEST_CASE(nothing_is_placed_while_the_stream_is_down) {
  q.on_stream(false);
  BOOST_TEST(book("59990", "60010").empty());
  q.on_stream(true);
  BOOST_TEST(book("59990", "60010").size() == 2U);
}

BOOST_AUTO_TEST_CASE(without_a_book_the_venues_mid_price_is_quoted_around) {
  const auto commands = q.on_prices({std::nullopt, std::nullopt, px("60000")});
  BOOST_REQUIRE(commands.size() == 2U);
  BOOST_TEST(to_string(*submit(commands[0]).order.price) == "59940");
  BOOST_TEST(to_string(*submit(commands[1]).order.price) == "60060");
  BOOST_TEST(q.pause_reason() == "");
  // A whole book says more than the venue's mid price.
  BOOST_TEST(q.on_prices({px("59990"), px("60010"), px("1")}).empty());
}

BOOST_AUTO_TEST_CASE(it_says_why_it_quotes_nothing) {
  BOOST_TEST(q.on_prices({px("59990"), std::nullopt, std::nullopt}).empty());
  BOOST_TEST(q.pause_reason()
             == "the book of BTC lacks a side, and the venue tells no mid "
                "price of it");
  q.on_stream(false);
  BOOST_TEST(book("59990", "60010").empty());
  BOOST_TEST(q.pause_reason() == "the user stream is down");
  q.on_stream(true);
  BOOST_TEST(book("59990", "60010").size() == 2U);
  BOOST_TEST(q.pause_reason() == "");
}

BOOST_AUTO_TEST_CASE(quotes_go_when_there_is_no_price) {
  book("59990", "60010");
  const auto commands = q.on_prices({px("59990"), std::nullopt, std::nullopt});
  BOOST_TEST(commands.size() == 2U);
  q.on_event(order_canceled{.header = header("run1-1")});
  q.on_event(order_canceled{.header = header("run1-2")});
  BOOST_TEST(book("59990", "60010").size() == 2U);
}

BOOST_AUTO_TEST_CASE(stopping_cancels_everything_once_and_waits) {
  book("59990", "60010");
  const auto commands = q.stop();
  BOOST_REQUIRE(commands.size() == 1U);
  BOOST_TEST((std::get<cancel_all>(commands[0]).strategy.value == "Q"));
  BOOST_TEST(book("59990", "60010").empty());
  q.on_event(order_canceled{.header = header("run1-1")});
  BOOST_TEST(!q.idle());
  // A refused cancel is tried again with the next book.
  BOOST_TEST(
    q.on_event(order_cancel_rejected{.header = header("run1-2")}).empty());
  BOOST_TEST(book("59990", "60010").size() == 1U);
  fill("run1-2", order_side::sell, "0.01", "60060");
  BOOST_TEST(q.idle());
  BOOST_TEST(q.fills() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
