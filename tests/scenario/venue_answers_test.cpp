// SPDX-License-Identifier: BSD-3-Clause
#include "tests/scenario/script_lines.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Everything that the venue is known to say of orders, and the events that
/// each word becomes: tables, one run of the real client actor a row. What its
/// other frames say is in venue_frames_test.cpp.
using namespace hlx::scenario;

namespace {

using lines = std::vector<std::string>;

/// How many queries of the type left.
std::size_t asked(const std::vector<hlx::wire::json>& out,
                  std::string_view type) {
  std::size_t result = 0;
  for (const auto& line : out) {
    const auto* query = line.find("info");
    if (query != nullptr && query->find("type")->text() == type)
      ++result;
  }
  return result;
}

/// A resting order, its modify answered with an error.
lines modify_refused(std::string_view text) {
  return resting_then(
    {at(1'000, modify("65010")), at(1'400, reply(2, error(text)))});
}

/// The answer to a request as JSON.
line_body body(int request, int status, std::string_view json) {
  return R"("reply":)" + std::to_string(request) + R"(,"status":)"
         + std::to_string(status) + R"(,"body":)" + std::string{json};
}

line_body whole_error(int request, std::string_view text) {
  return body(request, 200,
              R"({"status":"err","response":")" + std::string{text} + R"("})");
}

line_body answer_of(int request, std::string_view response) {
  return body(request, 200,
              R"({"status":"ok","response":)" + std::string{response} + "}");
}

constexpr auto never_known =
  "rejected never placed: the venue does not know the order";

// -- status words -------------------------------------------------------------

struct word_row {
  std::string word;
  std::string first;   ///< When it is the first that is heard of the order.
  std::string resting; ///< When the order was known to rest.
};

std::vector<word_row> status_words() {
  std::vector<word_row> rows{
    {"open", "accepted 1001", "accepted 1001"},
    {"filled", "accepted 1001", "accepted 1001"},
    {"triggered", "accepted 1001", "accepted 1001"},
    {"waitingForFill", "", "accepted 1001"},
    {"waitingForTrigger", "", "accepted 1001"},
    {"frobnicated", "", "accepted 1001"},
  };
  for (const auto* word :
       {"canceled", "marginCanceled", "vaultWithdrawalCanceled",
        "openInterestCapCanceled", "selfTradeCanceled", "reduceOnlyCanceled",
        "siblingFilledCanceled", "delistedCanceled", "liquidatedCanceled",
        "outcomeSettledCanceled", "scheduledCancel", "internalCancel",
        "perpMaxPositionCanceled", "nobodyKnowsWhyCanceled",
        "nobodyKnowsWhyCancel"}) {
    const auto both = std::string{"accepted 1001; canceled 1001 "} + word;
    rows.push_back({word, both, both});
  }
  for (const auto* word :
       {"rejected", "tickRejected", "minTradeNtlRejected", "perpMarginRejected",
        "reduceOnlyRejected", "badAloPxRejected", "iocCancelRejected",
        "badTriggerPxRejected", "marketOrderNoLiquidityRejected",
        "positionIncreaseAtOpenInterestCapRejected",
        "positionFlipAtOpenInterestCapRejected",
        "tooAggressiveAtOpenInterestCapRejected",
        "openInterestIncreaseRejected", "insufficientSpotBalanceRejected",
        "oracleRejected", "perpMaxPositionRejected",
        "tooManyOpenOrdersRejected", "outcomeSettledRejected",
        "nobodyKnowsWhyRejected"})
    rows.push_back({word, std::string{"rejected "} + word,
                    std::string{"accepted 1001; canceled 1001 "} + word});
  return rows;
}

// -- error texts --------------------------------------------------------------

/// What a text in a modify's answer says about the old leg.
enum class old_leg { untouched, gone, in_doubt };

struct text_row {
  std::string_view text;
  old_leg after_modify = old_leg::in_doubt;
  bool due_post_only = false;
};

using enum old_leg;

constexpr text_row error_texts[]{
  // Elements of orders that reached the matching engine.
  {"Price must be divisible by tick size. asset=0"},
  {"Order must have minimum value of $10. asset=0"},
  {"Order must have minimum value of 10 USDC. asset=0"},
  {"Insufficient margin to place order. asset=0"},
  {"Reduce only order would increase position. asset=0"},
  {"Post only order would have immediately matched, bbo was "
   "2050.1@2050.2. asset=0",
   in_doubt, true},
  {"Order could not immediately match against any resting orders. asset=0"},
  {"Invalid TP/SL price. asset=0"},
  {"No liquidity available for market order. asset=0"},
  {"Order would increase open interest while open interest is capped. "
   "asset=0"},
  {"Order rejected due to price more aggressive than oracle while at open "
   "interest cap. asset=0"},
  {"Order would increase open interest too quickly. asset=0"},
  {"Insufficient spot balance asset=0"},
  {"Order has insufficient spot balance to trade."},
  {"Price too far from oracle asset=0"},
  {"Order price too far from oracle."},
  {"Order would cause position to exceed margin tier limit at current "
   "leverage. asset=0"},
  {"Insufficient delegatable balance for priority order"},
  {"Too many open orders"},
  // The whole batch, before it is looked at.
  {"Orders are empty.", untouched},
  {"Order has invalid price.", untouched},
  {"Order has invalid size.", untouched},
  {"Order has zero size.", untouched},
  {"Order price cannot be more than 80% away from the reference price",
   untouched},
  {"Unexpected number of trigger orders", untouched},
  // The venue's state, or the account's.
  {"Only post-only orders allowed immediately after a network upgrade"},
  {"Trading is halted."},
  {"Builder fee has not been approved"},
  // Of modifies.
  {"Cannot modify canceled or filled order"},
  {"Attempted to modify to invalid new order", untouched},
  {"Error placing new order during modify: Post only order would have "
   "immediately matched, bbo was 2050.1@2050.2",
   gone, true},
  {"Error placing new order during modify: Insufficient margin to place "
   "order.",
   gone},
  // Of actions as a whole.
  {"User or API Wallet 0x0000000000000000000000000000000000000001 does not "
   "exist.",
   untouched},
  {"L1 error: User or API Wallet 0x0000000000000000000000000000000000000001 "
   "does not exist.",
   untouched},
  {"Must deposit before performing actions. User: "
   "0x0000000000000000000000000000000000000001",
   untouched},
  {"Unable to recover signer.", untouched},
  {"Invalid nonce: duplicate nonce 1790000000000", untouched},
  {"Invalid nonce: nonce too low 1 < 2", untouched},
  {"Invalid nonce: nonce too high 2 > 1", untouched},
  {"Action already expired", untouched},
  {"Vault not registered: 0x0000000000000000000000000000000000000001",
   untouched},
  {"Too many cumulative requests sent (97460 > 97456) for cumulative volume "
   "traded $87457.46. Place taker orders to free up 1 request per USDC "
   "traded.",
   untouched},
  {"Signed action over weight limit of 200.", untouched},
  {"Action disabled when unified account is active", untouched},
  // Of other actions, or of nobody knows what.
  {"Cannot switch leverage type with open position."},
  {"Position does not use isolated margin."},
  {"Extra agent already used."},
  {"User has pending agent removal"},
  {"Agent valid_until already expired."},
  {"Too many extra agents for cumulative volume traded. Current limit is 3"},
  {"Cannot set scheduled cancel time until enough volume traded. Required: "
   "$1000000. Traded: $0.",
   untouched},
  {"TWAP order value too small. Min is $1200, which is $10 per minute."},
  {"Invalid TWAP duration: 1 min(s)"},
  {"Reduce-only TWAP order would increase position."},
  {"TWAP was never placed, already canceled, or filled."},
  {"Something that nobody has heard of."},
};

bool is_due_post_only(const std::vector<hlx::wire::json>& out) {
  return count(out, "due_post_only") == 1;
}

void check_after_modify(const text_row& row,
                        const std::vector<hlx::wire::json>& out) {
  const std::string text{row.text};
  const auto rejected = "accepted 1001; modify_rejected " + text;
  switch (row.after_modify) {
    case untouched:
      BOOST_TEST(heard(out) == rejected, row.text);
      BOOST_TEST(asked(out, "orderStatus") == 0U, row.text);
      break;
    case gone:
      BOOST_TEST(heard(out) == rejected + "; canceled 1001 " + text, row.text);
      BOOST_TEST(asked(out, "orderStatus") == 0U, row.text);
      break;
    case in_doubt:
      BOOST_TEST(heard(out) == rejected, row.text);
      BOOST_TEST(asked(out, "orderStatus") > 0U, row.text);
      break;
  }
}

// -- shapes of replies --------------------------------------------------------

struct shape_row {
  line_body answer;
  std::string events;
};

const auto submit_shapes = std::vector<shape_row>{
  {reply(1, resting(1001)), "accepted 1001"},
  {reply(1, R"({"resting":{"oid":1001}})"), "accepted 1001"},
  {reply(1, R"({"resting":{"oid":1001,"cloid":null,"more":1}})"),
   "accepted 1001"},
  {reply(1, filled(1001, "0.02")), "accepted 1001"},
  {reply(1, filled(1001, "0.005")), "accepted 1001"},
  {reply(1, error("Whatever.")), "rejected Whatever."},
  // Nothing that says what became of the order, which has no trigger.
  {reply(1, R"("waitingForFill")"), never_known},
  {reply(1, R"("waitingForTrigger")"), never_known},
  {reply(1, R"("success")"), never_known},
  {reply(1, R"("frobnicated")"), never_known},
  {reply(1, "17"), never_known},
  {reply(1, "null"), never_known},
  {reply(1, R"({"resting":{}})"), never_known},
  {reply(1, R"({"resting":{"oid":"1001"}})"), never_known},
  {reply(1, R"({"filled":{"oid":1001}})"), never_known},
  {reply(1, R"({"error":17})"), never_known},
  {reply(1, ""), never_known},
  {reply(1, resting(1001) + "," + resting(1002)), never_known},
  {answer_of(1, R"({"type":"default"})"), never_known},
  {answer_of(1, R"({"type":"order"})"), never_known},
  {answer_of(1, R"({"type":"order","data":{}})"), never_known},
  {answer_of(1, R"({"type":"order","data":{"statuses":{}}})"), never_known},
  {answer_of(1, "null"), never_known},
  {body(1, 200, R"({"status":"ok"})"), never_known},
  {body(1, 200, R"({"status":"err","response":{}})"), never_known},
  {body(1, 200, R"({"status":"perhaps","response":"x"})"), never_known},
  {body(1, 200, "[]"), never_known},
  {http_reply(1, 200, "not JSON"), never_known},
  {http_reply(1, 200, ""), never_known},
  {http_reply(1, 200, "null"), never_known},
  // HTTP.
  {http_reply(1, 400, "Failed to parse the request body as JSON"),
   "rejected Failed to parse the request body as JSON"},
  {http_reply(1, 415, "Expected request with `Content-Type: application/json`"),
   "rejected Expected request with `Content-Type: application/json`"},
  {http_reply(1, 422,
              "Failed to deserialize the JSON body into the target type"),
   "rejected Failed to deserialize the JSON body into the target type"},
  {http_reply(1, 429, "null"), never_known},
  {http_reply(1, 500, "null"), never_known},
  {http_reply(1, 502, "<html>Bad Gateway</html>"), never_known},
  {http_reply(1, 503, "Service Unavailable"), never_known},
  {http_reply(1, 504, ""), never_known},
  {failure(1, "closed_after_send"), never_known},
  {failure(1, "timeout"), never_known},
};

const auto modify_shapes = std::vector<shape_row>{
  {reply(2, resting(1010)), "updated 1010 0.02 65010"},
  {reply(2, filled(1010, "0.005")), "updated 1010 0.02 65010"},
  {reply(2, error("Attempted to modify to invalid new order")),
   "modify_rejected Attempted to modify to invalid new order"},
  {whole_error(2, "Attempted to modify to invalid new order"),
   "modify_rejected Attempted to modify to invalid new order"},
  {whole_error(2, "Error placing new order during modify: No."),
   "modify_rejected Error placing new order during modify: No.; canceled 1001 "
   "Error placing new order during modify: No."},
  {http_reply(2, 422, "No."), "modify_rejected No."},
  // Unknown, and then found not to have been applied.
  {answer_of(2, R"({"type":"default"})"), "modify_rejected not applied"},
  {reply(2, R"("success")"), "modify_rejected not applied"},
  {reply(2, resting(1010) + "," + resting(1011)),
   "modify_rejected not applied"},
  {http_reply(2, 429, "null"), "modify_rejected not applied"},
  {http_reply(2, 503, "x"), "modify_rejected not applied"},
  {failure(2, "closed_after_send"), "modify_rejected not applied"},
};

constexpr auto never_placed =
  "Order was never placed, already canceled, or filled. asset=0";

const auto cancel_shapes = std::vector<shape_row>{
  {reply(2, R"("success")"), ""},
  {reply(2, error(never_placed)),
   std::string{"cancel_rejected "} + never_placed},
  {reply(2, error("Trading is halted.")), "cancel_rejected Trading is halted."},
  {whole_error(2, "Unable to recover signer."),
   "cancel_rejected Unable to recover signer."},
  {http_reply(2, 422, "No."), "cancel_rejected No."},
  {answer_of(2, R"({"type":"default"})"), ""},
  {http_reply(2, 429, "null"), ""},
  {http_reply(2, 502, "x"), ""},
  {failure(2, "closed_after_send"), ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(venue_answers_suite)

BOOST_AUTO_TEST_CASE(every_status_word_becomes_its_event) {
  for (const auto& row : status_words()) {
    status_entry entry{.word = row.word, .at_ms = 370};
    if (row.word == "filled")
      entry.remaining = "0.0";
    const auto first =
      run(with_end({at(0, submit()), at(380, statuses({entry}))}));
    // The submit is never answered: only a word that proves the order helps.
    const auto silent = row.first.empty();
    BOOST_TEST(heard(first) == (silent ? never_known : row.first), row.word);
    entry.at_ms = 1'990;
    const auto later = run(resting_then({at(2'000, statuses({entry}))}));
    BOOST_TEST(heard(later) == row.resting, row.word);
    // A word that says nothing is asked about, and fills that do not come.
    BOOST_TEST((asked(later, "orderStatus") > 0) == silent, row.word);
    BOOST_TEST((asked(later, "userFillsByTime") > 0) == (row.word == "filled"),
               row.word);
    // A word that the catalogue lacks is told, whatever its end says.
    const auto told =
      silent || row.word == "filled" || row.word.starts_with("nobodyKnows");
    BOOST_TEST((count(later, "warning") > 0) == told, row.word);
  }
}

BOOST_AUTO_TEST_CASE(every_error_text_rejects_a_submit_verbatim) {
  for (const auto& row : error_texts) {
    const auto expected = "rejected " + std::string{row.text};
    for (const auto& answer :
         {reply(1, error(row.text)), whole_error(1, row.text)}) {
      const auto out = run(with_end({at(0, submit()), at(400, answer)}));
      BOOST_TEST(heard(out) == expected);
      BOOST_TEST(is_due_post_only(out) == row.due_post_only, row.text);
      BOOST_TEST(count(out, "info") == 0U, row.text);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_error_text_says_what_a_modify_left) {
  for (const auto& row : error_texts)
    check_after_modify(row, run(modify_refused(row.text)));
}

BOOST_AUTO_TEST_CASE(every_error_text_refuses_a_cancel_verbatim) {
  for (const auto& row : error_texts) {
    const auto out = run(resting_then(
      {at(1'000, cancel()), at(1'400, reply(2, error(row.text)))}));
    BOOST_TEST(heard(out)
               == "accepted 1001; cancel_rejected " + std::string{row.text});
  }
}

BOOST_AUTO_TEST_CASE(every_shape_of_reply_answers_a_submit) {
  for (const auto& row : submit_shapes) {
    const auto out = run(with_end({at(0, submit()), at(300, row.answer)}));
    BOOST_TEST(heard(out) == row.events, row.answer);
  }
}

BOOST_AUTO_TEST_CASE(every_shape_of_reply_answers_a_modify) {
  const auto still_open =
    info(R"("orderStatus":)" + order_status({.word = "open", .at_ms = 390}));
  for (const auto& row : modify_shapes) {
    const auto out =
      run(resting_then({at(900, still_open), at(1'000, modify("65010")),
                        at(1'400, row.answer)}));
    BOOST_TEST(heard(out) == "accepted 1001; " + row.events, row.answer);
  }
}

BOOST_AUTO_TEST_CASE(every_shape_of_reply_answers_a_cancel) {
  for (const auto& row : cancel_shapes) {
    const auto out = run(resting_then(
      {at(1'000, cancel()), at(1'400, row.answer),
       at(1'900, statuses({{.word = "canceled", .at_ms = 1'890}}))}));
    const auto refused = !row.events.empty();
    const auto middle = refused ? row.events + "; " : std::string{};
    BOOST_TEST(heard(out)
                 == "accepted 1001; " + middle + "canceled 1001 canceled",
               row.answer);
  }
}

BOOST_AUTO_TEST_SUITE_END()
