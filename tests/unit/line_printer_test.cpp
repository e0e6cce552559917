// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/line_printer.hpp"

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

using hlx::daemon::line_printer;

namespace {

/// Reads to the end.
std::string read_all(int descriptor) {
  std::string result;
  std::array<char, 4096> buffer;
  for (auto size = ::read(descriptor, buffer.data(), buffer.size()); size > 0;
       size = ::read(descriptor, buffer.data(), buffer.size()))
    result.append(buffer.data(), static_cast<std::size_t>(size));
  return result;
}

/// A pipe and what the printer on it complained of, which may be read once the
/// printer has finished. The write end stays open when a writer is left behind.
struct printer_fixture {
  printer_fixture() {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe(ends.data()) == 0);
    read_end = ends[0];
    write_end = ends[1];
  }

  auto remember() {
    return [this](std::string_view line) { complaints.emplace_back(line); };
  }

  int read_end = -1;
  int write_end = -1;
  std::vector<std::string> complaints;
};

} // namespace

BOOST_AUTO_TEST_SUITE(line_printer_suite)

BOOST_FIXTURE_TEST_CASE(every_line_arrives_in_order, printer_fixture) {
  line_printer printer{write_end, "it", remember()};
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    printer.write(std::to_string(i));
    expected += std::to_string(i) + '\n';
  }
  BOOST_TEST(printer.finish());
  ::close(write_end);
  BOOST_TEST(read_all(read_end) == expected);
  BOOST_TEST(complaints.empty());
  ::close(read_end);
}

BOOST_FIXTURE_TEST_CASE(a_reader_who_stalls_holds_nobody_up, printer_fixture) {
  const std::string line(100, 'x');
  {
    line_printer printer{write_end, "it", remember()};
    for (std::size_t i = 0; i < 2 * line_printer::lines_max; ++i)
      printer.write(line);
    BOOST_TEST(printer.finish());
  }
  BOOST_REQUIRE(complaints.size() == 2);
  BOOST_TEST(complaints[0] == "it is read too slowly: lines are lost");
  BOOST_TEST(complaints[1].starts_with("it lost "));
  ::close(read_end); // Ends the writer, whom nobody hears any more.
}

BOOST_FIXTURE_TEST_CASE(a_reader_who_is_gone_is_told_of_once, printer_fixture) {
  ::close(read_end);
  line_printer printer{write_end, "it", remember()};
  for (int i = 0; i < 100; ++i)
    printer.write("line");
  BOOST_TEST(!printer.finish());
  ::close(write_end);
  BOOST_REQUIRE(complaints.size() == 1);
  BOOST_TEST(complaints[0]
             == "it cannot be written, nothing more is printed there: Broken "
                "pipe");
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_of) {
  const int full = ::open("/dev/full", O_WRONLY);
  BOOST_REQUIRE(full >= 0);
  line_printer printer{full, "it", nullptr};
  printer.write("line");
  BOOST_TEST(!printer.finish());
  ::close(full);
}

BOOST_AUTO_TEST_SUITE_END()
