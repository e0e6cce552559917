// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/strategies_process.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <string>
#include <system_error>
#include <vector>

using namespace hlx::simulate;

namespace {

constexpr std::chrono::seconds patience{20};

struct process_fixture {
  std::mutex lock;
  std::condition_variable changed;
  std::vector<std::string> lines;

  auto keep() {
    return [this](std::string_view line) {
      const std::lock_guard guard{lock};
      lines.emplace_back(line);
      changed.notify_all();
    };
  }

  bool wait_for_lines(std::size_t count) {
    std::unique_lock guard{lock};
    return changed.wait_for(guard, patience,
                            [&] { return lines.size() >= count; });
  }

  static bool has_children() {
    return ::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(strategies_process_suite, process_fixture)

BOOST_AUTO_TEST_CASE(messages_go_in_and_lines_come_out) {
  strategies_process process{{"/bin/cat"}, keep()};
  BOOST_TEST(process.send("one\ntwo\n"));
  BOOST_TEST(wait_for_lines(2));
  BOOST_TEST(!process.end().has_value());
  BOOST_TEST(process.close(patience) == "exit status 0");
  BOOST_TEST((lines == std::vector<std::string>{"one", "two"}));
}

BOOST_AUTO_TEST_CASE(a_killed_process_is_gone_and_its_last_half_line_too) {
  strategies_process process{
    {"/bin/sh", "-c", "printf 'whole\\ntorn'; exec cat"}, keep()};
  BOOST_TEST(wait_for_lines(1));
  process.kill();
  BOOST_TEST(process.end().value() == "signal 9");
  BOOST_TEST(!has_children());
  BOOST_TEST(!process.send("nobody is there"));
  BOOST_TEST((lines == std::vector<std::string>{"whole"}));
}

BOOST_AUTO_TEST_CASE(everything_that_was_written_before_the_end_is_handed_on) {
  strategies_process process{{"/bin/sh", "-c", "seq 20000; exec cat"}, keep()};
  BOOST_TEST(process.close(patience) == "exit status 0");
  BOOST_TEST(lines.size() == 20'000u);
  BOOST_TEST(lines.back() == "20000");
}

BOOST_AUTO_TEST_CASE(a_process_that_does_not_end_is_killed) {
  strategies_process process{{"/bin/sh", "-c", "exec sleep 1000"}, keep()};
  BOOST_TEST(process.close(std::chrono::milliseconds{20}) == "signal 9");
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(how_a_process_ended_by_itself_is_told) {
  strategies_process process{{"/bin/sh", "-c", "echo last; exit 3"}, keep()};
  BOOST_TEST(process.close(patience) == "exit status 3");
  BOOST_TEST((lines == std::vector<std::string>{"last"}));
}

BOOST_AUTO_TEST_CASE(a_frozen_process_costs_messages_and_no_time) {
  strategies_process process{{"/bin/cat"}, keep()};
  ::kill(process.id(), SIGSTOP);
  bool taken = true;
  for (int i = 0; i < 100'000 && taken; ++i)
    taken = process.send(std::string(1'000, 'x'));
  BOOST_TEST(!taken);
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_an_error) {
  BOOST_CHECK_THROW(strategies_process({"/no/such/program"}, keep()),
                    std::system_error);
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_SUITE_END()
