// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/error_texts.hpp"
#include "hlx/messages/wire/status_words.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

using namespace hlx;
using namespace hlx::wire;

BOOST_AUTO_TEST_SUITE(venue_words_suite)

BOOST_AUTO_TEST_CASE(status_words_mean_what_they_say) {
  const std::pair<std::string_view, venue_order_status> words[] = {
    {"open", venue_order_status::open},
    {"filled", venue_order_status::filled},
    {"triggered", venue_order_status::triggered},
    {"canceled", venue_order_status::canceled},
    {"marginCanceled", venue_order_status::canceled_by_venue},
    {"scheduledCancel", venue_order_status::canceled_by_venue},
    {"internalCancel", venue_order_status::canceled_by_venue},
    {"rejected", venue_order_status::rejected},
    {"badAloPxRejected", venue_order_status::rejected},
    {"iocCancelRejected", venue_order_status::rejected}};
  for (const auto& [word, status] : words) {
    BOOST_TEST((classify_status(word) == status), word);
    BOOST_TEST(is_known_status(word), word);
  }
}

BOOST_AUTO_TEST_CASE(words_that_no_list_has_are_read_by_their_ending) {
  const std::pair<std::string_view, venue_order_status> words[] = {
    {"", venue_order_status::unknown},
    {"OPEN", venue_order_status::unknown},
    {"canceled ", venue_order_status::unknown},
    {"waitingForFill", venue_order_status::unknown},
    {"cancelledByMoon", venue_order_status::unknown},
    {"moonCanceled", venue_order_status::canceled_by_venue},
    {"moonCancel", venue_order_status::canceled_by_venue},
    {"moonRejected", venue_order_status::rejected}};
  for (const auto& [word, status] : words) {
    BOOST_TEST((classify_status(word) == status), word);
    BOOST_TEST(!is_known_status(word), word);
  }
}

BOOST_AUTO_TEST_CASE(error_texts_are_found_by_their_beginning) {
  const std::pair<std::string_view, venue_error> texts[] = {
    {"Order was never placed, already canceled, or filled. asset=0",
     venue_error::never_placed},
    {"Cannot modify canceled or filled order", venue_error::cannot_modify},
    {"Attempted to modify to invalid new order",
     venue_error::invalid_new_order},
    {"Error placing new order during modify: Post only order would have "
     "immediately matched, bbo was 1@2",
     venue_error::error_placing_new_order},
    {"Post only order would have immediately matched, bbo was "
     "2050.1@2050.2. asset=1",
     venue_error::post_only_would_match},
    {"Order could not immediately match against any resting orders. asset=0",
     venue_error::ioc_no_match},
    {"Order must have minimum value of $10. asset=0",
     venue_error::below_minimum_value},
    {"Order must have minimum value of 10 USDC. asset=10000",
     venue_error::below_minimum_value},
    {"Insufficient margin to place order. asset=0",
     venue_error::insufficient_margin},
    {"Insufficient spot balance asset=10000",
     venue_error::insufficient_balance},
    {"Order would increase open interest too quickly. asset=0",
     venue_error::open_interest_capped},
    {"Order has invalid price.", venue_error::invalid_price},
    {"Order has invalid size.", venue_error::invalid_size},
    {"Order has zero size.", venue_error::zero_size},
    {"Orders are empty.", venue_error::empty_batch},
    {"Invalid nonce: duplicate nonce 5", venue_error::duplicate_nonce},
    {"Invalid nonce: nonce too low 1 < 2", venue_error::nonce_out_of_window},
    {"Action already expired", venue_error::already_expired},
    {"Too many cumulative requests sent (97460 > 97456) for cumulative "
     "volume traded $87457.46.",
     venue_error::too_many_requests},
    {"User or API Wallet 0x12 does not exist.", venue_error::unknown_signer},
    {"L1 error: User or API Wallet 0x12 does not exist.",
     venue_error::unknown_signer},
    {"Must deposit before performing actions. User: 0x12",
     venue_error::must_deposit},
    {"order has invalid price.", venue_error::unknown},
    {"", venue_error::unknown}};
  for (const auto& [text, meaning] : texts)
    BOOST_TEST((classify_error(text) == meaning), text);
}

BOOST_AUTO_TEST_CASE(the_class_tells_what_became_of_the_order) {
  using enum venue_error_class;
  BOOST_TEST((class_of(venue_error::cannot_modify) == target_not_live));
  BOOST_TEST((class_of(venue_error::invalid_new_order) == modify_not_applied));
  BOOST_TEST(
    (class_of(venue_error::error_placing_new_order) == replacement_refused));
  BOOST_TEST((class_of(venue_error::ioc_no_match) == placement_rejected));
  BOOST_TEST((class_of(venue_error::invalid_price) == static_refusal));
  BOOST_TEST((class_of(venue_error::already_expired) == action_refused));
  BOOST_TEST((class_of(venue_error::unknown) == unknown));
}

BOOST_AUTO_TEST_CASE(asset_and_full_stop_are_no_part_of_the_text) {
  BOOST_TEST(strip_asset("Order has invalid price. asset=117")
             == "Order has invalid price");
  BOOST_TEST(strip_asset("Order has invalid price.")
             == "Order has invalid price");
  BOOST_TEST(strip_asset("Insufficient spot balance asset=1")
             == "Insufficient spot balance");
  BOOST_TEST(strip_asset("asset= 7") == "asset= 7");
  BOOST_TEST(strip_asset("No asset=x.") == "No asset=x");
  BOOST_TEST(strip_asset("") == "");
  BOOST_TEST(strip_asset("123") == "123");
}

BOOST_AUTO_TEST_CASE(a_post_only_refusal_is_seen_in_word_text_and_modify) {
  BOOST_TEST(is_post_only_refusal("badAloPxRejected"));
  BOOST_TEST(is_post_only_refusal(
    "Post only order would have immediately matched, bbo was 1@2. asset=0"));
  BOOST_TEST(is_post_only_refusal(
    "Error placing new order during modify: Post only order would have "
    "immediately matched, bbo was 1@2"));
  BOOST_TEST(!is_post_only_refusal("tickRejected"));
  BOOST_TEST(!is_post_only_refusal("Only post-only orders allowed "
                                   "immediately after a network upgrade"));
  BOOST_TEST(placement_reason("Error placing new order during modify: Price")
             == "Price");
  BOOST_TEST(placement_reason("Price") == "Price");
}

BOOST_AUTO_TEST_SUITE_END()
