// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/waiting_room.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

BOOST_AUTO_TEST_SUITE(waiting_room_suite)

BOOST_AUTO_TEST_CASE(who_waits_for_longest_makes_room) {
  waiting_room room{2, 100};
  BOOST_TEST(!room.enter(7, 0));
  BOOST_TEST(!room.enter(8, 1));
  BOOST_TEST((room.enter(9, 2) == 7));
  room.leave(8);
  BOOST_TEST(!room.enter(10, 3));
  BOOST_TEST((room.enter(11, 4) == 9));
  BOOST_TEST(room.size() == 2u);
}

BOOST_AUTO_TEST_CASE(patience_ends_for_each_at_its_own_time) {
  waiting_room room{9, 100};
  BOOST_TEST(!room.next_deadline_ms());
  room.enter(7, 0);
  room.enter(8, 50);
  room.enter(9, 50);
  BOOST_TEST((room.next_deadline_ms() == 100));
  BOOST_TEST(room.take_overdue(99).empty());
  BOOST_TEST((room.take_overdue(100) == std::vector<int>{7}));
  room.leave(8);
  BOOST_TEST((room.next_deadline_ms() == 150));
  BOOST_TEST((room.take_overdue(200) == std::vector<int>{9}));
  BOOST_TEST(!room.next_deadline_ms());
  BOOST_TEST(!room.take_oldest());
}

BOOST_AUTO_TEST_SUITE_END()
