// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/own_thread.hpp"
#include "hlx/actors/thread_placement.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <thread>
#include <vector>

using namespace hlx;
using namespace std::chrono_literals;

namespace {

constexpr auto wait_max = 10s;

struct fixture {
  /// Sums what it hears, and answers with the number of messages and the sum.
  static caf::behavior adder(caf::event_based_actor*) {
    struct sums {
      int count = 0;
      int sum = 0;
    };
    auto x = std::make_shared<sums>();
    return {
      [x](int y) {
        ++x->count;
        x->sum += y;
      },
      [x](caf::get_atom) { return caf::make_message(x->count, x->sum); },
    };
  }

  std::pair<int, int> ask(const caf::actor& whom) {
    std::pair<int, int> result{-1, -1};
    self->request(whom, wait_max, caf::get_atom_v)
      .receive(
        [&](int count, int sum) {
          result = {count, sum};
        },
        [](const caf::error& x) { BOOST_ERROR(caf::to_string(x)); });
    return result;
  }

  void end(const caf::actor& whom) {
    self->send_exit(whom, caf::exit_reason::user_shutdown);
    self->wait_for(whom);
  }

  caf::actor_system_config config;
  caf::actor_system system{config};
  caf::scoped_actor self{system};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(own_thread_suite, fixture)

BOOST_AUTO_TEST_CASE(mail_arrives_in_the_order_of_its_sending) {
  std::vector<int> heard;
  std::promise<void> all;
  const auto x = spawn_on_own_thread(system, [&](caf::event_based_actor*) {
    return caf::behavior{[&](int y) {
      heard.push_back(y);
      if (y == 9'999)
        all.set_value();
    }};
  });
  std::vector<int> sent;
  for (int i = 0; i < 10'000; ++i) {
    self->send(x, i);
    sent.push_back(i);
  }
  BOOST_REQUIRE(all.get_future().wait_for(wait_max)
                == std::future_status::ready);
  end(x);
  BOOST_TEST(heard == sent, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_sleeps_and_wakes_for_each_single_mail) {
  const auto x = spawn_on_own_thread(system, adder);
  for (int i = 1; i <= 1'000; ++i) {
    self->send(x, 1);
    BOOST_REQUIRE_EQUAL(ask(x).first, i);
  }
  end(x);
}

BOOST_AUTO_TEST_CASE(no_mail_of_four_hammering_senders_is_lost) {
  const auto x = spawn_on_own_thread(system, adder);
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i)
    senders.emplace_back([&] {
      for (int k = 0; k < 50'000; ++k)
        caf::anon_send(x, 2);
    });
  for (auto& sender : senders)
    sender.join();
  const auto [count, sum] = ask(x);
  BOOST_TEST(count == 200'000);
  BOOST_TEST(sum == 400'000);
  end(x);
}

BOOST_AUTO_TEST_CASE(it_stays_on_the_processor_on_which_it_was_spawned) {
  const auto processors = [] {
    cpu_set_t result;
    BOOST_REQUIRE(::sched_getaffinity(0, sizeof result, &result) == 0);
    return result;
  };
  const auto before = processors();
  const auto chosen = static_cast<unsigned>(::sched_getcpu());
  caf::actor x;
  {
    const on_processor place{chosen};
    x = spawn_on_own_thread(system, [&](caf::event_based_actor*) {
      return caf::behavior{[&](caf::get_atom) {
        const auto mine = processors();
        return CPU_COUNT(&mine) == 1 && CPU_ISSET(chosen, &mine);
      }};
    });
  }
  self->request(x, wait_max, caf::get_atom_v)
    .receive([](bool stays) { BOOST_TEST(stays); },
             [](const caf::error& e) { BOOST_ERROR(caf::to_string(e)); });
  end(x);
  const auto after = processors();
  BOOST_TEST(CPU_EQUAL(&before, &after));
}

BOOST_AUTO_TEST_CASE(a_delayed_mail_arrives) {
  std::promise<void> arrived;
  const auto x = spawn_on_own_thread(system, [&](caf::event_based_actor* me) {
    me->delayed_send(me, 5ms, 1);
    return caf::behavior{[&](int) { arrived.set_value(); }};
  });
  BOOST_TEST(
    (arrived.get_future().wait_for(wait_max) == std::future_status::ready));
  end(x);
}

BOOST_AUTO_TEST_CASE(its_own_requests_are_answered_or_time_out) {
  const auto silent = spawn_on_own_thread(system, [](caf::event_based_actor*) {
    return caf::behavior{
      [](int) { return caf::result<int>{caf::sec::runtime_error}; },
      [](caf::get_atom) { return caf::delegated<int>{}; }};
  });
  std::promise<caf::error> refused;
  std::promise<caf::error> timed_out;
  const auto x = spawn_on_own_thread(system, [&](caf::event_based_actor* me) {
    me->request(silent, wait_max, 1)
      .then([](int) {}, [&](caf::error& why) { refused.set_value(why); });
    me->request(silent, 5ms, caf::get_atom_v)
      .then([](int) {}, [&](caf::error& why) { timed_out.set_value(why); });
    return caf::behavior{[](int) {}};
  });
  BOOST_TEST((refused.get_future().get() == caf::sec::runtime_error));
  BOOST_TEST((timed_out.get_future().get() == caf::sec::request_timeout));
  end(x);
  end(silent);
}

BOOST_AUTO_TEST_CASE(an_exit_ends_it_with_its_reason) {
  const auto x = spawn_on_own_thread(system, adder);
  self->monitor(x);
  self->send_exit(x, caf::exit_reason::user_shutdown);
  self->receive([&](const caf::down_msg& down) {
    BOOST_TEST((down.source == x.address()));
    BOOST_TEST((down.reason == caf::exit_reason::user_shutdown));
  });
  self->request(x, wait_max, caf::get_atom_v)
    .receive([](int, int) { BOOST_ERROR("the dead answer"); },
             [](const caf::error& why) {
               BOOST_TEST((why == caf::sec::request_receiver_down));
             });
}

BOOST_AUTO_TEST_CASE(a_link_takes_it_along) {
  const auto x = spawn_on_own_thread(system, adder);
  const auto y = spawn_on_own_thread(system, [x](caf::event_based_actor* me) {
    me->link_to(x);
    return caf::behavior{[me](int) { me->quit(caf::sec::runtime_error); }};
  });
  self->send(y, 1);
  self->wait_for(x, y);
}

BOOST_AUTO_TEST_CASE(an_actor_that_nobody_knows_any_more_ends) {
  std::promise<void> ended;
  {
    auto x = spawn_on_own_thread(system, adder);
    self->send(x, 1);
    BOOST_TEST(ask(x).first == 1);
    x->attach_functor([&](const caf::error&) { ended.set_value(); });
  }
  BOOST_TEST(
    (ended.get_future().wait_for(wait_max) == std::future_status::ready));
}

BOOST_AUTO_TEST_CASE(a_thousand_start_and_stop) {
  for (int round = 0; round < 20; ++round) {
    std::vector<caf::actor> actors;
    for (int i = 0; i < 50; ++i) {
      actors.push_back(spawn_on_own_thread(system, adder));
      self->send(actors.back(), i);
    }
    for (std::size_t i = 0; i < actors.size(); ++i)
      if (i % 2 == 0)
        end(actors[i]);
  }
  // That the fixture can be destroyed is the other half.
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(without_a_thread_the_scheduler_runs_it) {
  caf::actor_system_config config;
  config.set("scheduler.policy", caf::atom("testing"));
  caf::actor_system system{config};
  auto& scheduler =
    dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  int heard = 0;
  struct listener : caf::event_based_actor {
    listener(caf::actor_config& x, int* y) : event_based_actor(x), heard(y) {}
    caf::behavior make_behavior() override {
      return {[this](int x) { *heard += x; }};
    }
    int* heard;
  };
  const auto x = system.spawn<own_thread<listener>>(&heard);
  caf::anon_send(x, 3);
  BOOST_TEST(heard == 0);
  scheduler.run();
  BOOST_TEST(heard == 3);
  caf::anon_send_exit(x, caf::exit_reason::user_shutdown);
  scheduler.run();
}
