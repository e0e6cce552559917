// SPDX-License-Identifier: BSD-3-Clause
#include "tests/scenario/script_lines.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

/// What one block of the venue causes travels by three ways: the reply, the
/// order updates and the fills. They arrive in any order; each way keeps its
/// own. Every case runs all orders and wants the same events of each.
using namespace hlx::scenario;

namespace {

using channel = std::vector<line_body>;

struct block {
  std::vector<std::string> before;
  std::vector<channel> channels; ///< What arrives in any order.
  std::int64_t at_ms = 0;        ///< When the first of it arrives.
  std::vector<std::string> after;
};

constexpr std::int64_t gap_ms = 10;

/// Calls `f` with every way to merge the channels.
template <class F>
void for_each_order(std::vector<channel>& left, channel& order, const F& f) {
  bool is_complete = true;
  for (auto& lines : left) {
    if (lines.empty())
      continue;
    is_complete = false;
    auto next = lines.front();
    lines.erase(lines.begin());
    order.push_back(next);
    for_each_order(left, order, f);
    order.pop_back();
    lines.insert(lines.begin(), std::move(next));
  }
  if (is_complete)
    f(order);
}

/// A refusal that is answered by a terminal event may be missing, and a
/// reason is the venue's text or its word, whichever came first.
std::multiset<std::string> without_liberties(
  const std::vector<std::string>& x) {
  std::multiset<std::string> result;
  for (const auto& event : x) {
    if (event.starts_with("modify_rejected")
        || event.starts_with("cancel_rejected"))
      continue;
    if (event.starts_with("rejected"))
      result.insert("rejected");
    else if (event.starts_with("canceled"))
      result.insert(event.substr(0, event.find(' ', event.find(' ') + 1)));
    else
      result.insert(event);
  }
  return result;
}

/// Whether accepted comes once and first, and nothing but fills after the end.
bool is_legal(const std::vector<std::string>& events) {
  std::size_t accepted = 0;
  bool has_ended = false;
  for (const auto& event : events) {
    const auto is_fill = event.starts_with("filled");
    if (event.starts_with("accepted"))
      ++accepted;
    else if (event.starts_with("rejected"))
      has_ended = true;
    else if (event != "submitted" && accepted != 1)
      return false;
    if (has_ended && !is_fill && !event.starts_with("rejected"))
      return false;
    has_ended = has_ended || event.starts_with("canceled");
  }
  return accepted <= 1;
}

void check_every_order(block x, std::multiset<std::string> expected) {
  std::size_t orders = 0;
  channel merged;
  for_each_order(x.channels, merged, [&](const channel& order) {
    ++orders;
    auto script = x.before;
    auto ms = x.at_ms;
    std::string shown;
    for (const auto& line : order) {
      script.push_back(at(ms, line));
      shown += script.back() + '\n';
      ms += gap_ms;
    }
    script.insert(script.end(), x.after.begin(), x.after.end());
    const auto got = events_of(script);
    BOOST_TEST_CONTEXT("arrival:\n" << shown) {
      BOOST_TEST(is_legal(got));
      const auto set = without_liberties(got);
      BOOST_CHECK_EQUAL_COLLECTIONS(set.begin(), set.end(), expected.begin(),
                                    expected.end());
    }
  });
  BOOST_TEST(orders > 1U);
}

std::vector<std::string> resting_order() {
  return {at(0, submit()), at(400, reply(1, resting(1001))),
          at(410, statuses({{.word = "open", .at_ms = 390}}))};
}

std::vector<std::string> modified_order() {
  auto result = resting_order();
  result.push_back(at(1000, modify("65010")));
  return result;
}

/// Long enough for every query that may follow.
std::vector<std::string> later() {
  return {at(40'000, advance()), at(200'000, advance())};
}

const status_entry replacement_open{
  .oid = 1010, .word = "open", .price = "65010.0", .at_ms = 1390};
const status_entry old_canceled{.word = "canceled", .at_ms = 1390};

} // namespace

BOOST_AUTO_TEST_SUITE(arrival_order_suite)

BOOST_AUTO_TEST_CASE(an_order_that_partly_matches) {
  check_every_order(
    {{at(0, submit())},
     {{statuses({{.word = "open", .at_ms = 300}})},
      {fills({{.quantity = "0.005", .at_ms = 300}}),
       fills({{.trade = 2, .quantity = "0.003", .at_ms = 300}})},
      {reply(1, filled(1001, "0.008"))}},
     310,
     later()},
    {"submitted", "accepted 1001", "filled 1001 0.005", "filled 1001 0.003"});
}

BOOST_AUTO_TEST_CASE(an_order_that_matches_at_once) {
  check_every_order(
    {{at(0, submit())},
     {{statuses({{.word = "open", .at_ms = 300},
                 {.word = "filled", .remaining = "0.0", .at_ms = 300}})},
      {fills({{.quantity = "0.02", .at_ms = 300}})},
      {reply(1, filled(1001, "0.02"))}},
     310,
     later()},
    {"submitted", "accepted 1001", "filled 1001 0.02"});
}

BOOST_AUTO_TEST_CASE(an_ioc_order_that_partly_matches) {
  for (const auto* remaining : {"0.0", "0.015"})
    check_every_order(
      {{at(0, submit("0.02", R"(,"time_in_force":"ioc")"))},
       {{statuses({{.word = "open", .at_ms = 300},
                   {.word = "filled", .remaining = remaining, .at_ms = 300}})},
        {fills({{.quantity = "0.005", .at_ms = 300}})},
        {reply(1, filled(1001, "0.005"))}},
       310,
       later()},
      {"submitted", "accepted 1001", "filled 1001 0.005", "canceled 1001"});
}

