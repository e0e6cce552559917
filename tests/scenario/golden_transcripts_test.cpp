// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_run.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

using namespace hlx::simulate;
namespace fs = std::filesystem;

namespace {

const fs::path directory = fs::path{HLX_GOLDEN_DIR} / "transcripts";

std::vector<fs::path> scripts() {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator{directory})
    if (entry.path().extension() == ".jsonl")
      result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  return result;
}

std::string content(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  BOOST_REQUIRE_MESSAGE(in, "cannot read " << path);
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> result;
  for (std::string line; std::getline(in, line);)
    result.push_back(line);
  return result;
}

/// Where the texts part: three lines before, then what was expected and what
/// came, three lines each.
std::string difference(const std::string& expected, const std::string& got) {
  constexpr std::size_t context = 3;
  const auto a = lines_of(expected);
  const auto b = lines_of(got);
  std::size_t same = 0;
  while (same < a.size() && same < b.size() && a[same] == b[same])
    ++same;
  std::ostringstream out;
  out << "line " << same + 1 << " of the output differs\n";
  for (auto i = same - std::min(same, context); i < same; ++i)
    out << "  " << a[i] << '\n';
  for (auto i = same; i < std::min(a.size(), same + context); ++i)
    out << "- " << a[i] << '\n';
  for (auto i = same; i < std::min(b.size(), same + context); ++i)
    out << "+ " << b[i] << '\n';
  return out.str();
}

std::string output_of(const std::string& script) {
  const auto result = replay(script);
  for (const auto& error : result.errors)
    BOOST_ERROR("line " << error.line << ": " << error.text);
  return result.output;
}

} // namespace

BOOST_AUTO_TEST_SUITE(golden_transcripts_suite)

BOOST_AUTO_TEST_CASE(every_script_gives_its_transcript) {
  const auto all = scripts();
  BOOST_TEST(all.size() > 50U);
  for (const auto& path : all) {
    auto expected_path = path;
    const auto expected = content(expected_path.replace_extension("expected"));
    const auto got = output_of(content(path));
    BOOST_CHECK_MESSAGE(got == expected, path.filename().string()
                                           << ": "
                                           << difference(expected, got));
  }
}

BOOST_AUTO_TEST_CASE(the_same_script_gives_the_same_bytes) {
  for (const auto& path : scripts()) {
    const auto script = content(path);
    BOOST_CHECK_MESSAGE(output_of(script) == output_of(script),
                        path.filename().string());
  }
}

BOOST_AUTO_TEST_CASE(every_transcript_has_its_script) {
  for (const auto& entry : fs::directory_iterator{directory}) {
    auto path = entry.path();
    if (path.extension() == ".expected")
      BOOST_TEST(fs::exists(path.replace_extension("jsonl")), entry.path());
  }
}

BOOST_AUTO_TEST_SUITE_END()
