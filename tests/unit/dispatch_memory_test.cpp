// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/bounded_dedup.hpp"
#include "hlx/actors/execution_client/dispatch/order_table.hpp"
#include "hlx/actors/execution_client/dispatch/timer_queue.hpp"
#include "tests/unit/dispatch_fixture.hpp"

#include <algorithm>
#include <deque>

using namespace hlx;

namespace {

cloid wire_id_of(std::uint32_t n) {
  cloid result;
  std::memcpy(result.bytes.data(), &n, sizeof(n));
  return result;
}

tracked_order& add(order_table& table, std::uint32_t n) {
  auto& order = table.add({std::to_string(n)}, wire_id_of(n));
  order.binding.oid.value = 1'000 + n;
  table.bind(order, order.binding.oid);
  return order;
}

void end(order_table& table, tracked_order& order) {
  order.phase = order_phase::ended;
  table.retire(order);
}

} // namespace

BOOST_AUTO_TEST_SUITE(dispatch_memory_suite)

BOOST_AUTO_TEST_CASE(slots_of_forgotten_orders_are_used_again) {
  order_table table{10};
  std::uint32_t highest = 0;
  for (std::uint32_t n = 0; n < 10'000; ++n) {
    auto& order = add(table, n);
    highest = std::max(highest, order.slot);
    end(table, order);
  }
  BOOST_TEST(highest <= 11u);
  BOOST_TEST(table.live() == 0u);
  BOOST_TEST(table.find(std::string_view{"9989"}) == nullptr);
  BOOST_TEST(table.find(wire_id_of(9'989)) == nullptr);
  BOOST_TEST(table.find(venue_order_id{10'989}) == nullptr);
  BOOST_TEST(table.find(std::string_view{"9990"}) != nullptr);
  BOOST_TEST(table.find(wire_id_of(9'990)) != nullptr);
  BOOST_TEST(table.find(venue_order_id{10'990}) != nullptr);
}

BOOST_AUTO_TEST_CASE(a_reference_to_a_forgotten_order_finds_nothing) {
  order_table table{1};
  auto& first = add(table, 1);
  const auto ref = table.ref_of(first);
  BOOST_TEST(table.find(ref) == &first);
  end(table, first);
  end(table, add(table, 2));
  BOOST_TEST(table.find(ref) == nullptr);
  add(table, 3);
  BOOST_TEST(table.find(ref) == nullptr);
}

BOOST_AUTO_TEST_CASE(orders_with_unfinished_work_are_passed_over) {
  order_table table{2};
  auto& busy = add(table, 1);
  busy.working();
  end(table, busy);
  for (std::uint32_t n = 2; n < 100; ++n)
    end(table, add(table, n));
  BOOST_TEST(table.find(std::string_view{"1"}) == &busy);
  BOOST_TEST(table.find(std::string_view{"97"}) == nullptr);
}

BOOST_AUTO_TEST_CASE(even_unfinished_orders_are_bounded) {
  order_table table{2};
  for (std::uint32_t n = 0; n < 30'000; ++n) {
    auto& order = add(table, n);
    order.working();
    end(table, order);
    BOOST_REQUIRE(order.slot < 10'010u);
  }
}

BOOST_AUTO_TEST_CASE(an_order_that_just_ended_is_never_forgotten_at_once) {
  order_table table{1};
  for (std::uint32_t n = 0; n < 20; ++n) {
    auto& order = add(table, n);
    if (n % 2 == 0)
      order.working();
    end(table, order);
    BOOST_TEST(order.client_order_id.value == std::to_string(n));
  }
}

BOOST_AUTO_TEST_CASE(stale_timers_are_dropped_and_the_rest_keep_their_order) {
  timer_queue timers;
  for (std::int64_t due = 3'000; due > 0; --due)
    timers.push(due, {1, static_cast<std::uint32_t>(due)},
                order_timer::resolve);
  BOOST_TEST(timers.is_crowded());
  timers.drop_stale(
    [](const timer_queue::entry& entry) { return entry.due_ms % 100 == 0; });
  BOOST_TEST(!timers.is_crowded());
  for (std::int64_t due = 100; due <= 3'000; due += 100) {
    BOOST_REQUIRE(!timers.empty());
    BOOST_TEST(timers.top().due_ms == due);
    timers.pop();
  }
  BOOST_TEST(timers.empty());
}

BOOST_AUTO_TEST_CASE(timers_at_the_same_time_run_in_the_order_of_arming) {
  timer_queue timers;
  for (std::uint32_t slot = 0; slot < 50; ++slot)
    timers.push(7, {slot, 1}, order_timer::fills);
  timers.drop_stale([](const timer_queue::entry&) { return true; });
  for (std::uint32_t slot = 0; slot < 50; ++slot) {
    BOOST_TEST(timers.top().order.slot == slot);
    timers.pop();
  }
}

BOOST_AUTO_TEST_CASE(a_window_forgets_one_key_at_a_time) {
  bounded_dedup<int> window{3};
  for (int key : {1, 2, 3})
    BOOST_TEST(window.insert(key));
  BOOST_TEST(!window.insert(2));
  BOOST_TEST(window.insert(4));
  BOOST_TEST(!window.contains(1));
  for (int key : {2, 3, 4})
    BOOST_TEST(window.contains(key));
  BOOST_TEST(window.size() == 3u);
}

/// Keys that share a few hashes, so that most of them are in each other's way.
struct crowded_hash {
  std::size_t operator()(int key) const {
    return static_cast<std::size_t>(key % 5);
  }
};

BOOST_AUTO_TEST_CASE(a_window_knows_its_last_keys_whatever_their_hashes) {
  constexpr std::size_t most = 50;
  bounded_dedup<int, crowded_hash> window{most};
  std::deque<int> last;
  for (int i = 0; i < 2'000; ++i) {
    const int key = i * i % 211;
    const bool is_new = std::find(last.begin(), last.end(), key) == last.end();
    BOOST_TEST_REQUIRE(window.insert(key) == is_new);
    if (is_new)
      last.push_back(key);
    if (last.size() > most)
      last.pop_front();
    for (int known = 0; known < 211; ++known)
      BOOST_TEST_REQUIRE(
        window.contains(known)
        == (std::find(last.begin(), last.end(), known) != last.end()));
  }
}

BOOST_FIXTURE_TEST_CASE(canceled_end_times_do_not_pile_up, dispatch_fixture) {
  // Each of these orders would expire in a year, and ends at once.
  for (int n = 0; n < 3'000; ++n) {
    auto order = terms(std::to_string(n));
    order.time_in_force = time_in_force::gtd;
    order.expire_at_ms = now_ms + 31'536'000'000;
    submit(order);
    refused(requests.size(), "Order has zero size.");
  }
  BOOST_TEST(state.open_orders() == 0u);
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