BOOST_AUTO_TEST_CASE(a_rejected_order) {
  check_every_order(
    {{at(0, submit())},
     {{statuses({{.word = "perpMarginRejected", .at_ms = 300}})},
      {reply(1, error("Margin."))}},
     310,
     later()},
    {"submitted", "rejected"});
}

BOOST_AUTO_TEST_CASE(a_cancel_and_a_fill) {
  auto before = resting_order();
  before.push_back(at(1000, cancel()));
  check_every_order(
    {before,
     {{statuses({{.word = "canceled", .remaining = "0.015", .at_ms = 1390}})},
      {fills({{.quantity = "0.005", .at_ms = 1350}})},
      {reply(2, R"("success")")}},
     1400,
     later()},
    {"submitted", "accepted 1001", "filled 1001 0.005", "canceled 1001"});
}

BOOST_AUTO_TEST_CASE(a_cancel_before_the_submit_is_answered) {
  check_every_order(
    {{at(0, submit()), at(50, cancel())},
     {{statuses({{.word = "open", .at_ms = 300}}),
       statuses({{.word = "canceled", .remaining = "0.015", .at_ms = 350}})},
      {fills({{.quantity = "0.005", .at_ms = 320}})},
      {reply(1, resting(1001))},
      {reply(2, R"("success")")}},
     360,
     later()},
    {"submitted", "accepted 1001", "filled 1001 0.005", "canceled 1001"});
}

BOOST_AUTO_TEST_CASE(a_modify_with_fills_of_both_legs) {
  for (const bool open_first : {true, false})
    check_every_order(
      {modified_order(),
       {{statuses({open_first ? replacement_open : old_canceled}),
         statuses({open_first ? old_canceled : replacement_open})},
        {fills({{.oid = 1010, .quantity = "0.02", .at_ms = 1395}})},
        {reply(2, resting(1010))}},
       1400,
       later()},
      {"submitted", "accepted 1001", "updated 1010 0.02 65010",
       "filled 1010 0.02"});
}

BOOST_AUTO_TEST_CASE(a_modify_raced_by_a_fill_of_the_old_leg) {
  auto old_leg = old_canceled;
  old_leg.remaining = "0.015";
  auto after = std::vector<std::string>{
    at(1800, reply(3, resting(1020))),
    at(3000, fills({{.oid = 1020, .trade = 2, .quantity = "0.015"}}))};
  const auto rest = later();
  after.insert(after.end(), rest.begin(), rest.end());
  check_every_order({modified_order(),
                     {{statuses({replacement_open}), statuses({old_leg})},
                      {fills({{.quantity = "0.005", .at_ms = 1350}})},
                      {reply(2, resting(1010))}},
                     1400,
                     after},
                    {"submitted", "accepted 1001", "filled 1001 0.005",
                     "updated 1010 0.02 65010", "updated 1020 0.02 65010",
                     "filled 1020 0.015"});
}

BOOST_AUTO_TEST_CASE(a_replacement_that_is_refused) {
  auto old_leg = old_canceled;
  old_leg.remaining = "0.015";
  const status_entry refused{
    .oid = 1010, .word = "badAloPxRejected", .price = "65010.0", .at_ms = 1390};
  for (const auto* text :
       {"Error placing new order during modify: Post only order would have "
        "immediately matched, bbo was 1@2",
        "Post only order would have immediately matched, bbo was 1@2"}) {
    auto before = modified_order();
    before.push_back(
      at(1010, info(R"x("orderStatus":{"$cloid(O-1)":)x" + order_status(refused)
                    + R"(,"1001":)" + order_status(old_leg) + "}")));
    check_every_order(
      {before,
       {{statuses({old_leg}), statuses({refused})},
        {fills({{.quantity = "0.005", .at_ms = 1350}})},
        {reply(2, error(text))}},
       1400,
       later()},
      {"submitted", "accepted 1001", "filled 1001 0.005", "canceled 1001"});
  }
}

BOOST_AUTO_TEST_CASE(a_modify_that_finds_the_order_filled) {
  const status_entry end{.word = "filled", .remaining = "0.0", .at_ms = 1350};
  auto before = modified_order();
  before.push_back(at(1010, info(R"("orderStatus":)" + order_status(end))));
  check_every_order(
    {before,
     {{statuses({end})},
      {fills({{.quantity = "0.02", .at_ms = 1350}})},
      {reply(2, error("Cannot modify canceled or filled order"))}},
     1400,
     later()},
    {"submitted", "accepted 1001", "filled 1001 0.02"});
}

BOOST_AUTO_TEST_CASE(a_cancel_that_hits_the_replacement) {
  auto before = modified_order();
  before.push_back(at(1050, cancel()));
  check_every_order(
    {before,
     {{statuses({replacement_open, old_canceled}),
       statuses({{.oid = 1010,
                  .word = "canceled",
                  .remaining = "0.015",
                  .price = "65010.0",
                  .at_ms = 1395}})},
      {fills({{.oid = 1010, .quantity = "0.005", .at_ms = 1392}})},
      {reply(2, resting(1010))},
      {reply(3, R"("success")")}},
     1400,
     later()},
    {"submitted", "accepted 1001", "updated 1010 0.02 65010",
     "filled 1010 0.005", "canceled 1010"});
}

BOOST_AUTO_TEST_CASE(a_gateway_error_and_what_the_stream_says) {
  check_every_order({{at(0, submit())},
                     {{statuses({{.word = "open", .at_ms = 300}})},
                      {fills({{.quantity = "0.005", .at_ms = 300}})},
                      {http_reply(1, 502, "Bad Gateway")}},
                     310,
                     later()},
                    {"submitted", "accepted 1001", "filled 1001 0.005"});
}

BOOST_AUTO_TEST_SUITE_END()
